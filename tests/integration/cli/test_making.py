"""`demo` and `new`: what they print, and that what they made opens."""

from pathlib import Path

import pytest

import dev
from poems_registry.cli.signing_in import VARIABLE
from tests.integration.cli.conftest import Type

PHRASE = "copper lantern walrus fiddle orbit"
ADMINS = ("--person", "kay:K Kay:admin", "--person", "lee:L Lee:admin")


def test_what_demo_prints_signs_each_person_in(type_: Type, tmp_path: Path) -> None:
    made = type_("demo", tmp_path / "training", "--patients", 1, "--seed", 5)
    assert made.code == 0
    registry, people = dev.read_sign_in(made.out)
    assert [user for user, _ in people] == ["rahman", "okoro", "castellan"]
    for user, password in people:
        said = type_("--registry", registry, "--user", user, "migrate", lines=f"{password}\n")
        assert (said.code, said.err) == (0, "")


def test_demo_does_not_write_over_a_registry(type_: Type, registry: Path) -> None:
    before = (registry.read_bytes(), registry.stat().st_mtime_ns)
    said = type_("demo", registry.parent, "--patients", 1)
    assert said.code == 3
    assert "already a file at this place" in said.err
    assert (registry.read_bytes(), registry.stat().st_mtime_ns) == before


def test_demo_refuses_a_number_of_patients_that_makes_no_sense(type_: Type, tmp_path: Path) -> None:
    said = type_("demo", tmp_path / "none", "--patients", 0)
    assert said.code == 3
    assert "patients: between" in said.err
    assert not (tmp_path / "none").exists()


def test_a_new_registry_shows_its_recovery_key_once_and_opens_with_each_password(type_: Type, tmp_path: Path) -> None:
    file = tmp_path / "live.registry"
    made = type_("new", file, "--clinic", "Made-up Clinic", *ADMINS, lines=f"{PHRASE}\n{PHRASE} two\n")
    assert (made.code, made.err) == (0, "")
    key = made.out.split("recovery key: ")[1].splitlines()[0]
    assert made.out.count(key) == 1
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and key.encode() in p.read_bytes()]
    for user, password in (("kay", PHRASE), ("lee", f"{PHRASE} two")):
        assert type_("--registry", file, "--user", user, "verify", lines=f"{password}\n").code == 0
    assert type_("--registry", file, "--user", "lee", "verify", lines=f"{PHRASE}\n").code == 3


@pytest.mark.parametrize(
    ("words", "lines", "sentence"),
    [
        (("--clinic", "C", "--person", "kay:K Kay:admin"), f"{PHRASE}\n", "name two administrators"),
        (("--clinic", "C", *ADMINS), f"password123\n{PHRASE}\n", "password kay"),
        (("--clinic", "C", *ADMINS), f"{PHRASE}\n", "No password was given"),
        (ADMINS, f"{PHRASE}\n{PHRASE}\n", "--clinic NAME"),
        (("--clinic", "C"), "", "--person"),
        (("--clinic", "C", "--person", "kay:K Kay:king"), "", "the role is one of"),
    ],
)
def test_a_new_registry_that_cannot_be_kept_is_refused_and_not_made(
    type_: Type, tmp_path: Path, words: tuple[str, ...], lines: str, sentence: str
) -> None:
    file = tmp_path / "live.registry"
    said = type_("new", file, *words, lines=lines)
    assert said.code == 3
    assert sentence in said.err
    assert list(tmp_path.glob("live*")) == []


def test_the_environments_password_is_never_taken_for_a_new_persons(
    type_: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PHRASE)
    said = type_("new", tmp_path / "live.registry", "--clinic", "C", *ADMINS)
    assert said.code == 3
    assert "No password was given" in said.err
