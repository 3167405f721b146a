"""The decisions of correcting a recorded result: what may be changed here, what is asked, and who was first."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import field_of
from poems_registry.catalogue.kinds import Number
from poems_registry.catalogue.results import Said, completed, said_by
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.findings import State
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import CORRECTION, FormKey, KeptForm, LeftForm
from poems_registry.services.results import DoubtfulResults
from poems_registry.ui.form_keeping import FormKeeping, last_kept
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.record.results.correct_hand import Correction, words_of
from poems_registry.ui.screens.record.results.correct_ports import Forms, Navigator, Results, View, Visits
from poems_registry.ui.screens.record.results.correct_shown import CorrectShown
from poems_registry.ui.screens.record.results.sheet_telling import typed_shown
from poems_registry.ui.tasks import Tasks

Work = Callable[[], Changed]


class CorrectPresenter:
    """One result at a time, of the record that is open."""

    def __init__(
        self,
        view: View,
        results: Results,
        visits: Visits,
        forms: Forms,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
    ) -> None:
        self._view, self._results, self._visits, self._forms = view, results, visits, forms
        self._tasks, self._feed, self._navigator = tasks, feed, navigator
        self._keeping = FormKeeping(forms, tasks, self._remind, self)
        self._file: PatientFile | None = None
        self._today = date.min
        self._may = self._busy = False
        self._hand: Correction | None = None
        self._left: LeftForm | None = None
        self._wanted = ""

    # -- coming and going

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """The record; if the result in hand was changed meanwhile, both are shown."""
        other = self._file is None or self._file.patient.id != file.patient.id
        self._file, self._today, self._may = file, today, may_record
        if other:
            self._look()
        hand = self._hand
        if hand is None or self._busy:
            return
        now = next((each for each in file.encounters if each.id == hand.encounter.id), None)
        if now is not None and now.version != hand.encounter.version:
            hand.meanwhile = _changed(words_of(hand.encounter, hand.code), words_of(now, hand.code))
            hand.encounter = now
            self._view.results.asked.show_correct(self._shown(hand))

    def _look(self) -> None:
        """What was left of corrections in this record; the newest is offered."""
        if self._may:
            self._tasks.run(self._forms.mine, self._found, self._not_found)

    def come_back(self, form: str) -> None:
        """Somebody comes to go on with this form: it opens as soon as it is found."""
        self._wanted = form

    def _found(self, left: tuple[LeftForm, ...]) -> None:
        if self._file is None or self._hand is not None:
            return
        here = [
            each
            for each in left
            if each.key.form.startswith(CORRECTION) and each.key.patient_id == self._file.patient.id
        ]
        wanted, self._wanted = self._wanted, ""
        self._left = next((each for each in here if each.key.form == wanted), here[0] if here else None)
        if self._left is not None and self._left.key.form == wanted:
            self.go_on()
        elif self._left is not None:
            self._view.results.asked.offer_correct(self._offer(self._left))

    def _offer(self, left: LeftForm) -> str:
        found = self._sample(left.key.record_id)
        test, when = _label(_code_of(left.key)), last_kept(left.saved_at, self._today)
        if found is None:
            return tr("A correction of {test}, not saved, last kept {when}.", test=test, when=when)
        words = "A correction of {test} of {day}, not saved, last kept {when}."
        return tr(words, test=test, day=show_date(found.on), when=when)

    def _not_found(self, error: RegistryError) -> None:
        self._view.results.refuse_entry(str(error))

    def go_on(self) -> None:
        """The correction as it was left, beside the result as it is now."""
        left = self._left
        if left is None or self._hand is not None or not self._may:
            return
        found = self._sample(left.key.record_id)
        stands = found is not None and found.state is EncounterState.RECORDED and not found.closed
        if found is None or not stands or found.finding(_code_of(left.key)) is None:
            words = tr("This result no longer stands in the record as it did: its correction can only be discarded.")
            self._view.results.refuse_entry(words)
            return
        self.open(found.id, _code_of(left.key))

    def discard(self) -> None:
        """What was left is not wanted; another that was left is offered then."""
        left, self._left = self._left, None
        self._view.results.asked.offer_correct("")
        if left is not None:
            self._view.results.refuse_entry("")
            self._keeping.forget(left.key, self._look)

    def shown(self) -> None:
        """The record is in view again."""
        self._keeping.stay()

    def leave(self) -> None:
        """Another screen, a lock or the end: what was typed is kept at once."""
        self._keeping.leave()

    @property
    def has_unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept."""
        return self._busy or self._keeping.unkept

    def woken(self) -> None:
        """The view's timer ran out."""
        self._keeping.woken()

    def kept(self, at: datetime) -> None:
        """It is kept; nothing is asked of anybody."""

    def not_kept(self, error: RegistryError) -> None:
        """It is not: whoever types knows."""
        self._view.results.asked.refuse_correct(str(error))

    def _remind(self, milliseconds: int) -> None:
        self._view.results.asked.remind_correct(milliseconds)

    def _sample(self, encounter_id: int) -> Encounter | None:
        encounters = self._file.encounters if self._file is not None else ()
        return next((each for each in encounters if each.id == encounter_id), None)

    # -- one result

    def open(self, encounter_id: int, code: str) -> None:
        """A result that was asked for in the grid; what was typed of its correction before stands in the form again."""
        if self._file is None or not code or self._hand is not None:
            return
        found = self._sample(encounter_id)
        finding = found.finding(code) if found is not None else None
        if found is None or finding is None:
            return
        if found.closed:
            told_ = "This result belongs to the closed contact of {day}: it changes by amending that contact."
            self._view.results.tell_signed(tr(told_, day=show_date(found.on)), found.id)
        elif found.state is not EncounterState.RECORDED or found.kind is EncounterKind.CLINIC:
            told_ = "This result belongs to the signed visit of {day}: it changes by amending that visit."
            words = tr(told_, day=show_date(found.on))
            self._view.results.tell_signed(words, found.id)
        elif self._may:
            typed = replace(field_of(CATALOGUE.item(code), finding), doubt_confirmed=False)
            hand = self._hand = Correction(found, code, typed)
            self._view.results.asked.offer_correct("")
            self._view.results.asked.ask_correct(self._shown(hand))
            self._keeping.begin(hand.key)
            self._tasks.run(lambda: self._forms.load(hand.key), self._typed_before, self._refused)

    def _typed_before(self, kept: KeptForm | None) -> None:
        hand = self._hand
        if kept is None or hand is None or kept.key != hand.key:
            return
        hand.typed = VisitDraft.from_json(kept.content.get("sheet", {})).fields.get(hand.code, hand.typed)
        hand.reason = str(kept.content.get("reason", ""))
        then, now = str(kept.content.get("recorded", "")), words_of(hand.encounter, hand.code)
        when = last_kept(kept.saved_at, self._today)
        hand.meanwhile = tr("You typed this until {when} and did not save it. It counts nowhere yet.", when=when)
        if then and then != now:
            hand.meanwhile += " " + _changed(then, now)
        self._view.results.asked.show_correct(self._shown(hand))

    def go_to_visit(self, encounter_id: int) -> None:
        """The visit the result belongs to."""
        self._navigator.visit(encounter_id, to_mend=True)

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
        self._edited(hand)

    def confirm(self, *, right: bool) -> None:
        """It is unusual and right."""
        if self._hand is not None:
            self._hand.typed = replace(self._hand.typed, doubt_confirmed=right)
            self._edited(self._hand)

    def reason(self, words: str) -> None:
        """Why it changes."""
        if self._hand is not None:
            self._hand.reason = words
            self._keeping.edited(self._hand.to_json())

    def _edited(self, hand: Correction) -> None:
        self._keeping.edited(hand.to_json())
        self._view.results.asked.show_correct(self._shown(hand))

    def drop(self) -> None:
        """It stays as it is recorded; what was typed is not wanted."""
        self._hand = None
        self._keeping.drop(self._look)

    def closed(self) -> None:
        """The form is gone, as by a lock; what it held is kept."""
        self._hand = None
        self._keeping.leave()

    def save(self, reason: str) -> None:
        """Put the new result in the place of the old one; both are kept with the reason."""
        hand = self._hand
        if hand is None or self._busy or self._file is None:
            return
        item = CATALOGUE.item(hand.code)
        hand.typed = replace(hand.typed, text=completed(item, hand.typed.text))
        if not hand.typed.text.strip() and hand.typed.state is None:
            mark = "If it should not be in the record, mark the sample as entered in error."
            ask = "If it should not be in the record, ask somebody who may sign to mark the sample as entered in error."
            words = tr(mark) if self._may_mark else tr(ask)
            self._view.results.asked.refuse_correct(f"{tr('There is no result.')} {words}")
            return
        patient_id, encounter, typed = self._file.patient.id, hand.encounter, hand.typed
        self._run(
            lambda: self._results.correct(patient_id, encounter, hand.code, typed, reason), tr("Result corrected")
        )

    @property
    def _may_mark(self) -> bool:
        """To mark as entered in error is an act of whoever may sign, as on the tab of visits."""
        desk = self._visits.signed_in
        return desk.may(Permission.SIGN) and not desk.read_only

    def mark(self, reason: str) -> None:
        """The whole sample should not be in the record: hidden, kept, with the reason."""
        hand = self._hand
        if hand is None or self._busy or self._file is None or not self._may_mark:
            return
        patient_id, encounter = self._file.patient.id, hand.encounter
        self._run(
            lambda: self._visits.mark_in_error(encounter.id, patient_id, encounter.version, reason),
            tr("Sample marked as entered in error"),
        )

    def _run(self, work: Work, words: str) -> None:
        hand = self._hand

        def done(changed: Changed) -> None:
            self._busy, self._hand, self._left = False, None, None
            self._keeping.settled()
            if hand is not None:
                self._keeping.forget(hand.key, self._look)  # a sample marked in error takes no correction any more
            self._view.results.asked.close_correct()
            self._navigator.say_saved(words)
            self._feed.publish(changed)

        self._busy = True
        self._keeping.hold()
        self._tasks.run(work, done, self._refused)

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        self._keeping.go_on()
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

    def _said(self, hand: Correction) -> Said:
        assert self._file is not None
        others = tuple(each for each in self._file.encounters if each.id != hand.encounter.id)
        return said_by(CATALOGUE.item(hand.code), hand.typed, hand.encounter.on, replace(self._file, encounters=others))

    def _shown(self, hand: Correction) -> CorrectShown:
        assert self._file is not None
        item, typed, said = CATALOGUE.item(hand.code), hand.typed, self._said(hand)
        who = identity_of(self._file.patient, self._today, clinical=True)
        day = show_date(hand.encounter.on)
        return CorrectShown(
            who=who,
            title=tr("Correct {test} of {day}", test=item.label, day=day),
            recorded=tr("Recorded: {words}", words=words_of(hand.encounter, hand.code)),
            field=typed_shown(item, typed, said),
            unusual=bool(said.doubt and not said.problem),
            confirmed=typed.doubt_confirmed,
            reason=hand.reason,
            may_mark=self._may_mark,
            meanwhile=hand.meanwhile,
            save=tr("Save for {who}", who=who.name),
            numeric=isinstance(item.kind, Number),
        )


def _code_of(key: FormKey) -> str:
    return key.form.removeprefix(CORRECTION)


def _label(code: str) -> str:
    return CATALOGUE.item(code).label if code in CATALOGUE.items else code


def _changed(then: str, now: str) -> str:
    words = "Somebody changed this sample meanwhile. It said {then}; it says {now} now. Yours stands below."
    return tr(words, then=then, now=now)
