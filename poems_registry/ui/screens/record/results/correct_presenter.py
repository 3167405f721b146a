"""The decisions of correcting a recorded result: what may be changed here, what is asked, and who was first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import field_of
from poems_registry.catalogue.kinds import Number
from poems_registry.catalogue.pasted_results import told
from poems_registry.catalogue.results import Said, completed, said_by
from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.findings import State
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.results import DoubtfulResults
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.record.results.correct_shown import CorrectShown
from poems_registry.ui.screens.record.results.sheet_telling import typed_shown
from poems_registry.ui.tasks import Tasks

Work = Callable[[], Changed]


class Results(Protocol):
    """What is needed of `ResultService`."""

    def correct(self, patient_id: int, encounter: Encounter, code: str, typed: FieldDraft, reason: str) -> Changed: ...


class Visits(Protocol):
    """What is needed of `VisitService`."""

    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed: ...


class Navigator(Protocol):
    """Where a result of a signed visit leads, and words about saving."""

    def visit(self, encounter_id: int) -> None: ...
    def say_saved(self, words: str) -> None: ...


class Asked(Protocol):
    """The form over the page."""

    def ask_correct(self, shown: CorrectShown) -> None: ...
    def show_correct(self, shown: CorrectShown) -> None: ...
    def refuse_correct(self, words: str) -> None: ...
    def close_correct(self) -> None: ...


class Page(Protocol):
    """The page that asks."""

    @property
    def asked(self) -> Asked: ...
    def tell_signed(self, words: str, encounter_id: int) -> None: ...


class View(Protocol):
    """The record, of which the page is made when it is first wanted."""

    @property
    def results(self) -> Page: ...


@dataclass
class _InHand:
    """The result being corrected: the sample as it was seen, and what is typed."""

    encounter: Encounter
    code: str
    typed: FieldDraft
    meanwhile: str = ""


class CorrectPresenter:
    """One result at a time, of the record that is open."""

    def __init__(
        self, view: View, results: Results, visits: Visits, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._results, self._visits = view, results, visits
        self._tasks, self._feed, self._navigator = tasks, feed, navigator
        self._file: PatientFile | None = None
        self._today = date.min
        self._may = self._busy = False
        self._hand: _InHand | None = None

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """The record; if the result in hand was changed meanwhile, both are shown."""
        self._file, self._today, self._may = file, today, may_record
        hand = self._hand
        if hand is None or self._busy:
            return
        now = next((each for each in file.encounters if each.id == hand.encounter.id), None)
        if now is not None and now.version != hand.encounter.version:
            words = tr(
                "Somebody changed this sample meanwhile. It said {then}; it says {now} now. Yours stands below.",
                then=_words(hand.encounter, hand.code),
                now=_words(now, hand.code),
            )
            hand.encounter, hand.meanwhile = now, words
            self._view.results.asked.show_correct(self._shown(hand))

    def open(self, encounter_id: int, code: str) -> None:
        """A result that was asked for in the grid."""
        if self._file is None or not code:
            return
        found = next((each for each in self._file.encounters if each.id == encounter_id), None)
        finding = found.finding(code) if found is not None else None
        if found is None or finding is None:
            return
        if found.state is not EncounterState.RECORDED or found.kind is EncounterKind.CLINIC:
            told_ = "This result belongs to the signed visit of {day}: it changes by amending that visit."
            words = tr(told_, day=show_date(found.on))
            self._view.results.tell_signed(words, found.id)
        elif self._may:
            self._hand = _InHand(found, code, replace(field_of(CATALOGUE.item(code), finding), doubt_confirmed=False))
            self._view.results.asked.ask_correct(self._shown(self._hand))

    def go_to_visit(self, encounter_id: int) -> None:
        """The visit the result belongs to."""
        self._navigator.visit(encounter_id)

    def typed(self, texts: Mapping[str, str]) -> None:
        """What stands in the fields now, by their names."""
        hand = self._hand
        if hand is None:
            return
        state = State(texts["state"]) if texts["state"] else None
        same = texts["text"] == hand.typed.text and state is hand.typed.state
        hand.typed = replace(
            hand.typed,
            text="" if state is not None else texts["text"],
            state=state,
            limit_low=texts["limit_low"],
            limit_high=texts["limit_high"],
            assay=texts["assay"],
            sample_time=texts["sample_time"],
            note=texts["note"],
            doubt_confirmed=hand.typed.doubt_confirmed and same,
        )
        self._view.results.asked.show_correct(self._shown(hand))

    def confirm(self, *, right: bool) -> None:
        """It is unusual and right."""
        if self._hand is not None:
            self._hand.typed = replace(self._hand.typed, doubt_confirmed=right)
            self._view.results.asked.show_correct(self._shown(self._hand))

    def give_up(self) -> None:
        """It stays as it is."""
        self._hand = None

    def save(self, reason: str) -> None:
        """Put the new result in the place of the old one; both are kept with the reason."""
        hand = self._hand
        if hand is None or self._busy or self._file is None:
            return
        item = CATALOGUE.item(hand.code)
        hand.typed = replace(hand.typed, text=completed(item, hand.typed.text))
        if not hand.typed.text.strip() and hand.typed.state is None:
            self._view.results.asked.refuse_correct(
                tr("There is no result. If it should not be in the record, mark the sample as entered in error.")
            )
            return
        patient_id, encounter, typed = self._file.patient.id, hand.encounter, hand.typed
        self._run(
            lambda: self._results.correct(patient_id, encounter, hand.code, typed, reason), tr("Result corrected")
        )

    def mark(self, reason: str) -> None:
        """The whole sample should not be in the record: hidden, kept, with the reason."""
        hand = self._hand
        if hand is None or self._busy or self._file is None:
            return
        patient_id, encounter = self._file.patient.id, hand.encounter
        self._run(
            lambda: self._visits.mark_in_error(encounter.id, patient_id, encounter.version, reason),
            tr("Sample marked as entered in error"),
        )

    def _run(self, work: Work, words: str) -> None:
        def done(changed: Changed) -> None:
            self._busy, self._hand = False, None
            self._view.results.asked.close_correct()
            self._navigator.say_saved(words)
            self._feed.publish(changed)

        self._busy = True
        self._tasks.run(work, done, self._refused)

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        if isinstance(error, StaleRecord) and self._file is not None:
            self._view.results.asked.refuse_correct(tr("Nothing was overwritten. Look at both, then save again."))
            self._feed.publish(Changed(patients=frozenset({self._file.patient.id})))
            return
        words = str(error)
        if isinstance(error, InvalidInput):
            words = "; ".join(error.problems.values())
        elif isinstance(error, DoubtfulResults):
            words = "; ".join(error.doubts.values())
        self._view.results.asked.refuse_correct(f"{words[:1].upper()}{words[1:]}")

    def _said(self, hand: _InHand) -> Said:
        assert self._file is not None
        others = tuple(each for each in self._file.encounters if each.id != hand.encounter.id)
        return said_by(CATALOGUE.item(hand.code), hand.typed, hand.encounter.on, replace(self._file, encounters=others))

    def _shown(self, hand: _InHand) -> CorrectShown:
        assert self._file is not None
        item, typed, said = CATALOGUE.item(hand.code), hand.typed, self._said(hand)
        who = identity_of(self._file.patient, self._today, clinical=True)
        day = show_date(hand.encounter.on)
        return CorrectShown(
            who=who,
            title=tr("Correct {test} of {day}", test=item.label, day=day),
            recorded=tr("Recorded: {words}", words=_words(hand.encounter, hand.code)),
            field=typed_shown(item, typed, said),
            unusual=bool(said.doubt and not said.problem),
            confirmed=typed.doubt_confirmed,
            meanwhile=hand.meanwhile,
            save=tr("Save for {who}", who=who.name),
            numeric=isinstance(item.kind, Number),
        )


def _words(encounter: Encounter, code: str) -> str:
    finding = encounter.finding(code)
    return told(CATALOGUE.item(code), finding) if finding is not None else tr("nothing")
