"""What is done with a letter as a whole: copies printed, given, sent; withdrawn, amended; another kind begun."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from poems_registry.domain.correspondence import QUEUED, Delivery, LetterKind, Recipient
from poems_registry.domain.dates import BadDate, PartialDate, parse_date, show_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.findings import State
from poems_registry.domain.records import LetterRecord
from poems_registry.services.letters import OpenLetter, SavedCopy
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity, identity_of
from poems_registry.ui.screens.letter.ports import Letters, Navigator, View
from poems_registry.ui.screens.letter.shown import AskedShown, CameOutAsked
from poems_registry.ui.screens.letter.telling import HOLD, PRINT, RELEASE, SAVE, file_name
from poems_registry.ui.tasks import Tasks

Answer = TypeVar("Answer")
OF_A_DAY = {
    LetterKind.DID_NOT_ATTEND: (
        "Missed appointment",
        "The letter says that nobody was seen on this day, and how to come again.",
    ),
    LetterKind.REMINDER: ("Appointment reminder", "The letter tells the day, what to bring, and how to change it."),
}
"""Letters about a day that has to be asked: title and words of the question."""


class LetterActs(ABC):
    """The acts of the letter that is open; who inherits says which that is and opens it anew."""

    def __init__(self, view: View, letters: Letters, tasks: Tasks, navigator: Navigator) -> None:
        self._view, self._letters, self._tasks, self._navigator = view, letters, tasks, navigator
        self._open: OpenLetter | None = None
        self._letter_id = 0
        self._asked_for = ""
        self._on_paper: Recipient | None = None
        self._held: Recipient | None = None

    @abstractmethod
    def open(self, letter_id: int) -> None:
        """Load a letter and show its pages."""

    @abstractmethod
    def _keep(self) -> None:
        """Save what was typed and is not saved yet: before anything else is done with the letter."""

    @abstractmethod
    def _version_now(self, letter: LetterRecord) -> int:
        """The row version as the registry's thread knows it: asked there, when what was typed has been saved."""

    # -- files

    def save_pdf(self) -> None:
        """Save the frozen bytes under a name that tells no one; each copy is audited, none counts as printed."""
        self._save("", lambda path: self._letters.save_copy(self._letter_id, path))

    def _save(self, form: str, write: Callable[[Path], Answer], then: Callable[[Answer], None] | None = None) -> None:
        """Write a file where a person wants it; `then` says what comes after it instead of the usual words."""
        opened = self._open
        path = self._view.ask_file(file_name(opened.letter, form)) if opened is not None else None
        if path is None:
            return

        def done(answer: Answer) -> None:
            if then is not None:
                then(answer)
                return
            words = tr("The letter was saved as {name}.", name=path.name)
            kept = tr("It is the signed letter, byte for byte. The copy is in the audit.")
            self._view.say(Message(words, "" if form else kept), "green")

        self._tasks.run(lambda: write(path), done, self._refused)

    # -- copies

    def copy_act(self, copy_id: int, act: str) -> None:
        """The next step of one copy."""
        copy = next((each for each in self._open.copies if each.id == copy_id), None) if self._open else None
        if copy is None:
            return
        letters, version = self._letters, copy.row_version
        if act == PRINT:
            self._navigator.print_copies((copy_id,))
        elif act == SAVE:
            self._save("", lambda path: letters.save_recipients_copy(copy_id, version, path), self._saved_copy(copy))
        elif act == HOLD:
            self._held = copy
            words = tr("It is neither printed, given nor sent before it is released. The seven days run on.")
            self._ask(HOLD, tr("Hold this copy"), words, tr("Reason, shown on the board"), tr("Hold"))
        else:
            steps: dict[str, Callable[[], object]] = {
                Delivery.GIVEN: lambda: letters.given(copy_id, version),
                Delivery.SENT: lambda: letters.sent(copy_id, version),
                RELEASE: lambda: letters.release({copy_id: version}),
            }
            self._tasks.run(steps[act], lambda _: self._again(), self._refused)

    def print_letter(self) -> None:
        """Every copy that waits to be printed; if none does, those that were printed and have not left."""
        opened = self._open
        if opened is None:
            return
        today = self._letters.signed_in.today
        free = [copy for copy in opened.copies if copy.delivery in QUEUED and not copy.is_held(today)]
        waiting = [copy for copy in free if copy.delivery is Delivery.WAITING]
        if free:
            self._navigator.print_copies(tuple(copy.id for copy in waiting or free))
        else:
            words = tr("No copy of this letter waits to be printed.")
            rest = tr("Each was given, sent, held or withdrawn. More, Save as PDF gives a file of it.")
            self._view.say(Message(words, rest), "amber")

    def _saved_copy(self, copy: Recipient) -> Callable[[SavedCopy], None]:
        """A file is not paper yet: ask what came out before anything is noted."""

        def ask(saved: SavedCopy) -> None:
            self._on_paper = copy
            words = tr(
                "{name} was saved, and that is in the audit. Print it now, and look at the paper.", name=saved.path.name
            )
            if saved.address_sheet is not None:
                words += " " + tr(
                    "Print the address sheet {name} too and put it on top: the letter's window shows another address.",
                    name=saved.address_sheet.name,
                )
            title = tr("Did the copy for {name} come out right?", name=copy.name.split(",")[0])
            self._view.ask_came_out(CameOutAsked(self._who(), title, words))

        return ask

    def came_out(self, right: bool) -> None:
        """What a person saw: only then the copy counts as printed."""
        copy, self._on_paper = self._on_paper, None
        self._view.close_dialog()
        if copy is None:
            return
        if not right:
            self._view.say(
                Message(tr("The copy still waits to be printed."), tr("The file stays where it is.")), "amber"
            )
            return
        copy_id, version = copy.id, copy.row_version
        self._tasks.run(lambda: self._letters.came_out(copy_id, version), lambda _: self._again(), self._refused)

    def sent(self) -> None:
        """Note that every copy has gone."""
        if self._open is not None:
            letter_id, version = self._letter_id, self._open.letter.row_version
            self._tasks.run(
                lambda: self._letters.dispatched(letter_id, version), lambda _: self._again(), self._refused
            )

    # -- the letter as a whole

    def amend(self) -> None:
        """Ask why."""
        self._ask(
            "amend",
            tr("Replace this letter by a new version"),
            tr("The new version names the old one and prints this reason under its date."),
            tr("Reason"),
            tr("Begin the new version"),
        )

    def chosen(self, act: str) -> None:
        """One of the rarer acts."""
        opened = self._open
        if opened is None:
            return
        letter_id, letter = self._letter_id, opened.letter
        self._keep()
        if act == "ready":
            self._tasks.run(
                lambda: self._letters.make_ready(letter_id, self._version_now(letter)), self._reload, self._refused
            )
        elif act == "pdf":
            self.save_pdf()
        elif act == "plain":
            self._save("-plain.pdf", lambda path: self._letters.save_plain_words(letter_id, path))
        elif act == "readable":
            self._save(".html", lambda path: self._letters.save_readable(letter_id, path))
        elif act in ("withdraw", "not_for_patient", *(kind.value for kind in OF_A_DAY)):
            self._ask_about(act, opened)
        else:
            self._begin(LetterKind(act))

    def _ask_about(self, act: str, opened: OpenLetter) -> None:
        if act == "withdraw":
            signed = opened.letter.signature is not None
            title = tr("Withdraw this letter") if signed else tr("Give up this letter")
            words = tr("No copy of it leaves any more. Copies that have gone stay noted as gone.")
            self._ask(act, title, words, tr("Reason"), tr("Withdraw") if signed else tr("Give up"))
        elif act == "not_for_patient":
            words = tr("It holds something about another person, or that would do harm. Left empty, the mark is gone.")
            label = tr("Reason, kept with the letter")
            self._ask(act, tr("Not for the patient"), words, label, tr("Keep"), opened.letter.not_for_patient)
        else:
            title, words = OF_A_DAY[LetterKind(act)]
            self._ask(
                act, tr(title), tr(words), tr("Day, like 14-Jul-2026"), tr("Begin the letter"), _likely(act, opened)
            )

    def words_given(self, words: str) -> None:
        """The answer to the question that is open."""
        letter_id, act, opened = self._letter_id, self._asked_for, self._open
        if opened is None:
            return
        letter = opened.letter
        self._keep()
        if act == HOLD and self._held is not None:
            wanted = {self._held.id: self._held.row_version}
            self._tasks.run(lambda: self._letters.hold(wanted, words), self._reload, self._not_taken)
        elif act == "amend":
            self._tasks.run(lambda: self._letters.amend(letter_id, words), self._lead_on, self._not_taken)
        elif act == "withdraw":
            self._tasks.run(
                lambda: self._letters.withdraw(letter_id, self._version_now(letter), words),
                self._reload,
                self._not_taken,
            )
        elif act == "not_for_patient":
            self._tasks.run(
                lambda: self._letters.keep_from_patient(letter_id, self._version_now(letter), words),
                self._reload,
                self._not_taken,
            )
        else:
            self._of_a_day(LetterKind(act), words)

    def _of_a_day(self, kind: LetterKind, text: str) -> None:
        ahead = kind is LetterKind.REMINDER
        try:
            day = parse_date(text, self._letters.signed_in.today, future=ahead, past_century_guess=True)
        except BadDate as problem:
            self._view.password_refused(str(problem))
            return
        self._begin(kind, day.earliest())

    def _begin(self, kind: LetterKind, about_on: date | None = None) -> None:
        if self._open is not None:
            encounter_id = self._open.encounter.id
            self._tasks.run(lambda: self._letters.start(encounter_id, kind, about_on), self._lead_on, self._not_taken)

    def _ask(self, act: str, title: str, words: str, label: str, button: str, text: str = "") -> None:
        if self._open is not None:
            self._asked_for = act
            self._view.ask_words(AskedShown(self._who(), title, words, label, button, text))

    def _who(self) -> Identity:
        if self._open is None:
            raise LookupError("no letter is open")
        return identity_of(self._open.file.patient, self._letters.signed_in.today, clinical=False)

    # -- answers

    def _reload(self, _: object) -> None:
        self._view.close_dialog()
        self._again()

    def _again(self) -> None:
        self.open(self._letter_id)

    def _lead_on(self, letter_id: int) -> None:
        self._view.close_dialog()
        self._navigator.letter(letter_id)

    def _not_taken(self, error: RegistryError) -> None:
        words = "; ".join(error.problems.values()) if isinstance(error, InvalidInput) else str(error)
        self._view.password_refused(words)

    def _refused(self, error: RegistryError) -> None:
        words = "; ".join(error.problems.values()) if isinstance(error, InvalidInput) else ""
        self._view.say(Message(words, tr("Nothing was changed.")) if words else message_for(error))


def _likely(act: str, opened: OpenLetter) -> str:
    """The day that was planned at the visit, for a reminder of it."""
    planned = opened.encounter.finding("next_visit")
    known = planned is not None and planned.state is State.RECORDED and isinstance(planned.value, PartialDate)
    if act != LetterKind.REMINDER or planned is None or not known or not isinstance(planned.value, PartialDate):
        return ""
    return show_date(planned.value) if planned.value.day else ""
