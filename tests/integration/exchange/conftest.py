"""Two empty training registries, really encrypted, and somebody signed in to each."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.records import ClinicProfile
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.registry import NewPerson
from poems_registry.system.clock import FixedClock

PASSWORD = "copper lantern walrus fiddle orbit"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
Opened = Callable[[str], SignedIn]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Makes an empty training registry of a name and signs a clinician in who may export everything."""
    monkeypatch.setenv("POEMS_REGISTRY_HOME", str(tmp_path / "home"))
    everyone: list[SignedIn] = []

    def make(name: str) -> SignedIn:
        path = tmp_path / f"{name}.registry"
        clock = FixedClock(NOW)
        profile = ClinicProfile(name=name, training=True)
        registry.create(path, profile, [NewPerson("ash", "Dr Ash", Role.CLINICIAN, PASSWORD)], clock)
        signed_in = registry.open_registry(path, "ash", PASSWORD, clock)
        granted = signed_in.person.permissions | {Permission.EXPORT_IDENTIFIABLE}
        everyone.append(replace(signed_in, person=replace(signed_in.person, permissions=granted)))
        return everyone[-1]

    yield make
    for each in everyone:
        each.close()


@pytest.fixture
def signed_in(opened: Opened) -> SignedIn:
    """Somebody at one empty registry."""
    return opened("one")
