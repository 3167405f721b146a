"""Who saw and changed a patient's record: the audit's entries about it, as far as the person who asks may read them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.access import Permission
from poems_registry.domain.care import OnwardReferral, Referral, StatusChange
from poems_registry.services.access import Service, needs
from poems_registry.services.access_folding import AMENDED, Sitting, Told, act_of, fold, said
from poems_registry.services.care import CLINICAL as CLINICAL_OF_CARE
from poems_registry.services.patients import CLINICAL_PART
from poems_registry.storage import audit, patients, record_trail
from poems_registry.storage.audit import AuditEntry
from poems_registry.storage.record_trail import Acted, Cursor, LetterNamed, VisitNamed
from poems_registry.storage.unit_of_work import Session

__all__ = ["AccessPage", "Acted", "Asked", "Change", "Cursor", "Deed", "Line", "RecordAccessService"]

AT_ONCE = 60
"""Lines of one page."""

HIDDEN = "clinical"
"""What a deed is about, for whom it would tell something clinical."""

TRAIL = "audit"
"""What a look at this very list is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: `actions` are `looks`, `left`, `changes` or '' for all; one person's; since an instant."""

    actions: str = ""
    actor_id: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done `times` times within a line: the act (`view`, `sign`, `print` ...), to which table's row.

    `visit` and `letter` say which one it was. `details` are a file's name, a form's, or that it was a reprint.
    """

    act: str
    thing: str
    thing_id: str = ""
    times: int = 1
    visit: VisitNamed | None = None
    letter: LetterNamed | None = None
    details: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, as the audit holds it; for a finding (`observation`) the whole row's own values."""

    act: str
    thing: str
    thing_id: str
    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Line:
    """What one person did at once: their looks within a quarter hour, or one act with all that it changed.

    `first` to `at`: the instants of its first and last entry. `withheld` values are clinical, and `research` ones stand
    under Research alone: neither is among the changes. `joined`: it was done in a record that was joined to this one.
    """

    key: int
    at: datetime
    first: datetime
    who: Acted
    pc: str
    look: bool
    deeds: tuple[Deed, ...]
    changes: tuple[Change, ...] = ()
    withheld: int = 0
    research: int = 0
    reason: str = ""
    joined: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Some lines, the newest first; where the list goes on; everybody who ever did something with this record."""

    lines: tuple[Line, ...] = ()
    goes_on: Cursor | None = None
    people: tuple[Acted, ...] = ()


class RecordAccessService(Service):
    """The trail of one record. Of the audit of the house, so it needs the permission to manage it (decision 19)."""

    @needs(Permission.MANAGE)
    def of(self, patient_id: int, asked: Asked | None = None, after: Cursor | None = None) -> AccessPage:
        """One page, of a merged record that into which it was merged; that one looks is audited before it is shown.

        NotPermitted also for who may not open the record. Records that were joined to it are told with it.
        """
        me, asked = self.signed_in, asked or Asked()
        me.require(Permission.VIEW_DEMOGRAPHICS)
        with me.store.reading() as session:
            patient_id = patients.leads_to(session, patient_id)
        if after is None:
            with me.store.writing(me.actor) as session:
                audit.record_event(session, audit.VIEW, patient_id, about=(TRAIL, str(patient_id)))
        with me.store.reading() as session:
            records = record_trail.records_of(session, patient_id)
            entries = record_trail.about(
                session, records, actions=asked.actions, actor_id=asked.actor_id, since=asked.since, before=after
            )
            sittings, goes_on = fold(entries, AT_ONCE)
            clinical = me.may(Permission.VIEW_CLINICAL)
            names = _names(session, sittings)
            lines = tuple(_line(each, patient_id, names, clinical=clinical) for each in sittings)
            return AccessPage(lines, goes_on, record_trail.who_acted(session, records))


# -- what may be told to whom: what is not named here is clinical

_LETTER = ("state", "number", "version", "kind", "pages", "about_on")
_COPY = ("addressee", "name", "address", "delivery", "done_at", "done_by", "printed_at", "held_until", "held_by")
_JOINING = ("by", "at", "reason", "undone_at", "undone_by", "undone_because")
_ALL: tuple[str, ...] | None = None
_TOLD: Mapping[str, tuple[str, ...] | None] = {
    "patient": _ALL,
    "hospital_number": _ALL,
    "consent": _ALL,
    "referral": _ALL,
    "onward_referral": _ALL,
    "status_change": _ALL,
    "joining": _JOINING,
    "joining_proposal": ("state", "reason", "ended_because"),
    "letter": _LETTER,
    "letter_copy": _COPY,
    "letter_page": (),
    "letter_form": (),
    "print_item": (),
    "encounter": (),
    "encounter_version": (),
    TRAIL: (),
    "export": (),
    "worklist": (),
    "print_batch": (),
}
"""Things a role without clinical findings may be told of, and which of their values (decision 19)."""

_BUT: Mapping[str, tuple[str, ...]] = {
    "patient": CLINICAL_PART,
    "referral": CLINICAL_OF_CARE[Referral],
    "onward_referral": CLINICAL_OF_CARE[OnwardReferral],
    "status_change": CLINICAL_OF_CARE[StatusChange],
}
"""Of things that are told with all their values, those that are clinical."""

_OF_THE_PERSON = frozenset({"patient", "hospital_number", "consent", "joining", "joining_proposal", "export"})
"""Where the reason is about who somebody is or what a file is for, and not about how they are."""

_DETAILS = ("form", "reprint", "file", "version_number")


def _may_tell(thing: str, name: str) -> bool:
    if thing not in _TOLD:
        return False
    allowed = _TOLD[thing]
    return name in allowed if allowed is not None else name not in _BUT.get(thing, ())


# -- one line


@dataclass(frozen=True, slots=True)
class _Names:
    """Visits and letters by the number of their row; letters also by that of a copy or of a place at a printer."""

    visits: Mapping[int, VisitNamed]
    letters: Mapping[str, Mapping[int, LetterNamed]]

    def letter(self, thing: str, number: int) -> LetterNamed | None:
        return self.letters.get(thing, {}).get(number)


def _names(session: Session, sittings: Collection[Sitting]) -> _Names:
    ids: dict[str, set[int]] = {}
    for entry in (each for sitting in sittings for each in sitting.entries):
        ids.setdefault(entry.object, set()).add(_number(entry.object_id))
    visits = record_trail.visits_named(session, _united(ids, _OF_A_VISIT))
    copies = record_trail.letters_of_copies(session, ids.get("letter_copy", set()))
    prints = record_trail.letters_of_prints(session, ids.get("print_item", set()))
    wanted = _united(ids, _OF_A_LETTER) | set(copies.values()) | set(prints.values())
    letters = record_trail.letters_named(session, wanted)
    found: dict[str, Mapping[int, LetterNamed]] = dict.fromkeys(_OF_A_LETTER, letters)
    for thing, of in (("letter_copy", copies), ("print_item", prints)):
        found[thing] = {number: letters[letter] for number, letter in of.items() if letter in letters}
    return _Names(visits, found)


def _united(ids: Mapping[str, set[int]], things: Collection[str]) -> set[int]:
    return set().union(*(ids.get(thing, set()) for thing in things))


_OF_A_VISIT = ("encounter", "encounter_version", "observation", "medicine", "action", "result_seen")
_OF_A_LETTER = ("letter", "letter_page", "letter_form")


def _number(object_id: str) -> int:
    """`158`, `158/2` and `158/onls_arm#1` are all about row 158."""
    first = object_id.partition("/")[0]
    return int(first) if first.isdigit() else 0


def _line(sitting: Sitting, patient_id: int, names: _Names, *, clinical: bool) -> Line:
    newest, oldest = sitting.entries[0], sitting.entries[-1]
    deeds: dict[tuple[str, ...], Deed] = {}
    changes: list[Change] = []
    withheld = research = 0
    for entry in reversed(sitting.entries):
        old, new = said(entry.old), said(entry.new)
        deed = _deed(entry, old, new, names, clinical=clinical)
        key = (deed.act, deed.thing, deed.thing_id, *map(str, deed.details.values()))
        deeds[key] = replace(deed, times=deeds[key].times + 1) if key in deeds else deed
        for change in _changes(entry, deed.act, old, new):
            if _for_research(change):
                research += 1
            elif clinical or _may_tell(entry.object, change.name):
                changes.append(change)
            else:
                withheld += 1
    things = {entry.object for entry in sitting.entries}
    return Line(
        newest.seq,
        newest.at,
        oldest.at,
        Acted(newest.actor_id, newest.actor, newest.role),
        newest.pc,
        sitting.look,
        tuple(deeds.values()),
        tuple(changes),
        withheld,
        research,
        next((each.reason for each in sitting.entries if each.reason), "")
        if clinical or things <= _OF_THE_PERSON
        else "",
        any(each.patient_id != patient_id for each in sitting.entries),
        any(each.outcome != audit.DONE for each in sitting.entries),
    )


def _deed(entry: AuditEntry, old: Told, new: Told, names: _Names, *, clinical: bool) -> Deed:
    if not clinical and entry.object not in _TOLD:
        return Deed("view" if entry.action == audit.VIEW else "change", HIDDEN)
    number = _number(entry.object_id)
    visit = names.visits.get(number) if entry.object in _OF_A_VISIT else None
    if visit is not None and not clinical:
        visit = VisitNamed(visit.on)
    letter = names.letter(entry.object, number)
    known = visit is not None or letter is not None
    thing_id = str(number) if known else entry.object_id
    act = act_of(entry, old, new)
    details = {name: new[name] for name in _DETAILS if name in new} if act in (*record_trail.LEFT, AMENDED) else {}
    return Deed(act, entry.object, thing_id, 1, visit, letter, details)


def _changes(entry: AuditEntry, act: str, old: Told, new: Told) -> Iterator[Change]:
    """Value by value; an event has none, and bookkeeping is left out."""
    if entry.object == "print_item":
        return  # which sheet was in hand when: the letter's copy tells what became of it
    if entry.action == "record":
        yield from (Change(act, "observation", entry.object_id, name, None, value) for name, value in new.items())
    elif entry.object == "observation":
        name = entry.object_id.partition("/")[2]
        yield Change(act, "observation", entry.object_id, name, dict(old) or None, dict(new) or None)
    elif entry.action in ("create", "change", "delete"):
        for name in dict.fromkeys((*old, *new)):
            if name == "findings":
                found = dict(new[name])
                yield from (Change(act, "observation", entry.object_id, each, None, found[each]) for each in found)
            elif name not in BOOKKEEPING and not name.endswith("_id"):
                yield Change(act, entry.object, entry.object_id, name, old.get(name), new.get(name))


BOOKKEEPING = frozenset(
    {
        "id", "uid", "sha256", "verdict", "document", "pdf", "plain", "source", "recorded_by", "recorded_at",
        "moved", "taken", "position", "joined_to", "reference", "template_version", "rules", "at", "by", "signed_name",
        "signed_role", "signed_registration", "signed_at", "pc", "patient_version", "joined_version", "ended_at",
        "ended_by",
    }
)  # fmt: skip
"""Values that say nothing to a reader: numbers of rows, sums, frozen documents; who and when, which the line says."""


def _for_research(change: Change) -> bool:
    """A value that is measured for research stands under Research and nowhere else."""
    if change.thing != "observation":
        return False
    item = CATALOGUE.items.get(change.name.partition("#")[0])
    return item is not None and item.research
