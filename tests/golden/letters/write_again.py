"""Writes the approved letters anew, for reading before they are committed."""

from pathlib import Path

from tests.golden.letters.more_letters import MORE
from tests.golden.letters.people import CASES

if __name__ == "__main__":
    for name, make in (CASES | MORE).items():
        Path(__file__).with_name(f"{name}.txt").write_text(make().text(), encoding="utf-8")
