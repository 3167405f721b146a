"""The command line as declared: wrong use is told by argparse, and nothing heavy is loaded to tell it."""

import argparse
import importlib

import pytest

from poems_registry.cli.main import read
from poems_registry.cli.parser import make_parser
from poems_registry.domain.access import Role
from poems_registry.domain.errors import InvalidInput


def commands() -> dict[str, argparse.ArgumentParser]:
    for action in make_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no commands")


@pytest.mark.parametrize("name", [name for name in commands() if name not in ("bench", "tour")])
def test_what_carries_a_command_out_exists(name: str) -> None:
    command = commands()[name]
    module = importlib.import_module(f"poems_registry.cli.{command.get_default('module')}")
    assert callable(getattr(module, command.get_default("function")))


@pytest.mark.parametrize(
    "words",
    [
        "fly",
        "show",
        "import bones file.csv",
        "import labs",
        "letter --out there",
        "letter --due --visit 3 --out there",
        "letter --due",
        "export pdf there",
        "cohort",
        "demo there --patients many",
        "--password secret show 1",
    ],
)
def test_wrong_use_leaves_with_2(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        make_parser().parse_args(words.split())
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_no_option_takes_a_password_where_other_people_can_read_it() -> None:
    options = [text for command in [make_parser(), *commands().values()] for text in command._option_string_actions]
    assert [option for option in options if "pass" in option or "key" in option] == []


def test_who_signs_in_may_stand_before_or_after_the_command() -> None:
    before = make_parser().parse_args(["--registry", "r", "--user", "u", "show", "P-0001"])
    after = make_parser().parse_args(["show", "--registry", "r", "--user", "u", "P-0001"])
    assert (before.registry, before.user, before.patient) == (after.registry, after.user, after.patient)


def test_a_person_is_read_from_one_word_and_refused_in_words() -> None:
    from poems_registry.cli.making import person_from

    person = person_from("smith: Dr A Smith :clinician:Consultant neurologist:GMC 0000000")
    assert (person.user, person.name, person.role) == ("smith", "Dr A Smith", Role.CLINICIAN)
    assert (person.profession, person.registration, person.password) == ("Consultant neurologist", "GMC 0000000", "")
    for wrong in ("smith", "smith:Dr Smith:emperor", ":Dr Smith:nurse"):
        with pytest.raises(InvalidInput):
            person_from(wrong)


@pytest.mark.parametrize(
    "words", [[], ["--registry", "r"], ["--user", "u", "--registry", "r"], ["--user", "u", "--user", "v"], ["--user=u"]]
)
def test_the_window_is_asked_for_in_the_same_words_with_and_without_the_whole_command_line(words: list[str]) -> None:
    options = read(words)
    whole = make_parser().parse_args(words)
    assert (options.command, options.registry, options.user) == (whole.command, whole.registry, whole.user)


@pytest.mark.parametrize("words", [["--registry"], ["--user", "--registry"], ["--nothing", "x"], ["r"]])
def test_wrong_use_is_wrong_use_without_a_command_too(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        read(words)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err
