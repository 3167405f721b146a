"""What went wrong is said in plain words with a number, and the log holds places, never values."""

import logging
import sys
import threading

import pytest

from poems_registry.domain.errors import NotFound, NotPermitted, RegistryError, StaleRecord
from poems_registry.ui.errors import CrashHook, Unexpected, message_for, places
from tests.noise import Noise

SECRET = "Łukasiewicz 999 000 0050"


def stumble() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def caught() -> BaseException:
    try:
        stumble()
    except KeyError as error:
        return error
    raise AssertionError


def test_the_first_sentence_is_the_cause_and_the_rest_what_to_do() -> None:
    message = message_for(StaleRecord())
    assert message.cause == "Someone else changed this record after you opened it."
    assert message.rest.startswith("Nothing was overwritten")
    assert message_for(RegistryError("One sentence only.")).rest == ""


@pytest.mark.parametrize("error", [NotFound(), NotPermitted(), RegistryError()])
def test_an_error_without_words_still_says_something(error: RegistryError) -> None:
    message = message_for(error)
    assert message.cause.endswith(".")
    assert message.rest


def test_places_tell_types_and_lines_of_the_whole_chain_but_no_value() -> None:
    said = places(caught())
    assert SECRET not in said
    assert "KeyError" in said
    assert "ValueError" in said
    assert said.count("stumble") == 2


def test_a_bug_gets_a_number_that_is_in_the_log_and_on_the_screen(
    noise: Noise, caplog: pytest.LogCaptureFixture
) -> None:
    noise.expect("unexpected error")
    told: list[RegistryError] = []
    error = caught()
    CrashHook(told.append).caught(type(error), error, error.__traceback__)
    assert isinstance(told[0], Unexpected)
    number = told[0].number
    assert number in str(told[0])
    assert number in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in str(told[0])
    assert message_for(told[0]).number == number


def test_a_refusal_nobody_caught_is_shown_in_its_own_words(noise: Noise) -> None:
    noise.expect("refusal that no screen showed")
    told: list[RegistryError] = []
    error = StaleRecord()
    CrashHook(told.append).caught(StaleRecord, error, None)
    assert told == [error]


def test_an_error_while_telling_does_not_go_round_in_circles(noise: Noise, caplog: pytest.LogCaptureFixture) -> None:
    noise.expect("unexpected error")

    def tell(_: RegistryError) -> None:
        hook.caught(ValueError, ValueError("while telling"), None)

    hook = CrashHook(tell)
    hook.caught(ValueError, ValueError("first"), None)
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 2


def test_the_hook_is_put_in_and_taken_out(noise: Noise) -> None:
    noise.expect("unexpected error")
    told: list[RegistryError] = []
    before = (sys.excepthook, threading.excepthook)
    put_back = CrashHook(told.append).install()
    worker = threading.Thread(target=stumble)
    worker.start()
    worker.join(10)
    put_back()
    assert (sys.excepthook, threading.excepthook) == before
    assert isinstance(told[0], Unexpected)
