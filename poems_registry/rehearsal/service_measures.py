"""Benchmarks below the window: search, open, save, letters, cohort, each on a real encrypted file."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from poems_registry.catalogue.evidence import evidence_of
from poems_registry.cohort.items import ITEMS
from poems_registry.domain.criteria import judge
from poems_registry.domain.records import EncounterKind, EncounterState, PatientFile
from poems_registry.pages.raster import page_count
from poems_registry.rehearsal.measure import Measure, milliseconds
from poems_registry.rehearsal.scripted_visit import people_to_see, scripted_draft
from poems_registry.rehearsal.window_measures import window_measures
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.cohort import CohortService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.crowd import Crowd, add_crowd
from poems_registry.services.training.demo import CLINIC, PASSWORD, PEOPLE
from poems_registry.services.visits import VisitService
from poems_registry.services.worklist import WorklistService

QUERIES = ("s", "sm", "smi", "99", "999 0", "zz")
VISITS, PAGES, LETTERS, SAVES = 20, 2, 150, 9
PAGE = b"\0" * 4096


def clinic_measures(me: SignedIn, folder: Path) -> Iterator[Measure]:
    """On the training registry of 150: everything but the window. It is changed; take a copy."""
    files = [PatientService(me).open(row.id).file for row in PatientService(me).find().rows]
    yield _search(me, len(files))
    yield _today(me, len(files))
    yield _open(me, files)
    yield from _letters(me, files)
    yield from _cohort(me, len(files), 300, 5)
    yield from _save(me, folder)


def crowd_measures(folder: Path, size: int, *, visits: bool) -> Iterator[Measure]:
    """On a bigger registry, made for this: searching, or with `visits` the cohort summary."""
    crowd = Crowd(size, items=frozenset(ITEMS) if visits else ())
    place = folder / f"crowd-{size}-{'visits' if visits else 'names'}.registry"
    registry.create(place, CLINIC, PEOPLE)
    me = registry.open_registry(place, PEOPLE[0].user, PASSWORD)
    try:
        add_crowd(me, crowd)
        if visits:
            yield from _cohort(me, size, 5000 if size == 10_000 else None, 3)
        else:
            yield _search(me, size)
            yield _today(me, size)
    finally:
        me.close()
    if not visits:
        yield from window_measures(place, PEOPLE[0].user, PASSWORD, size, whole=False)


def _search(me: SignedIn, size: int) -> Measure:
    service = PatientService(me)
    worst = max(milliseconds(partial(service.find, query), 9) for query in QUERIES)
    goal = 100 if size >= 100_000 else 50
    note = f"slowest of {len(QUERIES)} queries, counts of all filters included; without painting"
    return Measure(f"search_{size}", f"search, key to rows, {size:,} patients", worst, "ms", goal, note)


def _today(me: SignedIn, size: int) -> Measure:
    took = milliseconds(WorklistService(me).today, 9)
    note = "drafts, letters, results, overdue, undecided, without painting"
    return Measure(f"today_{size}", f"the list of the day, {size:,} patients", took, "ms", None, note)


def _open(me: SignedIn, files: list[PatientFile]) -> Measure:
    def visits(file: PatientFile) -> int:
        return sum(encounter.kind is EncounterKind.CLINIC for encounter in file.encounters)

    chosen = min(files, key=lambda file: (abs(visits(file) - VISITS), file.patient.id))
    service = PatientService(me)

    def act() -> None:
        opened = service.open(chosen.patient.id)
        judge(evidence_of(opened.file), opened.thresholds)

    note = f"{visits(chosen)} visits: view audited on disk, read, judged; without painting"
    return Measure("open_patient", f"open a patient with {VISITS} visits", milliseconds(act, 15), "ms", 50, note)


def _letters(me: SignedIn, files: list[PatientFile]) -> Iterator[Measure]:
    service = LetterService(me)
    newest = [_newest(file) for file in files if file.patient.died is None]
    own = [service.start(encounter_id) for encounter_id in newest if encounter_id]
    letters = (own * (LETTERS // len(own) + 1))[:LETTERS]
    pages = {letter: page_count(service.preview(letter, ())) for letter in own[:40]}
    chosen = min(pages, key=lambda letter: (abs(pages[letter] - PAGES), letter))
    took = milliseconds(lambda: service.preview(chosen, ()), 9)
    note = f"{pages[chosen]} pages: read, worded, set, written as PDF"
    yield Measure("letter", "a two-page letter", took, "ms", 60, note)
    began = time.perf_counter()
    count = sum(page_count(service.preview(letter, ())) for letter in letters)
    batch = time.perf_counter() - began
    yield Measure(
        "letters", f"{len(letters)} letters on one core", batch, "s", 8, f"{count} pages, page count read back"
    )


def _newest(file: PatientFile) -> int | None:
    """The newest signed visit's id."""
    signed = [e for e in file.encounters if e.kind is EncounterKind.CLINIC and e.state is EncounterState.SIGNED]
    return signed[-1].id if signed else None


def _cohort(me: SignedIn, size: int, goal: float | None, times: int) -> Iterator[Measure]:
    """The very first one judges everybody; each later one only who changed since."""
    service = CohortService(me)
    began = time.perf_counter()
    service.summary()
    first = (time.perf_counter() - began) * 1000
    people, took = PatientService(me), []
    for patient_id in [row.id for row in people.find(limit=times).rows]:
        people.change(replace(people.who(patient_id), email=""))
        people.change(replace(people.who(patient_id), email="somebody@example.org"))
        began = time.perf_counter()
        service.summary()
        took.append(time.perf_counter() - began)
    note = "after a change of one record: read, judged, counted, audited"
    yield Measure(f"cohort_{size}", f"cohort summary of {size:,}", median(took) * 1000, "ms", goal, note)
    yield Measure(f"cohort_first_{size}", f"the very first one of {size:,}", first, "ms", None, "everybody judged anew")


def _save(me: SignedIn, folder: Path) -> Iterator[Measure]:
    """Keeping and signing a whole scripted visit; the password's own cost, which is wanted, is left out."""
    quick = replace(me, confirm=lambda _: None)
    visits = VisitService(quick)
    kept, signed = [], []
    for patient_id in people_to_see(me, SAVES):
        visit = visits.open(visits.start(patient_id))
        draft = scripted_draft(visit, me.today)
        began = time.perf_counter()
        visits.keep(visit.encounter.id, patient_id, draft)
        kept.append(time.perf_counter() - began)
        began = time.perf_counter()
        visits.sign(visit.encounter.id, patient_id, visit.encounter.version, draft, "")
        signed.append(time.perf_counter() - began)
    flush = _fsync(folder)
    note = "what was typed so far; fsync apart"
    yield Measure("save", "save a visit, beyond its fsync", median(kept) * 1000 - flush, "ms", 25, note)
    note = "checked, judged, frozen, audited, list renewed; fsync and password derivation apart"
    yield Measure("sign", "sign a visit, beyond its fsync", median(signed) * 1000 - flush, "ms", 25, note)
    yield Measure("fsync", "one fsync of 4 KB on this disk", flush, "ms")


def _fsync(folder: Path) -> float:
    path = folder / "fsync"
    with path.open("wb") as file:

        def act() -> None:
            file.write(PAGE)
            file.flush()
            os.fsync(file.fileno())

        return milliseconds(act, 25)
