"""The whole main job by itself: a visit typed and signed in the real window, and every file it promises."""

import csv
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from poems_registry.system import paths
from tests.tree import ROOT

SCREENS = {
    "first-start",
    "unlock",
    "patients",
    "patient",
    "visit",
    "letter",
    "letters",
    "today",
    "cohort",
    "clinic",
    "care",
    "research",
}
TOUR = (
    "import sys; from pathlib import Path; from poems_registry.rehearsal.tour import tour; tour(Path(sys.argv[1]), 12)"
)


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder of a tour with few patients, and the lines it printed."""
    folder = tmp_path_factory.mktemp("tour")
    environment = {**os.environ, paths.HOME_VARIABLE: str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", TOUR, str(folder / "out")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "out", done.stdout.splitlines()


def test_every_file_that_is_named_is_there(toured: tuple[Path, list[str]]) -> None:
    folder, lines = toured
    named = {Path(line) for line in lines if line.startswith(str(folder))}
    assert [path for path in named if not path.is_file() or not path.stat().st_size] == []
    endings = {path.suffix for path in named}
    assert {".registry", ".keys", ".pdf", ".xlsx", ".csv", ".json", ".png"} <= endings


def test_every_screen_has_its_picture_at_both_sizes(toured: tuple[Path, list[str]]) -> None:
    folder, _ = toured
    sizes = {}
    for path in (folder / "screens").glob("*.png"):
        sizes[path.stem] = struct.unpack(">II", path.read_bytes()[16:24])
    expected = {f"{name}-{w}x{h}": (w, h) for name in SCREENS for w, h in ((1366, 768), (1920, 1080))}
    assert sizes == expected
    contents = {path.read_bytes() for path in (folder / "screens").glob("*.png")}
    assert len(contents) == len(sizes), "two screens look the same"


def test_the_letters_are_signed_and_everything_stored_holds(toured: tuple[Path, list[str]]) -> None:
    folder, lines = toured
    with (folder / "letters" / "one" / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        (letter,) = csv.DictReader(file)
    assert letter["state"] == "signed"
    (batch,) = [line for line in lines if line.startswith("letters:")]
    assert "0 drafts" in batch
    (verified,) = [line for line in lines if line.startswith("verified:")]
    assert verified.endswith("0 problems")
