"""The second program is told who has the registry open; after a crash nobody has."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from poems_registry.domain.errors import AlreadyOpen, CannotOpen
from poems_registry.system.lock import Holder, ProcessLock, holder_of
from tests.tree import ROOT

KATE = Holder("Nurse K.", "WARD-3", datetime(2026, 11, 22, 14, 2, tzinfo=UTC))

HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from poems_registry.system.lock import Holder, ProcessLock
lock = ProcessLock.take(Path(sys.argv[1]), Holder("Dr B.", "WARD-9", datetime(2026, 1, 2, tzinfo=UTC)))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_is_told_who_and_where_and_since_when(tmp_path: Path) -> None:
    path = tmp_path / "a.registry.lock"
    with ProcessLock.take(path, KATE):
        assert holder_of(path) == KATE
        with pytest.raises(AlreadyOpen, match=r"Nurse K\. on WARD-3, since 22-Nov-2026"):
            ProcessLock.take(path, Holder("Dr B.", "WARD-9", KATE.since))
        assert holder_of(path) == KATE
    assert not path.exists()
    ProcessLock.take(path, KATE).release()


def test_releasing_twice_does_not_take_away_the_next_ones_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.registry.lock"
    first = ProcessLock.take(path, KATE)
    first.release()
    with ProcessLock.take(path, KATE):
        first.release()
        with pytest.raises(AlreadyOpen):
            ProcessLock.take(path, KATE)


def test_the_lock_of_a_killed_program_is_free_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.registry.lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyOpen, match=r"Dr B\. on WARD-9"):
            ProcessLock.take(path, KATE)
        other.kill()
        other.wait()
    assert path.exists()  # what it said is left behind, but says nothing
    with ProcessLock.take(path, KATE):
        assert holder_of(path) == KATE


def test_a_place_where_no_lock_can_lie_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="read-only"):
        ProcessLock.take(tmp_path / "away" / "a.lock", KATE)


def test_an_unreadable_lock_file_still_names_nobody_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.write_text("rubbish")
    assert holder_of(path) is None
    with ProcessLock.take(path, KATE):
        assert holder_of(path) == KATE
