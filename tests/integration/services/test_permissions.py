"""Default deny: a service method that nobody gave a permission does not pass."""

import importlib
import inspect
import pkgutil

import pytest

import poems_registry.services
from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.services.access import GUARDED, Service


def service_methods() -> list[str]:
    for module in pkgutil.walk_packages(poems_registry.services.__path__, "poems_registry.services."):
        importlib.import_module(module.name)
    found = []
    for service in Service.__subclasses__():
        for name, member in inspect.getmembers(service, inspect.isfunction):
            if not name.startswith("_"):
                found.append(f"{member.__module__}.{member.__qualname__}")
    return sorted(found)


@pytest.mark.parametrize("method", service_methods())
def test_every_public_service_method_states_its_permission(method: str) -> None:
    assert method in GUARDED


def test_a_nurse_may_not_sign_and_an_admin_may_not_see_findings() -> None:
    assert Permission.SIGN not in DEFAULTS[Role.NURSE]
    assert Permission.VIEW_CLINICAL not in DEFAULTS[Role.ADMIN]
    assert Permission.EXPORT_IDENTIFIABLE not in DEFAULTS[Role.ADMIN]
