"""Nothing that was confirmed is lost: killed programs, full disks, two programs at once, and who opens the file."""

import resource
import signal
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert, text

from poems_registry.domain.errors import NotSaved, RegistryError, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, Patient
from poems_registry.storage import audit, encounters, files, patients
from poems_registry.storage.backup import copy_to
from poems_registry.storage.engine import PAGE_BYTES, open_file
from poems_registry.storage.observations import NOTED
from poems_registry.storage.server import open_server
from poems_registry.storage.tables.patient import PatientRow
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, KEY, NURSE, Clock, slot_of, visit
from tests.tree import ROOT

SAVE_FOR_EVER = """
import sys
from itertools import count
from pathlib import Path
from poems_registry.storage import encounters, patients
from poems_registry.storage.engine import open_file
from poems_registry.storage.observations import NOTED
from poems_registry.storage.tables.patient import PatientRow
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, KEY, NURSE, Clock, slot_of, visit
from dataclasses import replace
store = Store(open_file(Path(sys.argv[1]), KEY), AUDIT_KEY, Clock())
for number in count(int(sys.argv[2])):
    with store.writing(NURSE) as session:
        ann = patients.add(session, replace(ANN, study_number=f"S{number}", nhs_number="", hospital_numbers=()))
        encounters.add(session, slot_of, visit(ann.id))
    print(number, flush=True)
"""


def test_every_save_that_was_confirmed_survives_a_kill_and_none_is_half(file: Path) -> None:
    confirmed = -1
    for saves_before_the_kill in (1, 2, 5, 9):
        command = [sys.executable, "-c", SAVE_FOR_EVER, str(file), str(confirmed + 1)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            for _ in range(saves_before_the_kill):
                confirmed = int(program.stdout.readline())
            program.send_signal(signal.SIGKILL)
            rest = program.stdout.read().splitlines()
            confirmed = int(rest[-1]) if rest and rest[-1].isdigit() else confirmed
        store = Store(open_file(file, KEY), AUDIT_KEY, Clock())
        with store.reading() as session:
            assert audit.verify(session, AUDIT_KEY) == []
            found = list(files.load_files(session))
        store.close()
        # a save may have reached the disk in the moment before it could be told
        assert [f.patient.study_number for f in found[: confirmed + 1]] == [f"S{n}" for n in range(confirmed + 1)]
        assert len(found) in (confirmed + 1, confirmed + 2)
        assert all(len(f.encounters) == 1 and len(f.encounters[0].findings) == 9 for f in found)
        confirmed = len(found) - 1


def test_pages_torn_while_saves_were_brought_home_are_not_taken_for_damage(file: Path) -> None:
    command = [sys.executable, "-c", SAVE_FOR_EVER, str(file), "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for _ in range(3):
            program.stdout.readline()
        program.kill()
        told = 3 + len(program.stdout.read().splitlines())
    side = Path(f"{file}-wal").read_bytes()
    held = {int.from_bytes(side[at : at + 4], "big") for at in range(32, len(side) - PAGE_BYTES, PAGE_BYTES + 24)}
    torn = bytearray(file.read_bytes())
    pages = sorted(page for page in held if 1 < page <= len(torn) // PAGE_BYTES)
    assert pages
    for page in pages:
        start = (page - 1) * PAGE_BYTES
        torn[start : start + PAGE_BYTES // 2] = bytes(PAGE_BYTES // 2)
    file.write_bytes(torn)
    store = Store(open_file(file, KEY), AUDIT_KEY, Clock())
    with store.reading() as session:
        assert len(list(files.load_files(session))) in (told, told + 1)
        assert audit.verify(session, AUDIT_KEY) == []
    store.close()


def test_a_full_disk_is_said_in_words_and_the_registry_goes_on_when_there_is_room_again(file_store: Store) -> None:
    with file_store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    long_note = Finding("story", "x" * 2_000_000)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
        with pytest.raises(NotSaved, match="kept in the window"), file_store.writing(NURSE) as session:
            encounters.add(session, slot_of, replace(visit(ann.id), findings=(long_note,)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
        signal.signal(signal.SIGXFSZ, heard)
    with file_store.reading() as session:
        assert files.load_file(session, ann.id).encounters == ()
        assert audit.verify(session, AUDIT_KEY) == []
    with file_store.writing(NURSE) as session:
        encounters.add(session, slot_of, replace(visit(ann.id), findings=(long_note,)))
    with file_store.reading() as session:
        (kept,) = files.load_file(session, ann.id).encounters
    assert kept.findings[0].value == long_note.value


def test_a_disk_that_fills_up_during_a_copy_leaves_no_copy_and_the_registry_whole(
    file_store: Store, tmp_path: Path
) -> None:
    with file_store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        long_note = Finding("story", "x" * 3_000_000)
        encounters.add(session, slot_of, replace(visit(ann.id), findings=(long_note,)))
    places = tmp_path / "copies"
    places.mkdir()
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
        with pytest.raises(NotSaved, match="no new copy"):
            copy_to(file_store.engine, KEY, places / "copy.registry")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
        signal.signal(signal.SIGXFSZ, heard)
    assert list(places.iterdir()) == []
    assert copy_to(file_store.engine, KEY, places / "copy.registry").good


def test_no_word_of_a_patient_is_in_what_an_error_would_show(store: Store) -> None:
    """Ten ways to fail, on both engines: neither the error nor what led to it may name anybody."""
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        added = encounters.add(session, slot_of, visit(ann.id))

    def provoke(statement: object, values: dict[str, object] | None = None) -> str:
        with pytest.raises(Exception) as refused, store.writing(NURSE) as session:  # noqa: PT011 - any error will do
            session.execute(statement, values or {}, execution_options=NOTED)  # type: ignore[call-overload]
        return "".join(traceback.format_exception(refused.value)) + repr(refused.value)

    secret = "Canary-Patient 9990000999"
    row = {c.name: secret for c in PatientRow.__table__.columns if not c.nullable}
    shown = [
        provoke(insert(PatientRow.__table__), row),  # type: ignore[arg-type]
        provoke(text("INSERT INTO patient (family_name) VALUES (:name)"), {"name": secret}),
        provoke(text("UPDATE patient SET uid = NULL, family_name = :name"), {"name": secret}),
        provoke(text("UPDATE encounter SET patient_id = 4711, author = :name"), {"name": secret}),
        provoke(text("UPDATE encounter SET state = 'signed', author = :name"), {"name": secret}),
        provoke(text("UPDATE observation SET state = 'pending', note = :name"), {"name": secret}),
        provoke(text("DELETE FROM patient WHERE family_name <> :name"), {"name": secret}),
        provoke(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": secret}),
        provoke(text("INSERT INTO hospital_number (patient_id, issuer, value, position)"
                     " SELECT patient_id, issuer, value, 9 FROM hospital_number")),
        provoke(text("INSERT INTO observation SELECT * FROM observation")),
    ]  # fmt: skip
    for words in shown:
        for canary in ("Canary", "9990000999", "Brien", "000123", "Ångström", str(added.uid)):
            assert canary not in words


def saves_at_once(store: Store, wanted: Encounter, barrier: Barrier, outcomes: list[str]) -> None:
    """Read, wait for the other, save: the order of events that loses updates where nobody looks."""
    try:
        with store.writing(NURSE) as session:
            encounters.load(session, wanted.id)
            barrier.wait()
            encounters.save(session, slot_of, wanted)
        outcomes.append("saved")
    except StaleRecord:
        outcomes.append("stale")


def test_of_two_people_on_a_server_one_saves_and_the_other_is_told(server_address: str) -> None:
    one = Store(open_server(server_address, ""), AUDIT_KEY, Clock())
    two = Store(open_server(server_address, ""), AUDIT_KEY, Clock())
    with one.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        seen = encounters.add(session, slot_of, visit(ann.id))
    for number in range(5):
        barrier, outcomes = Barrier(2), list[str]()
        wanted = [replace(seen, findings=(Finding("height", height + number),)) for height in (100.0, 200.0)]
        threads = [
            Thread(target=saves_at_once, args=(store, each, barrier, outcomes))
            for store, each in zip((one, two), wanted, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["saved", "stale"]
        with one.reading() as session:
            seen = encounters.load(session, seen.id)
            assert audit.verify(session, AUDIT_KEY) == []
    one.close()
    two.close()


def test_many_writers_on_a_server_keep_one_unbroken_chain(server_address: str) -> None:
    def add_ten(number: int) -> None:
        store = Store(open_server(server_address, ""), AUDIT_KEY, Clock())
        for each in range(10):
            with store.writing(NURSE) as session:
                patients.add(session, Patient(family_name=f"M{number}-{each}"))
        store.close()

    threads = [Thread(target=add_ten, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Store(open_server(server_address, ""), AUDIT_KEY, Clock())
    with store.reading() as session:
        assert audit.head(session)[0] == 30
        assert audit.verify(session, AUDIT_KEY) == []
    store.close()


def test_a_number_taken_in_the_same_moment_is_told_like_any_other(server_address: str) -> None:
    one = Store(open_server(server_address, ""), AUDIT_KEY, Clock())
    two = Store(open_server(server_address, ""), AUDIT_KEY, Clock())
    barrier = Barrier(2)
    outcomes: list[str] = []

    def add(store: Store) -> None:
        try:
            with store.writing(NURSE) as session:
                patients.by_nhs_number(session, ANN.nhs_number)
                barrier.wait()
                patients.add(session, ANN)
            outcomes.append("saved")
        except RegistryError as refused:
            outcomes.append(str(refused))

    threads = [Thread(target=add, args=(store,)) for store in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.close()
    two.close()
    assert sorted(outcomes)[1] == "saved"
    assert ANN.nhs_number not in sorted(outcomes)[0]
    assert ANN.family_name not in sorted(outcomes)[0]


WATCH = """
import os, sys
opened = []
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes, os.PathLike)) and "poems.registry" in os.fsdecode(args[0]):
        opened.append(os.fsdecode(args[0]))
sys.addaudithook(hook)
from pathlib import Path
from poems_registry.domain.errors import RegistryError
from poems_registry.storage import backup, encounters, files, migrate, patients
from poems_registry.storage.observations import NOTED
from poems_registry.storage.tables.patient import PatientRow
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, KEY, NURSE, Clock, slot_of, visit
path = Path(sys.argv[1])
engine = migrate.open_current(path, KEY, migrate.Upgrading(Path("x"), Path("y")))
assert opened == [str(path)], opened  # the one look before any connection
store = Store(engine, AUDIT_KEY, Clock())
with store.writing(NURSE) as session:
    ann = patients.add(session, ANN)
    encounters.add(session, slot_of, visit(ann.id))
with store.reading() as session:
    files.load_file(session, ann.id)
backup.copy_to(engine, KEY, path.with_name("copy"))
try:
    migrate.open_current(path, KEY, migrate.Upgrading(Path("x"), Path("y")))
except RegistryError as error:
    print(type(error).__name__)
store.close()
print(opened == [str(path)])
"""


def test_nothing_but_the_database_library_opens_the_file_while_it_is_open(file: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", WATCH, str(file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["AlreadyOpen", "True"]
