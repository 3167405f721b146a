"""Whole letters, word for word, as a doctor and a patient have read them.

After a change that is meant, write them again with `python -m tests.golden.letters.write_again` and read every line.
"""

from pathlib import Path

import pytest

from tests.golden.letters.more_letters import MORE
from tests.golden.letters.people import CASES

FOLDER = Path(__file__).parent


EVERY = CASES | MORE


@pytest.mark.parametrize("name", EVERY)
def test_the_letter_reads_as_approved(name: str) -> None:
    assert EVERY[name]().text() == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_every_approved_letter_still_has_its_person() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(EVERY)
