"""The two lock files: every package pinned with its hashes, the runtime list inside the developers' list."""

import re

import pytest

from tests.tree import ROOT

RUNTIME = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)(?: ; ([^\\]+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(name: str) -> dict[tuple[str, str], int]:
    """(package, version) -> how many hashes; refuses any line that is neither a pin nor a hash."""
    found: dict[tuple[str, str], int] = {}
    current = ("", "")
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        pin = PIN.match(line)
        if pin:
            current = (pin[1], pin[2])
            found[current] = 0
        else:
            assert HASH.match(line), line
            found[current] += 1
    return found


@pytest.mark.parametrize("name", [RUNTIME.name, DEV.name])
def test_every_package_is_pinned_with_hashes_and_no_address(name: str) -> None:
    assert len(pins(name)) > 20
    assert [package for package, hashes in pins(name).items() if hashes == 0] == []


def test_the_developers_list_holds_the_runtime_list_unchanged() -> None:
    assert set(pins(RUNTIME.name)) - set(pins(DEV.name)) == set()


def test_qt_is_the_version_that_does_not_crash() -> None:
    assert {("pyside6-essentials", "6.11.3"), ("shiboken6", "6.11.3")} <= set(pins(RUNTIME.name))


def test_the_program_brings_no_science_stack() -> None:
    heavy = {"numpy", "pandas", "scipy", "matplotlib", "lifelines", "pyqtgraph", "pyside6", "pyside6-addons", "pytest"}
    assert {package for package, _version in pins(RUNTIME.name)} & heavy == set()
