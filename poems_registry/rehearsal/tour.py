"""The whole main job without a display: registry, visits, letters, summaries, exports, a copy, every screen."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.rehearsal.pictures import window_day
from poems_registry.rehearsal.scripted_visit import people_to_see, see
from poems_registry.services.access import SignedIn
from poems_registry.services.cohort import CohortService
from poems_registry.services.exports import ExportService, write_dictionary
from poems_registry.services.letter_batch import BatchService
from poems_registry.services.registry import open_registry
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.staff import StaffService
from poems_registry.services.training.demo import FILE, PASSWORD, PEOPLE, make_demo

PATIENTS, SEED = 150, 1
SEEN_TODAY = 6
MARK = ".tour"
OURS = ("training", "letters", "cohort", "export", "backup", "screens")
CLINICIAN, ADMIN = PEOPLE[0].user, PEOPLE[2].user


def tour(folder: Path, patients: int = PATIENTS) -> int:
    """Do everything into the folder, print the path of each file as it is written, and give exit code 0.

    An earlier tour's files are replaced; a folder with anything else in it is refused.
    """
    _clear(folder)
    demo = make_demo(folder / "training", patients, SEED)
    _tell([demo.path])
    day = window_day(demo.path, CLINICIAN, PASSWORD, folder / "screens")
    _tell(day.pictures)
    me = open_registry(demo.path, CLINICIAN, PASSWORD)
    try:
        _letters(me, folder, day.encounter_id)
        _figures(me, folder)
    finally:
        me.close()
    _administrators_day(folder)
    return 0


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise NotAllowedNow("This folder holds other files. Nothing was written; choose an empty folder for the tour.")
    for name in OURS:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


def _letters(me: SignedIn, folder: Path, visit: int) -> None:
    """The letter of the visit that was signed in the window, then some more visits and their letters in a batch."""
    batch = BatchService(me)
    alone = batch.write((visit,), folder / "letters" / "one", PASSWORD)
    _tell([*(alone.manifest.parent / made.file for made in alone.letters), alone.manifest])
    for patient_id in people_to_see(me, SEEN_TODAY):
        see(me, patient_id, PASSWORD)
    many = batch.write(batch.due(), folder / "letters" / "batch", PASSWORD)
    _tell([*(many.manifest.parent / made.file for made in many.letters), many.manifest])
    print(f"letters: {many.line}")


def _figures(me: SignedIn, folder: Path) -> None:
    for ending in ("pdf", "xlsx", "csv"):
        (folder / "cohort" / ending).mkdir(parents=True)
        _tell(CohortService(me).write(folder / "cohort" / ending / f"cohort.{ending}").paths)
    (folder / "cohort" / "release").mkdir()
    _tell(CohortService(me).write(folder / "cohort" / "release" / "cohort.pdf", release=True).paths)
    for form in ("csv", "xlsx", "json"):
        out = folder / "export" / form
        made = ExportService(me).pseudonymised(form, out, purpose="tour")
        _tell([*(out / each.name for each in made.files), out / "manifest.json"])
    write_dictionary(folder / "export" / "dictionary.csv")
    _tell([folder / "export" / "dictionary.csv"])


def _administrators_day(folder: Path) -> None:
    """The identifiable transfer by one who was granted it, a verified copy, and a check of everything."""
    place = folder / "training" / FILE
    me = open_registry(place, ADMIN, PASSWORD)
    try:
        StaffService(me).allow(ADMIN, Permission.EXPORT_IDENTIFIABLE.value, granted=True)
    finally:
        me.close()
    me = open_registry(place, ADMIN, PASSWORD)
    try:
        out = folder / "export" / "transfer"
        made = ExportService(me).transfer(out, "tour of a training registry")
        _tell([*(out / each.name for each in made.files), out / "manifest.json"])
        (folder / "backup").mkdir()
        copied = SafekeepingService(me).back_up(folder / "backup")
        _tell([copied.path, copied.keys])
        checked = SafekeepingService(me).check()
    finally:
        me.close()
    for problem in checked.problems:
        print(problem)
    print(
        f"verified: {checked.findings:,} findings, {checked.audit_entries:,} audit entries, {checked.letters:,} signed"
        f" letters, {len(checked.problems)} problems"
    )


def _tell(paths: Iterable[Path]) -> None:
    for path in paths:
        print(path)
