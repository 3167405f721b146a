"""The patients list: find by any part of a name or number, filter, count; small rows only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from poems_registry.domain.consents import Scope
from poems_registry.domain.names import formal
from poems_registry.domain.near_names import misspelt, near
from poems_registry.domain.records import EncounterState, LetterState, PatientSummary
from poems_registry.domain.search_words import choices
from poems_registry.storage import patients
from poems_registry.storage.tables.consent import ConsentRow
from poems_registry.storage.tables.encounter import DraftRow, EncounterRow
from poems_registry.storage.tables.patient import PatientRow, StandingRow

LIMIT = 200


class PatientFilter(StrEnum):
    """The filter chips of the patients list (screens.md)."""

    OVERDUE = "overdue"
    ON_TREATMENT = "on_treatment"
    DRAFT_VISIT = "draft_visit"
    UNSIGNED_LETTER = "unsigned_letter"
    CANNOT_TELL = "cannot_tell"
    DECEASED = "deceased"
    CONSENT_NOT_RECORDED = "consent_not_recorded"


class PatientOrder(StrEnum):
    """What the patients list can be sorted by; where a patient has nothing to sort by stands last, either way round."""

    NAME = "name"
    DIAGNOSIS = "diagnosis"
    TREATMENT = "treatment"
    LAST_VISIT = "last_visit"
    NEXT_DUE = "next_due"
    VEGF = "vegf"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Sorting:
    """By what, and whether from the end."""

    by: PatientOrder = PatientOrder.NAME
    descending: bool = False


BY_NAME = Sorting()


def find(
    session: Session,
    query: str,
    today: date,
    filters: Sequence[PatientFilter] = (),
    limit: int = LIMIT,
    sorting: Sorting = BY_NAME,
) -> list[PatientSummary]:
    """Patients that hold everything of the query in a name, number or date of birth, by family name unless sorted."""
    asked = [*_asked(query), *(_condition(each, today) for each in filters)]
    return _found(session, asked, limit, sorting)


def similar(
    session: Session, query: str, today: date, filters: Sequence[PatientFilter] = (), limit: int = LIMIT
) -> list[PatientSummary]:
    """Patients whose name may be what was typed, misspelt (`domain.near_names`); looks at every name."""
    typed = misspelt(query)
    if not typed:
        return []
    names = _joined(select(PatientRow.id, PatientRow.sort_name)).where(_one_record())
    found = session.execute(names.where(*(_condition(each, today) for each in filters)))
    near_ones = [row.id for row in found if near(typed, row.sort_name)]
    return _found(session, [PatientRow.id.in_(near_ones[:limit])], limit, BY_NAME)


def _found(
    session: Session, conditions: Sequence[ColumnElement[bool]], limit: int, sorting: Sorting
) -> list[PatientSummary]:
    person, standing = PatientRow.__table__.c, StandingRow.__table__.c
    columns = [
        person.id, person.family_name, person.given_name, person.title, person.born, person.nhs_number, person.died,
        person.study_number, standing.features, standing.verdict, standing.verdict_hint, standing.treatment,
        standing.on_treatment, standing.last_visit, standing.next_due, standing.vegf, standing.vegf_on,
        standing.vegf_specimen, standing.vegf_trail, standing.letter, standing.letter_on, standing.due,
        _has_draft().label("has_draft"),
    ]  # fmt: skip
    wanted = _joined(select(*columns)).where(*conditions)
    rows = session.execute(wanted.order_by(*_order(sorting), person.sort_name, person.id).limit(limit)).all()
    numbers = patients.numbers_of(session, [row.id for row in rows])
    return [_summary(row, next((n.value for n in numbers.get(row.id, ())), "")) for row in rows]


def _order(sorting: Sorting) -> list[ColumnElement[Any]]:
    """Nothing to sort by stands last; the engines differ in where they put it."""
    if sorting.by is PatientOrder.NAME:
        return [PatientRow.sort_name.desc()] if sorting.descending else []
    column = _COLUMNS[sorting.by]
    return [case((column.is_(None), 1), else_=0), column.desc() if sorting.descending else column.asc()]


def _bare(text: ColumnElement[str]) -> ColumnElement[str]:
    """The figure of '2,310' or '> 8,000': a value beyond a limit sorts at its limit, 'Not detected' as nothing."""
    for sign in (",", "<", ">", "\u00a0"):
        text = func.replace(text, sign, "")
    return case((StandingRow.vegf == "", None), (StandingRow.vegf == "Not detected", "0"), else_=text)


_COLUMNS: dict[PatientOrder, ColumnElement[Any]] = {
    PatientOrder.DIAGNOSIS: func.nullif(StandingRow.verdict, ""),
    PatientOrder.TREATMENT: case((StandingRow.on_treatment.is_(True), StandingRow.treatment), else_=None),
    PatientOrder.LAST_VISIT: StandingRow.last_visit.expression,
    PatientOrder.NEXT_DUE: case((PatientRow.died.is_(None), StandingRow.next_due), else_=None),
    PatientOrder.VEGF: cast(_bare(StandingRow.vegf.expression), Float),
    PatientOrder.LETTER: func.nullif(StandingRow.letter, ""),
}


def count(session: Session, query: str, today: date, filters: Sequence[PatientFilter] = ()) -> int:
    """How many patients `find` would give without its limit; without filters an index alone tells it."""
    everybody = select(func.count()).select_from(PatientRow)
    wanted = _joined(select(func.count(PatientRow.id))) if filters else everybody
    if not filters and not choices(query):
        return patients.count(session)
    asked = [*_asked(query), *(_condition(each, today) for each in filters)]
    return session.scalar(wanted.where(*asked)) or 0


def counts(session: Session, today: date) -> dict[PatientFilter, int]:
    """How many patients each filter would leave, in one query."""
    sums = [func.coalesce(func.sum(case((_condition(each, today), 1), else_=0)), 0) for each in PatientFilter]
    row = session.execute(_joined(select(*sums)).where(_one_record())).one()
    return {each: int(number) for each, number in zip(PatientFilter, row, strict=True)}


def _asked(query: str) -> list[ColumnElement[bool]]:
    """What was typed; who was joined to another record has no text to be found by, so that an index alone tells."""
    return _words(query) or [_one_record()]


def _one_record() -> ColumnElement[bool]:
    """Not joined to another record. A sum, so that no index is read for what is true of almost everybody."""
    return (PatientRow.joined_to + 0).is_(None)


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.select_from(PatientRow).outerjoin(StandingRow, StandingRow.patient_id == PatientRow.id)


def _words(query: str) -> list[ColumnElement[bool]]:
    """Everything that was typed must be found, each in one of its readings (`domain.search_words`)."""
    text = PatientRow.search_text
    return [or_(*(text.contains(reading, autoescape=True) for reading in choice)) for choice in choices(query)]


def _has_draft() -> ColumnElement[bool]:
    """An encounter in state draft, or a saved one that somebody is changing."""
    of_patient = EncounterRow.patient_id == PatientRow.id
    open_one = exists().where(of_patient, EncounterRow.state == EncounterState.DRAFT.value)
    typed = exists().where(of_patient, EncounterRow.id == DraftRow.encounter_id)
    return open_one | typed


def _registry_answer() -> tuple[ColumnElement[bool], ...]:
    """An answer about being in the registry that is no mistake."""
    own, asked = ConsentRow.patient_id == PatientRow.id, ConsentRow.scope == Scope.REGISTRY.value
    return own, asked, ConsentRow.error_reason == ""


def _condition(chosen: PatientFilter, today: date) -> ColumnElement[bool]:
    match chosen:
        case PatientFilter.OVERDUE:
            return and_(StandingRow.overdue_from <= today, PatientRow.died.is_(None))
        case PatientFilter.ON_TREATMENT:
            return StandingRow.on_treatment.is_(True)
        case PatientFilter.DRAFT_VISIT:
            return _has_draft()
        case PatientFilter.UNSIGNED_LETTER:
            return StandingRow.letter.in_([LetterState.DRAFT.value, LetterState.READY.value])
        case PatientFilter.CANNOT_TELL:
            return StandingRow.verdict == "cannot_tell"
        case PatientFilter.DECEASED:
            return PatientRow.died.is_not(None)
        case PatientFilter.CONSENT_NOT_RECORDED:
            return ~exists().where(*_registry_answer())


def _summary(row: Any, hospital_number: str) -> PatientSummary:
    return PatientSummary(
        id=row.id,
        name=_name(row),
        born=row.born,
        nhs_number=row.nhs_number,
        hospital_number=hospital_number,
        died=row.died,
        features=tuple((letter, status) for letter, status in row.features or ()),
        verdict=row.verdict or "",
        verdict_hint=row.verdict_hint or "",
        treatment=row.treatment or "",
        last_visit=row.last_visit,
        next_due=row.next_due,
        vegf=row.vegf or "",
        vegf_on=row.vegf_on,
        vegf_specimen=row.vegf_specimen or "",
        vegf_trail=tuple(float(value) for value in row.vegf_trail or ()),
        letter=row.letter or "",
        has_draft=bool(row.has_draft),
        study_number=row.study_number,
        on_treatment=bool(row.on_treatment),
        due=tuple((test, date.fromisoformat(day), date.fromisoformat(late)) for test, day, late in row.due or ()),
        letter_on=row.letter_on,
    )


def _name(row: Any) -> str:
    """SMITH, Ann (Mrs) as in the patient banner (nhs.md 2.1); the study number for people without a name."""
    return formal(row.family_name, row.given_name, row.title) or row.study_number
