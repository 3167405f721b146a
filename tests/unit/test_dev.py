"""The door for developers: what it reads, what it decides, and that it starts nothing it need not."""

import sys
from pathlib import Path

import pytest

import dev

DEMO_SAYS = """registry: training/training.registry
user: Dr A. Demo
password: correct horse: battery staple
user: Nurse B. Demo
password: five words make one phrase
"""


def test_the_sign_in_of_the_training_registry_is_read_from_what_demo_prints() -> None:
    registry, people = dev.read_sign_in(DEMO_SAYS)
    assert registry == "training/training.registry"
    assert people == [
        ("Dr A. Demo", "correct horse: battery staple"),
        ("Nurse B. Demo", "five words make one phrase"),
    ]


def test_a_print_without_a_password_names_nobody() -> None:
    assert dev.read_sign_in("registry: here\nuser: Dr A. Demo\n") == ("here", [])


def test_a_library_that_is_missing_is_named_by_its_package_and_one_that_is_there_is_not() -> None:
    there = {"libstdc++.so.6": "libstdc++6"} if sys.platform.startswith("linux") else {}
    missing = dev.missing_packages({**there, "libno-such-thing.so.9": "no-such-thing9"}, {"no-such-program": "nothing"})
    assert missing == ["no-such-thing9", "nothing"]


def test_the_line_to_type_installs_all_of_them() -> None:
    assert dev.install_line(["libegl1", "xvfb"]) == "sudo apt-get update && sudo apt-get install -y libegl1 xvfb"


def test_the_stamp_changes_with_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n")
    first = dev.stamp_text(lock)
    assert dev.stamp_text(lock) == first
    lock.write_text("one==2\n")
    assert dev.stamp_text(lock) != first


def test_no_foreign_modules_or_plugins_reach_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "QT_PLUGIN_PATH", "PIP_USER"):
        monkeypatch.setenv(name, "elsewhere")
    environment = dev.child_environment()
    assert {"PYTHONPATH", "QT_PLUGIN_PATH", "PIP_USER"} & set(environment) == set()
    assert environment["PYTHONNOUSERSITE"] == "1"


def test_a_display_that_nobody_serves_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("another operating system: only Linux can be without a display")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":98765")
    assert not dev.has_display()
    monkeypatch.delenv("DISPLAY")
    assert not dev.has_display()
