"""Every letter that the training clinic can have, made as the program makes it and read back from its bytes.

`python -m poems_registry.rehearsal.every_letter` prints the sums; with any fault it ends with 1.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    LetterRecord,
    LetterState,
    PatientFile,
    Signature,
    VisitType,
)
from poems_registry.letters.plain_words import FORM, plain_words
from poems_registry.pages.comparing import differences
from poems_registry.pages.document import LARGEST, Document
from poems_registry.pages.pdf import check_archive, render
from poems_registry.pages.raster import page_count
from poems_registry.pages.reading import read_back
from poems_registry.pages.text import to_text
from poems_registry.pages.web import to_html
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_matter import Matter, matter_of
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD, PEOPLE, make_demo
from poems_registry.system.paths import HOME_VARIABLE

SHOWN = 20
LARGE = 18
_TAGS = re.compile(r"<[^>]+>|\s+")
_NUMBERED = {"figure", *map(str, range(1, 40))}
"""Words of the plain text that a page says otherwise: a list counts by itself, a figure is one."""


@dataclass(slots=True)
class Sums:
    """What was made and what was found."""

    letters: Counter[str] = field(default_factory=Counter)
    pages: Counter[int] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    unequal: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    loose_fonts: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> list[str]:
        """Everything that is not as it should be."""
        return [*self.unequal, *self.refused, *self.loose_fonts, *self.html]

    def add(self, name: str, kind: str, document: Document) -> None:
        """Print a document, judge it, and read it back."""
        pdf = render(document)
        self.letters[kind] += 1
        self.pages[page_count(pdf)] += 1
        self.sizes[document.size] += 1
        self.unequal += [f"{name}: {each}" for each in differences(document, pdf)]
        self.refused += [f"{name}: {each}" for each in check_archive(pdf)]
        self.loose_fonts += [
            f"{name}: {font} not in the file" for font, there in read_back(pdf).fonts.items() if not there
        ]
        lost = _words(to_text(document)) - _words(unescape(_TAGS.sub(" ", to_html(document)))) - _NUMBERED
        self.html += [f"{name}: not in HTML: {', '.join(sorted(lost)[:5])}"] if lost else []

    @property
    def lines(self) -> Iterator[str]:
        """The sums as a person reads them."""
        made = sum(self.letters.values())
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.letters.items()))
        yield f"letters made: {made:,} ({kinds})"
        yield f"type sizes: {', '.join(f'{size} pt {count:,}' for size, count in sorted(self.sizes.items()))}"
        total = sum(pages * count for pages, count in self.pages.items())
        spread = ", ".join(f"{pages}: {count:,}" for pages, count in sorted(self.pages.items()))
        yield f"pages: {total:,} (letters by pages: {spread})"
        yield f"read back word by word, equal to what was composed: {made - _named(self.unequal):,} of {made:,}"
        yield f"judged as PDF/A-2b by the program's checker: {made - _named(self.refused):,} of {made:,} passed"
        yield f"every font in the file: {made - _named(self.loose_fonts):,} of {made:,}"
        yield f"HTML with every word of the plain text: {made - _named(self.html):,} of {made:,}"
        yield f"took {self.seconds:,.0f} s in one process"


def _named(faults: list[str]) -> int:
    return len({each.partition(":")[0] for each in faults})


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", text)}


def letters_of(me: SignedIn, file: PatientFile) -> Iterator[tuple[str, str, Document]]:
    """Name, kind and document of every letter that one person can have: of each visit, and of each kind once."""
    visits = [e for e in file.counted if e.kind is EncounterKind.CLINIC and e.may_have_letter]
    for encounter in visits:
        yield from _made(me, file, encounter, LetterKind.CLINIC)
    if not file.encounters:
        return  # nothing is recorded that a letter could tell
    if not visits:
        yield from _made(me, file, None, LetterKind.FIRST_MISSED)
        return
    last = visits[-1]
    for kind in (LetterKind.PROFESSIONAL, LetterKind.RESULTS, LetterKind.DID_NOT_ATTEND, LetterKind.REMINDER):
        yield from _made(me, file, last, kind)
    yield from _made(me, file, last, LetterKind.CLINIC, FORM)
    yield from _made(me, file, last, LetterKind.CLINIC, "draft")
    yield from _made(me, file, last, LetterKind.CLINIC, "large print")
    yield from _made(me, file, last, LetterKind.CLINIC, "largest print")


def _made(
    me: SignedIn, file: PatientFile, encounter: Encounter | None, kind: LetterKind, form: str = ""
) -> Iterator[tuple[str, str, Document]]:
    if file.patient.died is not None and kind.to_patient:
        return
    missed = Encounter(
        patient_id=file.patient.id,
        kind=EncounterKind.MISSED,
        visit_type=VisitType.NEW,
        on=date(2026, 11, 18),
        state=EncounterState.RECORDED,
    )
    at = encounter or missed
    letter = LetterRecord(
        patient_id=file.patient.id,
        encounter_id=at.id,
        number=f"L-2026-{file.patient.id:04d}",
        state=LetterState.SIGNED,
        kind=kind,
        about_on=at.on + timedelta(days=0 if kind is LetterKind.FIRST_MISSED else 90),
        signature=Signature(PEOPLE[0].name, PEOPLE[0].profession, PEOPLE[0].registration, me.clock.now()),
        edits=(("summary", "Thank you for coming. Weiß, Łódź, ½ tablet."),) if kind is LetterKind.PROFESSIONAL else (),
    )
    matter = _matter(me, file, at, letter)
    document = _document(matter, replace(letter, signature=None) if form == "draft" else letter, me.clock.now(), form)
    name = f"patient {file.patient.id}, visit {at.id}, {form or kind.value}"
    yield name, form or kind.value, document


def _matter(me: SignedIn, file: PatientFile, encounter: Encounter, letter: LetterRecord) -> Matter:
    if encounter.id:
        with me.store.reading() as session:
            return matter_of(session, letter)
    with me.store.reading() as session:
        some = replace(letter, encounter_id=file.encounters[0].id)
        return replace(matter_of(session, some), encounter=encounter)


def _document(matter: Matter, letter: LetterRecord, now: datetime, form: str) -> Document:
    if form == FORM:
        return plain_words(matter.file, matter.encounter, matter.clinic, matter.standing, letter=letter, now=now)
    document = matter.document(letter, now)
    return replace(document, size={"large print": LARGE, "largest print": LARGEST}.get(form, document.size))


def sums_of(place: Path, most: int | None = None) -> Sums:
    """Make and read back every letter of a training registry, or of its first `most` people."""
    sums = Sums()
    me = registry.open_registry(place, PEOPLE[0].user, PASSWORD)
    began = time.perf_counter()
    try:
        patients = PatientService(me)
        for row in patients.find().rows[:most]:
            for made in letters_of(me, patients.open(row.id).file):
                sums.add(*made)
    finally:
        me.close()
    sums.seconds = time.perf_counter() - began
    return sums


def main() -> int:
    """Make a training clinic, make its letters, print the sums; 1 if anything differs."""
    parser = argparse.ArgumentParser(prog="every_letter", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--patients", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="poems-letters-", ignore_cleanup_errors=True) as name:
        os.environ[HOME_VARIABLE] = str(Path(name) / "home")
        sums = sums_of(make_demo(Path(name) / "clinic", options.patients, 1).path)
    for line in sums.lines:
        print(line)
    for fault in sums.faults[:SHOWN]:
        print(f"  {fault}", file=sys.stderr)
    return 1 if sums.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
