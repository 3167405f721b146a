"""The decisions of entering care: which form, what it begins with, what is wrong, who it may be, what was kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from poems_registry.domain import care_words as words
from poems_registry.domain.access import Permission
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.merging import three_way
from poems_registry.domain.person import Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import FormKey
from poems_registry.services.patients import LookAlikes
from poems_registry.ui.care.alike_told import alike_told
from poems_registry.ui.care.forms import KINDS, PERSON, Field, Rights, Texts, fields_of, read, read_person, shown
from poems_registry.ui.care.keeping import Forms, Keeping, Left
from poems_registry.ui.care.ports import Care, Desk, View
from poems_registry.ui.care.shown import FormShown, What
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.tasks import Tasks

TITLES: Mapping[What, tuple[str, str, str]] = {
    What.REFERRAL: ("Record a referral", "Referral", "mail"),
    What.ONWARD: ("Refer on", "Onward referral", "send"),
    What.MDT: ("List for an MDT meeting", "MDT meeting", "users"),
    What.CALL: ("Log an advice call", "Advice call", "phone"),
    What.STATUS: ("Change the status", "Change of status", "flag"),
}


class Entering:
    """One form at a time. `saved` is told in words what was kept."""

    def __init__(
        self,
        view: Callable[[], View],
        care: Care,
        tasks: Tasks,
        feed: ChangeFeed,
        forms: Forms | None = None,
        saved: Callable[[str], None] = lambda _words: None,
    ) -> None:
        self._view, self._care, self._tasks, self._feed, self._saved = view, care, tasks, feed, saved
        self._keeping = Keeping(forms, tasks, lambda ms: self._view().remind(ms), self)
        self._what, self._entry = What.REFERRAL, NO_ENTRY
        self._patient: Patient | None = None
        self._fields: tuple[Field, ...] = ()
        self._start: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._typed_person = Patient()
        self._busy = False
        self._asked = 0

    # -- which form

    def may_record(self, what: What) -> bool:
        """Whether this person may record this kind of entry here."""
        desk = self._care.signed_in
        clinical = what in (What.MDT, What.CALL)
        needed = Permission.RECORD_CLINICAL if clinical else Permission.EDIT_DEMOGRAPHICS
        seen = not clinical or desk.may(Permission.VIEW_CLINICAL)
        return desk.may(Permission.EDIT_DEMOGRAPHICS) and desk.may(needed) and seen and not desk.read_only

    def add(self, what: What, patient_id: int = 0, on: date | None = None) -> None:
        """A new entry for a person; without one a referral of somebody new, or a call about nobody named.

        `on` is the day of the meeting where the list of one is in view.
        """
        if not self.may_record(what) or self._busy:
            return
        if not patient_id:
            self._begin(what, None, _new(what, self._care.signed_in, None, on))
            return
        asked = self._question()

        def found(patient: Patient) -> None:
            if asked == self._asked:
                self._begin(what, patient, _new(what, self._care.signed_in, patient, on))

        self._tasks.run(lambda: self._care.who(patient_id), found, self._not_opened(asked))

    def change(self, what: What, entry_id: int) -> None:
        """An entry as it is now, to go on with, to correct or to mark as a mistake."""
        if not self.may_record(what) or self._busy:
            return
        asked = self._question()

        def found(answer: tuple[Patient | None, Entry]) -> None:
            if asked == self._asked:
                self._begin(what, *answer)

        self._tasks.run(lambda: self._care.open(KINDS[what], entry_id), found, self._not_opened(asked))

    def name(self, call_id: int, patient_id: int) -> None:
        """Whom a call was about that named nobody."""
        if not self.may_record(What.CALL) or self._busy:
            return
        self._busy = True

        def done(changed: Changed) -> None:
            self._busy = False
            self._feed.publish(changed)
            self._saved(tr("The call stands in the record of this patient now"))

        def refused(error: RegistryError) -> None:
            self._busy = False
            self._view().say_refused(error)

        self._tasks.run(lambda: self._care.name_patient(call_id, patient_id), done, refused)

    def _begin(self, what: What, patient: Patient | None, entry: Entry) -> None:
        desk = self._care.signed_in
        clinical = desk.may(Permission.VIEW_CLINICAL)
        rights = Rights(clinical, clinical and desk.may(Permission.RECORD_CLINICAL))
        new_person = isinstance(entry, Referral) and patient is None
        self._what, self._entry, self._patient = what, entry, patient
        self._fields = fields_of(entry, rights, new_person=new_person)
        fields = shown(entry, self._fields)
        self._start = {field.code: field.text for field in fields}
        self._texts = dict(self._start)
        who = identity_of(patient, desk.today, clinical=clinical) if patient is not None else None
        new, known, icon = TITLES[what]
        form = FormShown(
            what, who, tr(known if entry.id else new), icon, self._explanation(new_person), fields,
            self._button(who.name if who is not None else ""), bool(entry.id), _first(entry),
        )  # fmt: skip
        self._view().ask_entry(form)
        self._keeping.begin(self._key(), self._go_on)

    def _explanation(self, new_person: bool) -> str:
        entry = self._entry
        if new_person:
            return tr("The person is added to the registry with the status Referred, together with the referral.")
        if isinstance(entry, AdviceCall) and entry.patient_id is None:
            return tr("The patient is not named: write nothing here that says who it is. That can be said on the list.")
        if isinstance(entry, StatusChange) and entry.id:
            now, before = (tr(words.said(words.STATUSES, code)) for code in (entry.status, entry.before))
            return tr("Status {now}, before {before}.", now=now, before=before or tr("none"))
        if isinstance(entry, StatusChange):
            now = tr(words.said(words.STATUSES, entry.before))
            died = tr("A death is recorded under Details.")
            return tr("The status now: {now}. The diagnosis stays what it is. {died}", now=now, died=died)
        return ""

    def _button(self, name: str) -> str:
        if not self._fields:
            return ""
        return tr("Save for {name}", name=name) if name else tr("Save")

    # -- while it is typed

    def typed(self, texts: Texts) -> None:
        """Keep it soon, and fill in what follows from a choice where nobody has typed.

        The day of a state goes with the state: one that still stands as the form began is the day of the state before.
        """
        before, self._texts = self._texts, dict(texts)
        self._keeping.edited(self._entry.version, self._start, self._texts)
        follows = _follows(before, texts, self._care.signed_in)
        of_before = {"state_on"} if texts.get("state_on") == self._start.get("state_on") else frozenset[str]()
        follows = {code: text for code, text in follows.items() if not texts.get(code) or code in of_before}
        if follows:
            self._texts |= follows
            self._view().entry_fill(follows)

    def _go_on(self, left: Left) -> None:
        """What was left in this form stands in it again; what a colleague saved since is told beside it."""
        before = {code: left.start.get(code, text) for code, text in self._start.items()}
        mine = before | {code: text for code, text in left.typed.items() if code in before}
        if self._entry.id and left.version != self._entry.version:
            self._show_both(before, mine, left.words)
            return
        self._texts = self._start | {code: text for code, text in left.typed.items() if code in self._start}
        self._view().entry_left(self._texts, left.words)

    def woken(self) -> None:
        """The view's timer ran out."""
        self._keeping.woken()

    def kept(self, at: datetime) -> None:
        """What was typed is kept; nothing is asked of anybody."""

    def not_kept(self, error: RegistryError) -> None:
        """It is not: the person knows, and saves or copies it."""
        self._view().entry_problems({}, str(error))

    def dropped(self) -> None:
        """The person does not want what was typed."""
        self._keeping.drop()

    def closed(self) -> None:
        """The form is gone, as by a lock; what it held is kept."""
        self._keeping.close()

    def leave(self) -> None:
        """The screen is left, or the window closes: what was typed is kept at once."""
        self._keeping.leave()

    @property
    def has_unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept."""
        return self._keeping.unkept

    # -- keeping

    def save(self, texts: Texts) -> None:
        """Read, check and keep what was typed; every problem is told at once."""
        if self._busy:
            return
        self._texts = dict(texts)
        today = self._care.signed_in.today
        entry, problems = read(self._entry, self._fields, texts, today)
        if self._new_person:
            self._typed_person, wrong = read_person(texts, today)
            problems = wrong | problems
        if problems:
            self._say_problems(problems)
        else:
            self._keep(entry)

    def another_person(self) -> None:
        """Whoever was typed is none of those shown."""
        self._view().close_alike()
        entry, _ = read(self._entry, self._fields, self._texts, self._care.signed_in.today)
        self._keep(entry, another=True)

    def that_person(self, patient_id: int) -> None:
        """Whoever was typed is in the registry: the referral is hung on that record."""
        self._view().close_alike()
        entry, _ = read(self._entry, self._fields, self._texts, self._care.signed_in.today)
        if isinstance(entry, Referral):
            known = replace(entry, patient_id=patient_id)
            self._run(lambda: self._care.keep(known))

    def _keep(self, entry: Entry, *, another: bool = False) -> None:
        if self._new_person and isinstance(entry, Referral):
            person, referral = self._typed_person, entry
            self._run(lambda: self._care.refer_new(person, referral, another_person=another)[1])
        else:
            self._run(lambda: self._care.keep(entry))

    def withdraw(self, reason: str) -> None:
        """It was entered in error: hidden, and kept with the reason."""
        if not self._busy:
            entry = self._entry
            self._run(lambda: self._care.mark_in_error(entry, reason))

    @property
    def _new_person(self) -> bool:
        return any(field.code in PERSON for field in self._fields)

    def _run(self, work: Callable[[], Changed]) -> None:
        self._busy = True
        self._keeping.hold()
        key = self._key()

        def settle() -> Changed:
            changed = work()
            self._keeping.unkeep(key)
            return changed

        self._tasks.run(settle, self._done, self._refused)

    def _done(self, changed: Changed) -> None:
        self._busy = False
        self._keeping.settled()
        self._view().close_entry()
        self._feed.publish(changed)
        self._saved(tr("{what} saved", what=tr(TITLES[self._what][1])))

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        self._keeping.go_on()
        if isinstance(error, InvalidInput):
            self._say_problems(error.problems)
        elif isinstance(error, LookAlikes):
            self._view().ask_alike(alike_told(self._typed_person, error))
        elif isinstance(error, StaleRecord):
            self._meet()
        else:
            self._view().entry_problems({}, str(error))

    def _meet(self) -> None:
        """Somebody saved first: what only they changed is taken; where both did, theirs is told beside mine."""
        what, entry_id, asked = self._what, self._entry.id, self._question()
        if isinstance(self._entry, StatusChange) and not entry_id:
            said = tr("Somebody changed the status meanwhile. Nothing was overwritten: close this form and look again.")
            self._view().entry_problems({}, said)
            return

        def found(answer: tuple[Patient | None, Entry]) -> None:
            if asked != self._asked:
                return
            before, self._entry = self._start, answer[1]
            self._start = {field.code: field.text for field in shown(self._entry, self._fields)}
            said = tr("Somebody saved this entry meanwhile. Nothing was overwritten: look at both, then save again.")
            self._show_both(before, self._texts, said)

        self._tasks.run(lambda: self._care.open(KINDS[what], entry_id), found, self._refused)

    def _show_both(self, before: Texts, mine: Texts, said: str) -> None:
        """What only one of two changed stands in the form; where both did, mine does, and theirs is told beside it."""
        merge = three_way(before, mine, self._start)
        clashes = {clash.key: clash.theirs or tr("nothing") for clash in merge.clashes}
        self._texts = {**self._start, **merge.settled, **{code: mine[code] for code in clashes}}
        self._view().entry_left(self._texts, said)
        options = {field.code: dict(field.options) for field in self._fields}
        beside = {
            code: tr("saved meanwhile: {theirs}", theirs=options[code].get(text, text))
            for code, text in clashes.items()
        }
        self._view().entry_problems(beside, said)
        self._keeping.edited(self._entry.version, self._start, self._texts)

    def _say_problems(self, problems: Mapping[str, str]) -> None:
        said = tr("Some entries need correction. Nothing has been saved yet.")
        codes = {field.code for field in self._fields} | {"error_reason"}
        unseen = [sentence for code, sentence in problems.items() if code not in codes]
        self._view().entry_problems(problems, " ".join((said, *unseen)))

    def _key(self) -> FormKey:
        return FormKey(self._what.value, self._patient.id if self._patient is not None else 0, self._entry.id)

    def _question(self) -> int:
        self._asked += 1
        return self._asked

    def _not_opened(self, asked: int) -> Callable[[RegistryError], None]:
        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._view().say_refused(error)

        return refused


NO_ENTRY: Entry = Referral()
"""Stands where no form was opened yet."""


def _new(what: What, desk: Desk, patient: Patient | None, on: date | None) -> Entry:
    """An empty entry with what is known already: whose it is, today, and who is at the form where that is usual."""
    today, me = desk.today, desk.person.name
    owner = patient.id if patient is not None else 0
    match what:
        case What.REFERRAL:
            return Referral(patient_id=owner, on=today)
        case What.ONWARD:
            return OnwardReferral(patient_id=owner, on=today, made_by=me)
        case What.MDT:
            return MdtEntry(patient_id=owner, on=on, presenter=me)
        case What.CALL:
            time = show_time(desk.clock.now())
            return AdviceCall(patient_id=owner or None, on=today, time=time, given_by=me)
        case What.STATUS:
            return StatusChange(patient_id=owner, on=today, before=patient.status.value if patient else "")


def _first(entry: Entry) -> str:
    """The field where the work is: of what waits, its settling; of what is new, the first that is not filled in."""
    if isinstance(entry, AdviceCall) and not entry.id:
        return "asked_by"
    if not entry.id:
        return ""
    match entry:
        case Referral():
            return "outcome" if entry.waits else ""
        case OnwardReferral() | MdtEntry():
            return "state" if entry.waits else ""
        case AdviceCall():
            return "followed_on" if entry.waits else ""
        case _:
            return ""


def _follows(before: Texts, texts: Texts, desk: Desk) -> dict[str, str]:
    """What a choice says besides itself."""
    today = show_date(desk.today)
    follows: dict[str, str] = {}
    if texts.get("outcome") != before.get("outcome") and texts.get("outcome"):
        if "answered_on" in texts:
            follows |= {"answered_on": today, "answered_by": desk.person.name}
        if "outcome_on" in texts:
            follows |= {"outcome_on": today}
    if "state_on" in texts and texts.get("state") != before.get("state"):
        follows |= {"state_on": today}
    return follows
