"""The whole overview from a record: tiles, diagnosis, response, prognosis, journey, what is due, the last letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from poems_registry.catalogue.evidence import evidence_of
from poems_registry.catalogue.presentation import presentation_of
from poems_registry.catalogue.response_evidence import course_of
from poems_registry.charts.journey_record import Levels, for_screen
from poems_registry.domain.criteria import judge
from poems_registry.domain.dates import ago, show_date
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.follow_up import FOLLOW_UP_WORDS, Due, FollowUp, Schedule
from poems_registry.domain.prognosis import judge_prognosis
from poems_registry.domain.records import (
    EncounterKind,
    EncounterState,
    LetterRecord,
    LetterState,
    PatientFile,
)
from poems_registry.domain.response import judge_response
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.follow_up import due_of
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.diagnosis import diagnosis
from poems_registry.ui.screens.record.overview.measures import measures
from poems_registry.ui.screens.record.overview.prognosis import prognosis
from poems_registry.ui.screens.record.overview.response import response
from poems_registry.ui.screens.record.overview.shown import (
    CONTINUE,
    OPEN_CONTACT,
    OPEN_LETTER,
    WRITE_LETTER,
    LineShown,
    OverviewShown,
)
from poems_registry.ui.screens.record.overview.tiles import tiles
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.visit_words import KIND_ICONS, KIND_WORDS, called

LETTER_DAYS = 7
SOON_DAYS = 42
"""Tests due later than this are not told yet."""
DAYS_TOLD = 120
"""A delay of so many days is told in months, then in years."""
BY_THE_TABLE = Schedule()


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is told: who they are, and whether they may record and write."""

    person_id: int
    may_record: bool


def overview(
    file: PatientFile, thresholds: Thresholds, today: date, reader: Reader, schedule: Schedule = BY_THE_TABLE
) -> OverviewShown:
    """Everything of the overview, in words."""
    now = judge(evidence_of(file), thresholds)
    answered = judge_response(course_of(file), thresholds, today)
    foretold = judge_prognosis(presentation_of(file), answered, thresholds)
    until = min(today, file.patient.died.latest()) if file.patient.died else today
    data = for_screen(file, until, levels_of(thresholds))
    return OverviewShown(
        tiles=tiles(file),
        diagnosis=diagnosis(file, now, today),
        response=response(file, answered, today),
        prognosis=prognosis(foretold),
        # Under treatment the response card tells baseline, nadir and latest of the same measures.
        measures=tuple(measures(file)) if answered.current.line is None else (),
        journey=data if data.series or data.bars or data.flags else None,
        visits=tuple(leads_to(file).items()),
        due=tuple(_due(file, due_of(file, thresholds, schedule, today), today, reader)),
        letter=_last_letter(file),
        contacts=tuple(_contacts(file, today)),
    )


def leads_to(file: PatientFile) -> dict[str, int]:
    """Where a point of the chart leads, by its day as ISO text: the visit of that day, else a profession's contact."""
    contacts = {e.on.isoformat(): e.id for e in file.counted if e.kind.is_contact}
    return contacts | {e.on.isoformat(): e.id for e in file.counted if e.kind is EncounterKind.CLINIC}


def levels_of(thresholds: Thresholds) -> Levels:
    """The clinic's decision levels and limits, by item."""
    serum, plasma = (thresholds.vegf_limits(each, "") for each in (Specimen.SERUM, Specimen.PLASMA))
    return Levels(
        {"vegf_serum": serum.decision_level, "vegf_plasma": plasma.decision_level},
        {"vegf_serum": serum.upper_limit, "vegf_plasma": plasma.upper_limit},
    )


def _due(file: PatientFile, dues: Sequence[Due], today: date, reader: Reader) -> Iterator[LineShown]:
    for draft in (e for e in file.encounters if e.state is EncounterState.DRAFT):
        mine = draft.author_id == reader.person_id
        kind, begun = called(draft.kind), show_date(draft.on)
        words = tr("Your draft {kind}, {day}", kind=kind, day=begun)
        if not mine:
            words = tr("Draft {kind} by {author}, {day}", kind=kind, author=draft.author, day=begun)
        left = tr("not closed") if draft.kind.is_contact else tr("not signed")
        yield LineShown("file-pen-line", Tone.AMBER, words, left, CONTINUE if mine else "", draft.id)
    visit = file.without_letter
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
        yield from _scheduled(dues, today)


def _contacts(file: PatientFile, today: date) -> Iterator[LineShown]:
    """The newest contact of each profession: whose, when, and who closed it."""
    told = set()
    for contact in reversed(file.counted):
        if not contact.kind.is_contact or contact.kind in told:
            continue
        told.add(contact.kind)
        words = f"{tr(KIND_WORDS[contact.kind])}, {show_date(contact.on)}"
        if contact.author:
            words = tr("{contact}, {author}", contact=words, author=contact.author)
        yield LineShown(KIND_ICONS[contact.kind], Tone.BLUE, words, ago(contact.on, today), OPEN_CONTACT, contact.id)


def _scheduled(dues: Sequence[Due], today: date) -> Iterator[LineShown]:
    """The next visit, then the tests that are overdue or due soon by the clinic's follow-up schedule."""
    visit = next((each for each in dues if each.test is FollowUp.REVIEW), None)
    if visit is None:
        yield LineShown("info", Tone.SUB, tr("No next visit is planned"))
    else:
        yield _due_line(visit, tr("Next visit {day}", day=show_date(visit.due)), today)
    soon = [each for each in dues if each.test is not FollowUp.REVIEW and (each.due - today).days <= SOON_DAYS]
    for (_, last), alike in groupby(soon, key=lambda each: (each.due, each.last)):  # in order of their due days
        tests = list(alike)
        names = ", ".join(tr(FOLLOW_UP_WORDS[each.test]) for each in tests)
        told = tr("last {day}", day=show_date(last)) if last is not None else tr("not recorded yet")
        yield _due_line(tests[0], f"{names}: {told}", today)


def _due_line(due: Due, words: str, today: date) -> LineShown:
    late = due.overdue_by(today)
    if late:
        return LineShown("triangle-alert", Tone.RED, words, _delay(late))
    return LineShown("clock", Tone.AMBER, words, tr("due {when}", when=ago(due.due, today)))


def _delay(days: int) -> str:
    """`82d overdue`, `7m overdue`, `11y overdue`: in the steps of every other age on the page."""
    if days < DAYS_TOLD:
        return tr("{days}d overdue", days=days)
    if days < 2 * 365:
        return tr("{months}m overdue", months=int(days / 30.44))
    return tr("{years}y overdue", years=days // 365)


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
