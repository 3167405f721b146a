"""A visit on the screen: what the person did, what the form, the panel and the registry answer. No Qt."""

from collections.abc import Callable
from datetime import date, datetime

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord, WrongPassword
from poems_registry.domain.records import Encounter, EncounterState
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.visits import DraftElsewhere, OpenVisit
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.keeping import DraftKeeper
from poems_registry.ui.screens.visit import opening, telling
from poems_registry.ui.screens.visit.blocking import blocks
from poems_registry.ui.screens.visit.correcting import Correcting, Desk
from poems_registry.ui.screens.visit.correcting_telling import amendment_signing, is_newest, unchanged
from poems_registry.ui.screens.visit.discarding import Discarding
from poems_registry.ui.screens.visit.field_editing import FieldEditing
from poems_registry.ui.screens.visit.field_telling import field_shown
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.line_editing import LineEditing
from poems_registry.ui.screens.visit.live import LiveVerdict
from poems_registry.ui.screens.visit.ports import Letters, Navigator, View, Visits
from poems_registry.ui.screens.visit.shown import Reminder
from poems_registry.ui.tasks import Tasks

JUDGE_AFTER_MS = 150
"""After the last key: the panel follows the hand without running at each key."""


class VisitPresenter(FieldEditing):
    """One visit at a time, from opening to the signature."""

    def __init__(
        self,
        view: View,
        visits: Visits,
        letters: Letters,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
    ) -> None:
        self._view, self._visits, self._letters = view, visits, letters
        self._tasks, self._feed, self._navigator = tasks, feed, navigator
        self._asked = 0
        self._encounter_id = 0
        self._patient_id = 0
        self._led_to = (0, "")
        self._form: VisitForm | None = None
        self._live: LiveVerdict | None = None
        self._base, self._elsewhere = VisitDraft(), False
        self._keeper: DraftKeeper[VisitDraft] | None = None
        self._signing = False
        self._saved_words = ""
        self._lines = LineEditing(lambda: self._form, view, self._lines_edited)
        self._discarding = Discarding(view, visits, tasks, self._given_up, self._refused)
        self._correcting = Correcting(lambda: self._form, Desk(view.corrections, visits, tasks, feed), self)
        self._left: list[DraftKeeper[VisitDraft]] = []
        self._in_view = False
        self._unlisten: Callable[[], None] | None = None

    # --- coming and going ---

    def open(self, encounter_id: int, item: str = "") -> None:
        """Load a visit, at the field of `item` or at its start; what was typed into another one is kept first."""
        self._led_to = (encounter_id, item)
        self._load(encounter_id, lambda: self._visits.open(encounter_id), item)

    def open_amended(self, encounter_id: int) -> None:
        """An amendment was begun: to the field for which somebody was led to the signed visit, if to any."""
        led_to, item = self._led_to
        self.open(encounter_id, item if led_to == encounter_id else "")

    def open_again(self, encounter_id: int) -> None:
        """What stood on the form is kept in another way: load the visit as it is now."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = None
        self.open(encounter_id)

    def look_at(self, encounter_id: int, number: int) -> None:
        """Load a signed version, to read."""
        self._load(encounter_id, lambda: self._visits.version(encounter_id, number), "")

    def _load(self, encounter_id: int, load: Callable[[], OpenVisit], item: str) -> None:
        self.leave()
        self._left = [keeper for keeper in self._keepers() if keeper.dirty]
        self._come_into_view()
        self._asked += 1
        asked = self._asked
        self._form = self._live = self._keeper = None
        self._encounter_id = encounter_id
        self._view.loading()
        self._correcting.clear()
        self._tasks.run(
            load,
            lambda opened: self._opened(opened, item) if asked == self._asked and self._in_view else None,
            lambda error: self._closed(error) if asked == self._asked and self._in_view else None,
        )

    def shown(self) -> None:
        """The screen is seen again: what changed meanwhile is fetched, what was typed stays."""
        if self._in_view:
            return
        self._come_into_view()
        if self._keeper is not None:
            self._keeper.stay()
        self._fetch_again()

    def leave(self) -> None:
        """Keep at once what is not kept; called before another screen, a lock or the end. The view may go after it."""
        self._in_view = False
        if self._unlisten is not None:
            self._unlisten()
            self._unlisten = None
        for keeper in self._keepers():
            keeper.leave()

    @property
    def draft(self) -> VisitDraft:
        """What stands on the form; empty while none is open."""
        return self._form.draft if self._form is not None else VisitDraft()

    @property
    def is_signed(self) -> bool:
        """Whether the open visit is frozen."""
        return self._form is not None and self._form.encounter.state is EncounterState.SIGNED

    @property
    def has_unkept(self) -> bool:
        """Whether something typed is not in the registry yet (the window asks before it closes)."""
        return any(keeper.dirty for keeper in self._keepers())

    def gave_allergies(self) -> None:
        """To where allergies are recorded; what was typed here is kept."""
        self._navigator.details(self._patient_id, "allergy_state")

    # --- lines ---

    @property
    def lines(self) -> LineEditing:
        """The medicines and actions of the open draft."""
        return self._lines

    def woken(self, what: Reminder) -> None:
        """The view's timer for a reminder ran out."""
        if what is Reminder.KEEP:
            for keeper in self._keepers():
                keeper.woken()
        elif self._live is not None:
            self._view.show_panel(self._live.panel())

    @property
    def correcting(self) -> Correcting:
        """What can be done with a visit that is signed."""
        return self._correcting

    # --- saving and signing ---

    def save(self) -> None:
        """Ctrl+S."""
        if self._keeper is None:
            return
        if self._keeper.dirty:
            self._elsewhere = False
            self._keeper.now()
        elif self._saved_words:
            self._navigator.say_saved(self._saved_words)

    def finish(self) -> None:
        """Finish and sign: list what stops it, or ask for the password."""
        form, live = self._form, self._live
        if form is None or live is None or form.read_only or self._signing:
            return
        self._view.clear_message()
        stopping = blocks(form)
        self._view.show_panel(live.panel())
        if stopping:
            self._view.list_blocks(stopping)
            return
        signing = opening.signing_shown(form, live.judged())
        if form.amends and unchanged(form):
            self._view.say(*opening.nothing_differs(form), None)
            return
        if form.amends:
            signing = amendment_signing(form, signing, self._correcting.reason())
        if form.encounter.kind.is_contact:
            self._view.ask_closing(signing)
        else:
            self._view.ask_password(signing)

    def sign(self, password: str) -> None:
        """The password was given: freeze the visit."""
        visits = self._visits
        self._end(lambda e, draft, seen: visits.sign(e.id, e.patient_id, e.version, draft, password, seen))

    def close_contact(self) -> None:
        """It was confirmed: let the contact of a profession count."""
        visits = self._visits
        self._end(lambda e, draft, seen: visits.close(e.id, e.patient_id, e.version, draft, seen))

    def _end(self, work: Callable[[Encounter, VisitDraft, datetime | None], tuple[Encounter, Changed]]) -> None:
        """Sign or close what stands on the form, once."""
        form, keeper = self._form, self._keeper
        if form is None or keeper is None or self._signing:
            return
        self._signing = True
        keeper.stop()
        asked, encounter, draft = self._asked, form.encounter, form.to_sign()
        self._tasks.run(
            lambda: work(encounter, draft, form.saved_at),
            lambda answer: self._signed(answer[0], answer[1], asked),
            lambda error: self._not_signed(error) if asked == self._asked and self._in_view else None,
        )

    def write_letter(self) -> None:
        """Begin the letter of this signed visit, or go on with the one that is open."""
        encounter_id, asked = self._encounter_id, self._asked
        self._tasks.run(
            lambda: self._letters.start(encounter_id),
            lambda letter_id: self._navigator.letter(letter_id) if asked == self._asked else None,
            self._refused,
        )
        self._navigator.hold_keys()

    def ask_discard(self) -> None:
        """A draft begun by mistake: say what is lost before it is given up."""
        self._discarding.ask(self._form)

    def discard(self) -> None:
        """The person confirmed."""
        self._discarding.give_up(self._form, self._keeper)

    def _given_up(self, changed: Changed, patient_id: int) -> None:
        self._form = self._live = self._keeper = None
        self._feed.publish(changed)
        self._navigator.patient(patient_id)

    # --- answers ---

    def kept(self, at: datetime) -> None:
        """The draft is in the registry."""
        self._saved_words = tr("Draft saved {time}", time=show_time(at.astimezone()))
        self._navigator.say_saved(self._saved_words)
        if self._in_view:
            self._view.show_saved(self._saved_words, failed=False)
            self._view.clear_message()

    def not_kept(self, error: RegistryError) -> None:
        """It is not; it stays here, and the message stays until it is."""
        self._navigator.say_saved(tr("Not saved, kept in this window"))
        if not self._in_view:
            return
        self._view.show_saved(tr("Not saved, kept in this window"), failed=True)
        if isinstance(error, DraftElsewhere) and self._form is not None and not self._elsewhere:
            self._elsewhere = True  # asked once, and not again with every save of what is typed on
            self._correcting.went_on_elsewhere(self._form, self._base)
        self._refused(error, again=self.save if self._keeper is not None else None)

    def _opened(self, opened: OpenVisit, item: str = "") -> None:
        self._patient_id = opened.encounter.patient_id
        if opened.encounter.state is EncounterState.DRAFT and not opened.mine:
            self._view.show_closed(*opening.somebody_elses(opened, self._visits.signed_in.today))
            return
        form = VisitForm(opened, self._visits.signed_in.today)
        self._form, self._live, self._signing, self._elsewhere = form, LiveVerdict(form), False, False
        if not form.read_only:
            self._keeper = DraftKeeper(self._tasks, self._remind_to_keep, self._save(form), self)
        ends = Permission.RECORD_CLINICAL if form.encounter.kind.is_contact else Permission.SIGN
        may_sign, may_correct = self._visits.signed_in.may(ends), self._correcting.may_correct(opened)
        newest = is_newest(opened)
        self._view.show_visit(opening.visit_shown(form, may_sign=may_sign, may_correct=may_correct, newest=newest))
        self._show_everything(form)
        saved, today = opened.saved_at, self._visits.signed_in.today
        self._saved_words = tr("Draft saved {time}", time=_when(saved, today)) if saved is not None else ""
        self._view.show_saved(self._saved_words, failed=False)
        if item:
            self._view.go_to(item)
        else:
            self._view.go_to_start()
        self._correcting.show(opened)

    def _closed(self, error: RegistryError) -> None:
        message = message_for(error)
        self._view.show_closed(message.cause, message.rest)

    def _signed(self, signed: Encounter, changed: Changed, asked: int) -> None:
        if asked != self._asked or not self._in_view:
            self._feed.publish(changed)
            return
        self._view.close_dialog()
        self._form = self._live = self._keeper = None
        self._feed.publish(changed)
        words, day = tr("Visit {day} signed", day=show_date(signed.on)), show_date(signed.on)
        if signed.kind.is_contact:
            words = tr("{kind} {day} closed", kind=opening.kind_words(signed.kind), day=day)
        self._navigator.say_saved(words)
        self.open(signed.id)

    def _not_signed(self, error: RegistryError) -> None:
        self._signing = False
        if self._keeper is not None:
            self._keeper.go_on()
        if isinstance(error, WrongPassword):
            self._view.password_refused(opening.password_words(error))
            return
        self._view.close_dialog()
        if isinstance(error, StaleRecord) and self._form is not None and self._form.amends:
            self.open(self._form.encounter.id)  # both are there: it asks field by field
            return
        if isinstance(error, DraftElsewhere) and self._form is not None:
            self._correcting.went_on_elsewhere(self._form, self._base)
        if isinstance(error, InvalidInput) and self._form is not None:
            self._mark_refused(self._form, error)
        self._refused(error)

    def _mark_refused(self, form: VisitForm, error: InvalidInput) -> None:
        """The service found what the form did not: mark it, and go to the first."""
        form.refusals = dict(error.problems)
        self._view.show_head(telling.head_shown(form))
        links = opening.problems_of(form, error)
        for link in links:
            if link.code in form.row_of:
                self._view.show_field(field_shown(form, link.code))
        self._view.go_to(links[0].code)

    def refuse(self, cause: str, rest: str) -> None:
        """Say why something was not done."""
        self._view.say(cause, rest, None)

    def _refused(self, error: RegistryError, again: Callable[[], None] | None = None) -> None:
        message = message_for(error)
        self._view.say(message.cause, message.rest, again)

    def _changed_elsewhere(self, changed: Changed) -> None:
        """Results may arrive, the record may change: last time's values follow, what was typed stays."""
        if changed.concerns(self._patient_id):
            self._fetch_again()

    def _fetch_again(self) -> None:
        if self._form is None or self._correcting.looks_back:
            return
        asked, encounter_id = self._asked, self._encounter_id
        self._tasks.run(
            lambda: self._visits.open(encounter_id),
            lambda opened: self._rebased(opened) if asked == self._asked and self._in_view else None,
            lambda error: self._refused(error) if asked == self._asked and self._in_view else None,
        )

    def _rebased(self, opened: OpenVisit) -> None:
        form = self._form
        if form is None:
            return
        then, now = form.encounter, opened.encounter
        if form.read_only or (now.state, now.version_number) != (then.state, then.version_number):
            self.open(opened.encounter.id)
            return
        form.thresholds = opened.thresholds
        form.rebase(opened.file)
        self._live = LiveVerdict(form)
        self._view.show_head(telling.head_shown(form))
        self._show_rows(form, form.rows.values())
        self._view.show_panel(self._live.panel())

    # --- inside ---

    def _keepers(self) -> list[DraftKeeper[VisitDraft]]:
        """Of the visit that is open, and of those left before everything was kept."""
        return [*self._left, *([self._keeper] if self._keeper is not None else [])]

    def _come_into_view(self) -> None:
        self._in_view = True
        if self._unlisten is None:
            self._unlisten = self._feed.listen(self._changed_elsewhere)

    def _lines_edited(self) -> None:
        form = self._form
        if form is not None:
            for plan in form.plans:
                if plan.special:
                    self._view.show_section(telling.section_shown(form, plan))
            self._edited()

    def _show_everything(self, form: VisitForm) -> None:
        for code in form.row_of:
            self._view.show_field(field_shown(form, code))
        self._show_rows(form, form.rows.values())
        for plan in form.plans:
            self._view.show_section(telling.section_shown(form, plan))
        self._lines.show_all()
        if self._live is not None:
            self._view.show_panel(self._live.panel())

    def _edited(self) -> None:
        if self._form is not None and self._keeper is not None:
            self._keeper.edited(self._form.draft)
            self._view.remind(Reminder.JUDGE, JUDGE_AFTER_MS)

    def _remind_to_keep(self, after_ms: int) -> None:
        self._view.remind(Reminder.KEEP, after_ms)

    def _save(self, form: VisitForm) -> Callable[[VisitDraft], datetime]:
        """Go on from the draft that was opened or kept last: one of another PC is never overwritten unseen."""
        encounter, self._base = form.encounter, form.draft

        def save(draft: VisitDraft) -> datetime:
            form.saved_at = self._visits.keep(encounter.id, encounter.patient_id, draft, form.saved_at)
            self._base = draft
            return form.saved_at

        return save


def _when(at: datetime, today: date) -> str:
    """`14:02`, or `21-Nov-2026 14:02` for another day."""
    local = at.astimezone()
    return show_time(local) if local.date() == today else f"{show_date(local.date())} {show_time(local)}"
