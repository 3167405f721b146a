"""What waits for a person, read from what is kept beside the records: few statements, however many patients."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.encounter_kinds import EncounterKind
from poems_registry.domain.letter_steps import STANDING, TELLS_A_VISIT
from poems_registry.domain.names import formal
from poems_registry.domain.records import EncounterState, LetterState
from poems_registry.storage import audit
from poems_registry.storage.audit import Actor
from poems_registry.storage.letters import visits_without_letter
from poems_registry.storage.standing import Alert
from poems_registry.storage.tables.encounter import DraftRow, EncounterRow, ObservationRow, ResultSeenRow
from poems_registry.storage.tables.house import PersonRow
from poems_registry.storage.tables.letter import LetterRow
from poems_registry.storage.tables.patient import PatientRow, StandingRow
from poems_registry.storage.tables.trail import AuditRow

OPEN_LETTERS = (LetterState.DRAFT, LetterState.READY, LetterState.SIGNED)
BATCH = 500
LOOKED_AT = "result_seen"
"""How the audit names a look at results; the first one is a row of that table too."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Three things that tell one person from another (nhs.md rule 6)."""

    patient_id: int
    name: str
    born: PartialDate | None
    nhs_number: str


@dataclass(frozen=True, slots=True)
class DraftLeft:
    """A draft that somebody left open; `amends` is the signed version it changes, 0 for a new visit.

    `said` are the items that hold something; `acts` whether its plan asks anything of anybody.
    """

    whose: Whose
    encounter_id: int
    person_id: int
    person: str
    visit_type: str
    on: date
    saved_at: datetime
    amends: int
    kind: EncounterKind = EncounterKind.CLINIC
    said: tuple[str, ...] = ()
    acts: bool = False


@dataclass(frozen=True, slots=True)
class LetterWaits:
    """A letter that is not sent yet, or a visit without one: then `letter_id` is 0 and `state` ''.

    `amended_on`: the day on which its visit was amended after its signature; such a letter waits even if it was sent.
    """

    whose: Whose
    encounter_id: int
    letter_id: int
    state: str
    visit_on: date
    amended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Somebody of whom something is overdue; `due` as in `PatientSummary`."""

    whose: Whose
    due: tuple[tuple[str, date, date], ...]


@dataclass(frozen=True, slots=True)
class NotSeen:
    """A result beyond a level that nobody looked at yet."""

    whose: Whose
    alert: Alert


@dataclass(frozen=True, slots=True)
class CannotTell:
    """A diagnosis that cannot be told: what would decide it, and the last visit."""

    whose: Whose
    hint: str
    last_visit: date


WHO = (
    PatientRow.id.label("patient_id"),
    PatientRow.family_name,
    PatientRow.given_name,
    PatientRow.title,
    PatientRow.study_number,
    PatientRow.born,
    PatientRow.nhs_number,
)
"""What tells whose a line is, for `whose_of`."""


def drafts_left(session: Session) -> tuple[DraftLeft, ...]:
    """Everybody's open drafts, the one saved last first."""
    query = (
        select(
            *WHO, DraftRow.encounter_id, DraftRow.person_id, DraftRow.saved_at, DraftRow.amends, DraftRow.content,
            PersonRow.name.label("person"), EncounterRow.visit_type, EncounterRow.day,
            EncounterRow.kind,
        )
        .select_from(DraftRow)
        .join(EncounterRow, EncounterRow.id == DraftRow.encounter_id)
        .join(PatientRow, PatientRow.id == EncounterRow.patient_id)
        .join(PersonRow, PersonRow.id == DraftRow.person_id)
        .where(EncounterRow.state != EncounterState.IN_ERROR.value)
        .order_by(DraftRow.saved_at.desc(), DraftRow.encounter_id)
    )  # fmt: skip
    return tuple(
        DraftLeft(whose_of(row), row.encounter_id, row.person_id, row.person, row.visit_type, row.day, row.saved_at,
                  row.amends, EncounterKind(row.kind), tuple(row.content["fields"]), bool(row.content["actions"]))
        for row in session.execute(query)
    )  # fmt: skip


def letters_waiting(session: Session) -> tuple[LetterWaits, ...]:
    """Letters to sign or to send and visits without one, the oldest visit first; nobody writes to who has died."""
    return tuple(sorted((*_letters(session), *_unwritten(session)), key=lambda each: (each.visit_on, each.letter_id)))


def _letters(session: Session) -> Iterable[LetterWaits]:
    outlived = and_(
        LetterRow.state.in_([state.value for state in STANDING]),
        LetterRow.kind.in_([kind.value for kind in TELLS_A_VISIT]),
        EncounterRow.version_number > 1,
        EncounterRow.signed_at > LetterRow.signed_at,
        PatientRow.died.is_(None),
    )
    query = (
        select(
            *WHO, LetterRow.id, LetterRow.encounter_id, LetterRow.state, EncounterRow.day,
            outlived.label("outlived"), EncounterRow.signed_at,
        )
        .select_from(LetterRow)
        .join(EncounterRow, EncounterRow.id == LetterRow.encounter_id)
        .join(PatientRow, PatientRow.id == LetterRow.patient_id)
        .where(or_(LetterRow.state.in_([state.value for state in OPEN_LETTERS]), outlived))
    )  # fmt: skip
    for row in session.execute(query):
        amended_on = row.signed_at.astimezone().date() if row.outlived else None
        yield LetterWaits(whose_of(row), row.encounter_id, row.id, row.state, row.day, amended_on)


def _unwritten(session: Session) -> Iterable[LetterWaits]:
    ids = [encounter_id for _, encounter_id in visits_without_letter(session)]
    for start in range(0, len(ids), BATCH):
        query = (
            select(*WHO, EncounterRow.id, EncounterRow.day)
            .select_from(EncounterRow)
            .join(PatientRow, PatientRow.id == EncounterRow.patient_id)
            .where(EncounterRow.id.in_(ids[start : start + BATCH]), PatientRow.died.is_(None))
        )
        for row in session.execute(query):
            yield LetterWaits(whose_of(row), row.id, 0, "", row.day)


def overdue(session: Session, today: date, limit: int) -> tuple[tuple[Overdue, ...], int]:
    """Of whom something is overdue, the longest first, and how many there are in all."""
    wanted = (StandingRow.overdue_from <= today, PatientRow.died.is_(None))
    rows, total = _page(session, (StandingRow.due,), wanted, StandingRow.overdue_from.expression, limit)
    return tuple(Overdue(whose_of(row), due_of(row.due)) for row in rows), total


def cannot_tell(session: Session, limit: int) -> tuple[tuple[CannotTell, ...], int]:
    """Whose diagnosis cannot be told though they were seen, the one seen last first, and how many there are in all."""
    wanted = (
        StandingRow.verdict == "cannot_tell",
        PatientRow.died.is_(None),
        StandingRow.last_visit.is_not(None),
        PatientRow.clinician_diagnosis.not_in(("other", "excluded")),
    )
    columns = (StandingRow.verdict_hint, StandingRow.last_visit)
    rows, total = _page(session, columns, wanted, StandingRow.last_visit.desc(), limit)
    return tuple(CannotTell(whose_of(row), row.verdict_hint, row.last_visit) for row in rows), total


def not_seen(session: Session) -> tuple[NotSeen, ...]:
    """Results beyond a level that nobody looked at since they came, the newest first."""
    query = _of_living((StandingRow.alerts,)).where(StandingRow.alerts != [])
    found = [NotSeen(whose_of(row), Alert(*(*a[:3], date.fromisoformat(a[3]), a[4])))
             for row in session.execute(query) for a in row.alerts]  # fmt: skip
    seen = _seen(session, [each.alert.encounter_id for each in found])
    left = [each for each in found if each.alert.encounter_id not in seen]
    return tuple(sorted(left, key=lambda each: (each.alert.on, each.whose.patient_id), reverse=True))


def _seen(session: Session, encounter_ids: Sequence[int]) -> set[int]:
    """Those that somebody looked at since they were last changed: what is corrected afterwards waits again."""
    seen: set[int] = set()
    for start in range(0, len(encounter_ids), BATCH):
        query = (
            select(EncounterRow.id, EncounterRow.patient_id, EncounterRow.touched, ResultSeenRow.at)
            .join(ResultSeenRow, ResultSeenRow.encounter_id == EncounterRow.id)
            .where(EncounterRow.id.in_(encounter_ids[start : start + BATCH]))
        )
        rows = session.execute(query).all()
        seen.update(row.id for row in rows if row.at >= row.touched)
        seen.update(_seen_again(session, [row for row in rows if row.at < row.touched]))
    return seen


def _seen_again(session: Session, corrected: Sequence[Any]) -> set[int]:
    """Of results that were changed after the first look, those that were looked at since."""
    if not corrected:
        return set()
    query = select(AuditRow.object_id, AuditRow.at).where(
        AuditRow.patient_id.in_({row.patient_id for row in corrected}),
        AuditRow.object == LOOKED_AT,
        AuditRow.object_id.in_([str(row.id) for row in corrected]),
        AuditRow.action == audit.VIEW,
    )
    changed = {str(row.id): row.touched for row in corrected}
    return {int(look.object_id) for look in session.execute(query) if look.at >= changed[look.object_id]}


def unseen_of(session: Session, patient_id: int, by: Actor | None = None) -> tuple[int, ...]:
    """The encounters of a patient whose results beyond a level nobody looked at yet.

    Without those that `by` recorded: who typed a result has not looked at it with a second pair of eyes.
    """
    query = select(StandingRow.alerts).where(StandingRow.patient_id == patient_id)
    alerts = {(int(alert[4]), str(alert[0])) for alert in session.scalar(query) or ()}
    ids = {encounter_id for encounter_id, _ in alerts}
    own = _recorded_by(session, alerts, by) if by is not None else set()
    return tuple(sorted(ids - own - _seen(session, sorted(ids))))


def _recorded_by(session: Session, alerts: Collection[tuple[int, str]], by: Actor) -> set[int]:
    """Where this person recorded one of these results, or is the author if nobody else is named."""
    mine = or_(
        ObservationRow.recorded_by == by.name, and_(ObservationRow.recorded_by == "", EncounterRow.author_id == by.id)
    )
    query = (
        select(ObservationRow.encounter_id, ObservationRow.item)
        .join(EncounterRow, EncounterRow.id == ObservationRow.encounter_id)
        .where(ObservationRow.encounter_id.in_({encounter_id for encounter_id, _ in alerts}), mine)
    )
    return {row.encounter_id for row in session.execute(query) if (row.encounter_id, row.item) in alerts}


def mark_seen(session: Session, encounter_ids: Iterable[int], person_id: int, at: datetime) -> None:
    """This person looked at these results; who looked first is kept, and each later look stands in the audit.

    Two people may look at the same moment: the second waits for the first, and is no mistake.
    """
    ids = sorted(encounter_ids)
    held = select(EncounterRow.id, EncounterRow.patient_id).where(EncounterRow.id.in_(ids)).order_by(EncounterRow.id)
    whose = {row.id: row.patient_id for row in session.execute(held.with_for_update())}
    known = set(session.scalars(select(ResultSeenRow.encounter_id).where(ResultSeenRow.encounter_id.in_(ids))))
    for each in ids:
        if each in known:
            audit.record_event(session, audit.VIEW, whose[each], about=(LOOKED_AT, str(each)))
        else:
            session.add(ResultSeenRow(encounter_id=each, person_id=person_id, at=at))
    session.flush()


def last_seen_by(session: Session, by: Actor) -> frozenset[int]:
    """The patients whose newest signed visit is this person's; one from elsewhere is told by the name under it."""
    newest = func.row_number().over(
        partition_by=EncounterRow.patient_id, order_by=(EncounterRow.day.desc(), EncounterRow.id.desc())
    )
    signed = (EncounterRow.kind == EncounterKind.CLINIC.value, EncounterRow.state == EncounterState.SIGNED.value)
    whose = (EncounterRow.author_id, EncounterRow.signed_name)
    visits = select(EncounterRow.patient_id, *whose, newest.label("place")).where(*signed).subquery()
    query = select(visits.c.patient_id).where(visits.c.place == 1, _by(by, visits.c.author_id, visits.c.signed_name))
    return frozenset(session.scalars(query))


def _by(person: Actor, author_id: Any, signed_name: Any) -> ColumnElement[bool]:
    return or_(author_id == person.id, and_(author_id.is_(None), signed_name == person.name))


def authored(session: Session, encounter_ids: Sequence[int], by: Actor) -> frozenset[int]:
    """Those of these visits that are this person's, in the same way."""
    found: set[int] = set()
    for start in range(0, len(encounter_ids), BATCH):
        part = encounter_ids[start : start + BATCH]
        own = _by(by, EncounterRow.author_id, EncounterRow.signed_name)
        found.update(session.scalars(select(EncounterRow.id).where(EncounterRow.id.in_(part), own)))
    return frozenset(found)


def due_of(stored: Any) -> tuple[tuple[str, date, date], ...]:
    """(test, due, overdue from) as they are kept."""
    return tuple((test, date.fromisoformat(day), date.fromisoformat(late)) for test, day, late in stored or ())


def _of_living(columns: Sequence[Any]) -> Select[Any]:
    joined = select(*WHO, *columns).select_from(StandingRow).join(PatientRow, PatientRow.id == StandingRow.patient_id)
    return joined.where(PatientRow.died.is_(None))


def _page(
    session: Session, columns: Sequence[Any], wanted: Sequence[ColumnElement[bool]], order: Any, limit: int
) -> tuple[Sequence[Any], int]:
    rows = session.execute(_of_living(columns).where(*wanted).order_by(order, PatientRow.id).limit(limit)).all()
    if len(rows) < limit:
        return rows, len(rows)
    counted = select(func.count()).select_from(StandingRow).join(PatientRow, PatientRow.id == StandingRow.patient_id)
    return rows, session.scalar(counted.where(*wanted)) or 0


def whose_of(row: Any) -> Whose:
    """Of a row that was asked for the columns of `WHO`."""
    name = formal(row.family_name, row.given_name, row.title) or row.study_number
    return Whose(row.patient_id, name, row.born, row.nhs_number)
