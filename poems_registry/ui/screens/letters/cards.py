"""From the letters of the registry to the cards of the board: how far each is, how late, what its paper needs."""

from collections.abc import Mapping, Sequence
from datetime import date

from poems_registry.domain.correspondence import DELIVERED, QUEUED, Delivery, LetterKind, Recipient
from poems_registry.domain.dates import NO_BREAK_SPACE, show_date
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import label as number_label
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.printing import PrintBatch, Step
from poems_registry.domain.records import LetterState, Patient
from poems_registry.services.letter_board import FALLEN
from poems_registry.services.letters import CLOCK_DAYS, LetterCard
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.letters.shown import PLACE_OF, TICKED, CardShown, Place, Stage, stage_words

SOON_FROM = 6
KINDS = {
    LetterKind.CLINIC: "",
    LetterKind.RESULTS: "Results letter",
    LetterKind.DID_NOT_ATTEND: "Missed appointment",
    LetterKind.PROFESSIONAL: "To a colleague",
    LetterKind.FIRST_MISSED: "Missed first appointment",
    LetterKind.REMINDER: "Appointment reminder",
}
STAGES = {
    LetterState.DRAFT: Stage.DRAFT,
    LetterState.READY: Stage.READY,
    LetterState.SIGNED: Stage.TO_PRINT,
    LetterState.DISPATCHED: Stage.SENT,
    LetterState.SUPERSEDED: Stage.TAKEN_BACK,
    LetterState.WITHDRAWN: Stage.TAKEN_BACK,
}
PRINTING = {
    Step.IN_HAND: "At the printer now",
    Step.FAILED: "The printer did not take it",
    Step.UNCLEAR: "Was at the printer when the program stopped",
    Step.WAITING: "Waits for the printer",
    Step.GONE: "Went to the printer: not confirmed yet",
}
"""What is said of a letter of several copies is the first of these that holds of one."""


def stage_of(card: LetterCard) -> Stage:
    """How far a letter is; printed as soon as no copy waits for the printer any more."""
    if card.letter is None:
        return Stage.TO_WRITE
    stage = STAGES[card.letter.state]
    waiting = any(copy.delivery is Delivery.WAITING for copy in card.copies)
    return Stage.PRINTED if stage is Stage.TO_PRINT and card.copies and not waiting else stage


def card_of(card: LetterCard, ticked: frozenset[int], batches: Mapping[int, str], today: date) -> CardShown:
    """One card; `batches` says of a letter's id what the printer does with it."""
    queued = [copy for copy in card.copies if copy.delivery in QUEUED]
    held = [copy for copy in queued if copy.is_held(today)]
    stage = stage_of(card)
    letter_id = card.letter.id if card.letter is not None else 0
    late = _runs(stage) and card.day > CLOCK_DAYS
    place = _place(card, stage)
    printing = batches.get(letter_id, "")
    may_tick = place in TICKED and stage is not Stage.TAKEN_BACK and not printing
    return CardShown(
        key=(card.encounter_id, letter_id),
        name=formal(card.patient.family_name, card.patient.given_name, card.patient.title),
        identity=_identity(card.patient),
        stage=stage,
        place=place,
        days=card.day,
        day_words=_day_words(card, stage, late),
        words=_words(card, stage),
        late=late,
        soon=_runs(stage) and SOON_FROM <= card.day <= CLOCK_DAYS,
        deceased=card.patient.died is not None,
        ticked=may_tick and letter_id in ticked,
        may_tick=may_tick,
        warning=_warning(card, stage),
        printing=printing,
        held=_held_words(card, held),
        all_held=bool(held) and len(held) == len(queued),
    )


def _held_words(card: LetterCard, held: Sequence[Recipient]) -> str:
    """Which copies are held, unless it is all that wait; the words of the first of them."""
    if not held:
        return ""
    whole = len(held) == sum(copy.delivery in QUEUED for copy in card.copies)
    return held_words(held[0], "" if whole else "; ".join(_short(copy.name) for copy in held))


def held_words(copy: Recipient, names: str = "") -> str:
    """`Held until 27-Nov-2026 by Sister J Okoro: the address is being checked`."""
    what = tr("Held for {names}", names=names) if names else tr("Held")
    if copy.held_until is not None:
        what = tr("{what} until {day}", what=what, day=show_date(copy.held_until))
    return tr("{what} by {name}: {why}", what=what, name=copy.held_by, why=copy.held_because)


def _runs(stage: Stage) -> bool:
    """Whether the seven days still run."""
    return stage not in (Stage.SENT, Stage.TAKEN_BACK)


def _place(card: LetterCard, stage: Stage) -> Place:
    """A letter that was taken back stands where its paper lies: among the printed ones, if it was printed."""
    if stage is not Stage.TAKEN_BACK:
        return PLACE_OF[stage]
    on_paper = any(copy.printed_at is not None and copy.delivery is Delivery.WITHDRAWN for copy in card.copies)
    return Place.PRINTED if on_paper else Place.PRINT


def _day_words(card: LetterCard, stage: Stage, late: bool) -> str:
    if stage is Stage.TAKEN_BACK:
        return ""
    if stage is Stage.SENT:
        return tr("Sent on day {day}", day=card.sent_day) if card.sent_day is not None else tr("Sent")
    if late:
        over = tr_count("{count} day late", "{count} days late", card.day - CLOCK_DAYS)
        return tr("Day {day}: {over}", day=card.day, over=over)
    return tr("Day {day} of {days}", day=card.day, days=CLOCK_DAYS)


def _words(card: LetterCard, stage: Stage) -> str:
    """`18-Nov-2026, results letter: 3 copies, 6 pages`."""
    head = show_date(card.visit_on)
    if card.letter is not None and KINDS[card.letter.kind]:
        head += ", " + tr(KINDS[card.letter.kind])
    if card.letter is not None and card.letter.version > 1:
        head += ", " + tr("version {n}", n=card.letter.version)
    return f"{head}: {_state(card, stage)}"


def _state(card: LetterCard, stage: Stage) -> str:
    letter = card.letter
    kept = [copy for copy in card.copies if copy.delivery is not Delivery.WITHDRAWN]
    if letter is None or stage in (Stage.DRAFT, Stage.READY):
        return stage_words(stage)
    if stage is Stage.TAKEN_BACK or not kept:
        return letter.number
    if stage is Stage.SENT:
        return tr_count("{count} copy", "{count} copies", len(kept))
    if stage is Stage.PRINTED:
        gone = sum(copy.delivery in DELIVERED for copy in kept)
        return tr("{gone} of {all} copies sent", gone=gone, all=len(kept))
    waiting = [copy for copy in kept if copy.delivery is Delivery.WAITING]
    copies = tr_count("{count} copy", "{count} copies", len(waiting))
    return f"{copies}, " + tr_count("{count} page", "{count} pages", len(waiting) * letter.pages)


def _warning(card: LetterCard, stage: Stage) -> str:
    """Why paper must not leave: of a whole letter, or of some of its copies."""
    back = [copy for copy in card.copies if copy.delivery is Delivery.WITHDRAWN and copy.note]
    if not back or stage is Stage.SENT:
        return ""
    whole = card.letter is not None and card.letter.state in FALLEN
    what = tr("Do not send") if whole else tr("Not to {names}", names="; ".join(_short(copy.name) for copy in back))
    return f"{what}: {back[0].note}"


def _short(name: str) -> str:
    return name.split(",", maxsplit=1)[0]


def printing_words(batches: tuple[PrintBatch, ...]) -> dict[int, str]:
    """For each letter in an open batch, what the printer does with it; nothing of those that were left out."""
    found: dict[int, set[Step]] = {}
    for item in (item for batch in batches for item in batch.items):
        found.setdefault(item.letter_id, set()).add(item.step)
    said = {letter_id: next((step for step in PRINTING if step in steps), None) for letter_id, steps in found.items()}
    return {letter_id: tr(PRINTING[step]) for letter_id, step in said.items() if step is not None}


def _identity(patient: Patient) -> str:
    born = tr("Birth date not known")
    if patient.born is not None:
        born = tr("Born {day}", day=show_date(patient.born))
    if not patient.nhs_number:
        return born
    label = tr(number_label(patient.nhs_number)).replace(" ", NO_BREAK_SPACE)
    return f"{born}   {label}{NO_BREAK_SPACE}{show_nhs_number(patient.nhs_number)}"
