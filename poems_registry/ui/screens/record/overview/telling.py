"""The whole overview from a record: tiles, diagnosis, measures, journey, what is due, the last letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from poems_registry.catalogue.evidence import evidence_of
from poems_registry.charts.journey_record import Levels, for_screen
from poems_registry.domain.criteria import judge
from poems_registry.domain.dates import PartialDate, ago, show_date
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.findings import State
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    LetterRecord,
    LetterState,
    PatientFile,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.diagnosis import diagnosis
from poems_registry.ui.screens.record.overview.measures import measures
from poems_registry.ui.screens.record.overview.shown import LineShown, OverviewShown
from poems_registry.ui.screens.record.overview.tiles import tiles
from poems_registry.ui.theme.tokens import Tone

CONTINUE, WRITE_LETTER, OPEN_LETTER = "visit", "write", "letter"
LETTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is told: who they are, and whether they may record and write."""

    person_id: int
    may_record: bool


def overview(file: PatientFile, thresholds: Thresholds, today: date, reader: Reader) -> OverviewShown:
    """Everything of the overview, in words."""
    now = judge(evidence_of(file), thresholds)
    until = min(today, file.patient.died.latest()) if file.patient.died else today
    data = for_screen(file, until, levels_of(thresholds))
    return OverviewShown(
        tiles=tiles(file),
        diagnosis=diagnosis(file, now, today),
        measures=tuple(measures(file)),
        journey=data if data.series or data.bars or data.flags else None,
        visits=tuple((e.on.isoformat(), e.id) for e in file.counted if e.kind is EncounterKind.CLINIC),
        due=tuple(_due(file, today, reader)),
        letter=_last_letter(file),
    )


def levels_of(thresholds: Thresholds) -> Levels:
    """The clinic's decision levels and limits, by item."""
    serum, plasma = (thresholds.vegf_limits(each, "") for each in (Specimen.SERUM, Specimen.PLASMA))
    return Levels(
        {"vegf_serum": serum.decision_level, "vegf_plasma": plasma.decision_level},
        {"vegf_serum": serum.upper_limit, "vegf_plasma": plasma.upper_limit},
    )


def own_draft(file: PatientFile, person_id: int) -> Encounter | None:
    """The reader's own open visit."""
    return next((e for e in file.encounters if e.state is EncounterState.DRAFT and e.author_id == person_id), None)


def unwritten(file: PatientFile) -> Encounter | None:
    """The newest visit, if it was signed here and has no letter yet."""
    visits = [e for e in file.counted if e.kind is EncounterKind.CLINIC]
    if not visits or visits[-1].state is not EncounterState.SIGNED or visits[-1].source:
        return None
    written = {each.encounter_id for each in file.letters if each.state is not LetterState.WITHDRAWN}
    return visits[-1] if visits[-1].id not in written else None


def _due(file: PatientFile, today: date, reader: Reader) -> Iterator[LineShown]:
    for draft in (e for e in file.encounters if e.state is EncounterState.DRAFT):
        mine = draft.author_id == reader.person_id
        words = tr("Your draft visit, {day}", day=show_date(draft.on))
        if not mine:
            words = tr("Draft visit by {author}, {day}", author=draft.author, day=show_date(draft.on))
        yield LineShown("file-pen-line", Tone.AMBER, words, tr("not signed"), CONTINUE if mine else "", draft.id)
    visit = unwritten(file)
    if visit is not None and file.patient.died is None:
        day = (today - visit.on).days
        late = day > LETTER_DAYS
        right = tr("day {day}, late", day=day) if late else tr("day {day} of {all}", day=day, all=LETTER_DAYS)
        words = tr("No letter yet for {day}", day=show_date(visit.on))
        act = WRITE_LETTER if reader.may_record else ""
        yield LineShown(
            "triangle-alert" if late else "mail-plus", Tone.RED if late else Tone.BLUE, words, right, act, visit.id
        )
    for letter in file.letters:
        if letter.state in (LetterState.DRAFT, LetterState.READY):
            words = tr("Letter {number} is a draft", number=letter.number)
            yield LineShown("file-pen-line", Tone.AMBER, words, tr("not signed"), OPEN_LETTER, letter.id)
    if file.patient.died is None:
        yield _next_visit(file, today)


def _next_visit(file: PatientFile, today: date) -> LineShown:
    visits = [e for e in file.counted if e.kind is EncounterKind.CLINIC]
    planned = visits[-1].finding("next_visit") if visits else None
    value = planned.value if planned is not None and planned.state is State.RECORDED else None
    if not isinstance(value, PartialDate):
        return LineShown("info", Tone.SUB, tr("No next visit is planned"))
    words = tr("Next visit {day}", day=show_date(value))
    if value.latest() < today:
        days = (today - value.latest()).days
        return LineShown("triangle-alert", Tone.RED, words, tr("{days}d overdue", days=days))
    return LineShown("clock", Tone.AMBER, words, ago(value.latest(), today))


def _last_letter(file: PatientFile) -> LineShown | None:
    shown = [each for each in file.letters if each.state not in (LetterState.SUPERSEDED, LetterState.WITHDRAWN)]
    signed = [each for each in shown if each.signature is not None]
    if not shown:
        return None
    letter: LetterRecord = (signed or shown)[-1]
    on = letter.signature.at.astimezone().date() if letter.signature is not None else None
    state = tr("signed {day}", day=show_date(on)) if on else tr("draft, not signed")
    if letter.state is LetterState.DISPATCHED:
        state += tr(", sent")
    icon, tone = ("check", Tone.GREEN) if on else ("file-pen-line", Tone.AMBER)
    words = f"{letter.number}, {state}" if letter.number else state
    return LineShown(icon, tone, words, "", OPEN_LETTER, letter.id)
