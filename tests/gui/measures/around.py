"""Rounds of what stands around the visits: care, contacts, research, the letters' board, two records of one person."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.encounter_kinds import CONTACTS, KIND_WORDS
from poems_registry.domain.records import Patient
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.patients import PatientService
from poems_registry.services.proposing import ProposalService
from poems_registry.services.staff import StaffService
from poems_registry.services.visits import VisitService
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.clinic.view import ClinicScreen
from poems_registry.ui.screens.joining.view import JoiningScreen
from poems_registry.ui.screens.letter.dialogs import CameOutQuestion
from poems_registry.ui.screens.letter.shown import CameOutAsked
from poems_registry.ui.screens.letters.dialogs import HoldQuestion, StoppedQuestion
from poems_registry.ui.screens.letters.shown import HoldAsked, Place, StoppedAsked
from poems_registry.ui.screens.letters.view import LettersScreen
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.research.view import ResearchScreen
from poems_registry.ui.screens.visit.view import VisitView
from poems_registry.ui.widgets.dialog import Dialog
from tests.gui.measures.hands import Hands
from tests.gui.measures.subjects import Subjects
from tests.integration.services.two_people import beside, confirm

WHY = "Same birth date and phone; she told us at the visit."


class Around(Hands):
    """Each round gives the name of a place while the window shows it."""

    def _around(self, who: Subjects) -> Iterator[str]:
        """All of them, for a clinician."""
        yield from self._clinic(who)
        yield from self._contacts(who)
        yield from self._research()
        self._rooms.own_password()
        yield from self._asked("own password")
        yield from self._board(who)
        yield from self._joining()

    # -- care

    def _care(self) -> Iterator[str]:
        """The forms of care on its tab of a record."""
        for words in ("Record referral", "Refer on", "List for MDT", "Log advice call", "Change status"):
            self._press(words)
            yield from self._asked(f"record, care, {words.lower()}")
        self._press("History of the status")
        yield "record, care, history of the status"
        self._press("Hide the history")

    def _clinic(self, who: Subjects) -> Iterator[str]:
        rooms, program = self._rooms, self.program
        rooms.clinic()
        rest(program, 3)
        view = self._view(ClinicScreen)
        for tab in self._tabs():
            self._press_tab(tab)
            yield f"clinic, {tab.lower()}"
            if view.lines.buttons:
                view.lines.buttons[0].click()
                rest(program, 2)
                yield from self._asked(f"clinic, {tab.lower()}, one of them")
            if not view.main.isVisible():
                continue
            view.main.click()
            rest(program, 2)
            if view.whom is not None:
                self._type_at("a")
                yield f"clinic, {tab.lower()}, for whom"
                if view.whom.nobody.isVisible():
                    view.whom.nobody.click()
                    rest(program, 2)
                    yield f"clinic, {tab.lower()}, somebody who is not in the registry"
                    if tab == "Referrals":
                        yield from self._alike(view, who)
            self.program.shell.close_dialogs()
            rest(program, 2)

    def _alike(self, view: ClinicScreen, who: Subjects) -> Iterator[str]:
        """A referral of somebody who seems to be in the registry."""
        dialog, person = view.desk.dialog, who.long.patient
        if dialog is None:
            return
        for code, text in (
            ("family_name", person.family_name), ("given_name", person.given_name), ("referrer", "Dr P Fenwick"),
        ):  # fmt: skip
            dialog.fields[code].focus()
            self._type_at(text)
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        rest(self.program, 2)
        yield from self._asked("clinic, referrals, somebody alike")

    # -- contacts of the professions

    def _contacts(self, who: Subjects) -> Iterator[str]:
        rooms, program, visits = self._rooms, self.program, VisitService(self._me)
        for kind in CONTACTS:
            draft_id = ask(program, lambda kind=kind: visits.start_contact(who.long.patient.id, kind))  # type: ignore[misc]
            rooms.visit(draft_id)
            rest(program, 3)
            view = self._view(VisitView)
            for section in view.sections():
                view.open_section(section)
                view.finish_building()
                rest(program, 2)
                yield f"a contact, {KIND_WORDS[kind].lower()}, {section}"
            if kind is CONTACTS[0]:
                self._press("Finish and close")
                yield from self._asked("a contact, what blocks closing")
        yield from self._closing(self._view(VisitView))

    def _closing(self, view: VisitView) -> Iterator[str]:
        """The last of them has what it needs."""
        for code in view.codes():
            view.go_to(code)
            rest(self.program, 1)
            field = self._keyboard()
            if isinstance(field, QLineEdit):
                continue
            if not field.inherits("QAbstractButton") and not field.inherits("QComboBox"):
                self._type_at("A blister under the left splint; she rings again on Friday.")
        view.go_to_start()
        rest(self.program, 2)
        self._press("Finish and close")
        yield from self._asked("a contact, close")

    # -- research

    def _research(self) -> Iterator[str]:
        program = self.program
        program.places.go("research")
        rest(program, 3)
        screen = self._view(ResearchScreen)
        for tab in self._tabs():
            self._press_tab(tab)
            yield f"research, {tab.lower()}"
            if tab == "Studies":
                self._open_row(0)
                yield from self._asked("research, studies, one")
                self._press("Add study")
                yield from self._asked("research, studies, add")
        self._press_tab("Samples")
        screen.search.setFocus()
        self._type_at("zzzz")
        yield "research, samples, none found"
        QTest.keyClick(self._keyboard(), Qt.Key.Key_Escape)
        rest(program, 2)
        self._open_row(0)
        rest(program, 3)
        page = self._view(RecordScreen).research
        yield "record, research, with samples"
        for words, button in (
            ("add study", page.join),
            ("add sample", page.add_sample),
            ("add aliquot", page.add_aliquot),
            ("values", page.add_values),
            ("label", page.label),
        ):
            button.click()
            rest(program, 1)
            yield from self._asked(f"record, research, {words}")
        page.samples.setFocus()
        QTest.keyClick(page.samples, Qt.Key.Key_Return)
        yield from self._asked("record, research, one sample")

    # -- the board of letters

    def _board(self, who: Subjects) -> Iterator[str]:
        """With letters ticked, a batch that jams and goes on, and the copies of one letter."""
        program = self.program
        self._rooms.letters()
        rest(program, 3)
        screen = self._view(LettersScreen)
        for tab in self._tabs():
            self._press_tab(tab)
            yield f"letters, {tab.split('  ')[0].lower()}"
        self._press_tab(next(tab for tab in self._tabs() if tab.startswith("To print")))
        cards = screen.columns[Place.PRINT].list
        card = cards.cards.card(0)
        if card is not None:
            cards.copies_asked.emit(card)
            yield from self._asked("letters, copies")
        cards.all_ticked.emit()
        rest(program, 2)
        yield "letters, some of them ticked"
        self._press("Print ")
        yield from self._asked("letters, on which printer")
        self._press("Print ")
        self._press("Print ")
        until(lambda: self._may_press("Go on"), 20)
        yield "letters, a batch that was stopped by the printer"
        self._press("Go on")
        until(lambda: self._dialog() is not None, 20)
        yield from self._asked("letters, what came out right")
        yield "letters, a batch to confirm"
        for dialog in self._asked_of_paper(who):
            program.shell.open_dialog(dialog)
            yield from self._asked(f"letters, {type(dialog).__name__}")

    def _asked_of_paper(self, who: Subjects) -> Iterator[Dialog]:
        """Questions that need another PC, a saved file or a doubtful copy, with words as long as they come."""
        theme, person = self.program.theme, identity_of(who.long.patient, self._me.today, clinical=True)
        words = (
            "Sister J Okoro prints it at NEURO-OPD-04 since today at 14:02, 6 of 14 copies; nothing came since 14:09."
        )
        yield StoppedQuestion(theme, StoppedAsked("Is it still being printed?", words))
        why = "A held copy is not printed and not sent until somebody releases it or its day has come."
        yield HoldQuestion(theme, HoldAsked("Hold 2 copies of this letter", why, person, "Hold 2 copies"))
        saved = "The copy for Sampleford Surgery was saved as L-2026-0014-v1-2.pdf, with its address sheet."
        yield CameOutQuestion(theme, CameOutAsked(person, "Did the paper come out right?", saved))

    # -- two records of one person

    def _joining(self) -> Iterator[str]:
        """Last for the clinician: the records are one from then on."""
        program, people = self.program, PatientService(self._me)

        def twins() -> Patient:
            one = Patient(family_name="Quillfeather", given_name="Ada", born=PartialDate(1971, 4, 2))
            people.add(replace(one, family_name="Quillfether", title="Mrs"), another_person=True)
            return people.add(one, another_person=True)[0]

        one = ask(program, twins)
        self._rooms.join(one.id)
        rest(program, 3)
        screen = self._view(JoiningScreen)
        yield "two records of one person, found"
        screen.compare.click()
        rest(program, 3)
        yield "two records of one person, compared"
        screen.propose.click()
        rest(program, 2)
        yield "two records of one person, without a reason"
        screen.pair.reason.setPlainText(WHY)
        screen.propose.click()
        rest(program, 4)
        yield "record, proposed to be joined"
        yield from self._decided(one)
        self._rooms.patient(one.id)
        rest(program, 3)
        self._press_tab("Details")
        rest(program, 2)
        yield "record, details, of two joined records"
        self._press("Undo")
        yield from self._asked("record, details, part them again")

    def _decided(self, one: Patient) -> Iterator[str]:
        """As the proposer and then as the second person have it, with both questions; in the end they are one."""
        program = self.program
        (proposed,) = ask(program, lambda: ProposalService(self._me).proposals(one.id))
        for user, name in (("rahman", "one's own"), ("okoro", "to be decided")):
            self._come_in(user)
            self._rooms.proposal(proposed.proposal.id)
            rest(program, 4)
            yield f"two records of one person, {name}"
        screen = self._view(JoiningScreen)
        for button, question in ((screen.decline, "decline"), (screen.confirm, "confirm")):
            button.click()
            yield from self._asked(f"two records of one person, {question}")
        self._come_in("rahman")
        second = beside(self._me)
        ask(program, lambda: confirm(second, proposed))

    # -- who saw and changed what

    def _who_saw(self, who: Subjects) -> Iterator[str]:
        """As a clinician who was granted it sees it: all tabs of a record at once, and what was changed."""
        program, staff = self.program, StaffService(self._me)
        ask(program, lambda: staff.allow("rahman", Permission.MANAGE.value, granted=True))
        self._come_in("rahman")
        people = PatientService(self._me)
        phone = "07700 900123"
        ask(program, lambda: people.change(replace(people.who(who.long.patient.id), phone=phone)))
        self._rooms.patient(who.long.patient.id)
        rest(program, 3)
        self._press_tab("Access")
        rest(program, 3)
        yield "record, access"
        page = self._view(RecordScreen).access
        page.acts.choose("changes")
        page.acts.chosen.emit("changes")
        rest(program, 3)
        page.what_changed.click()
        rest(program, 2)
        yield from self._asked("record, access, what changed")
        page.acts.choose("left")
        page.acts.chosen.emit("left")
        page.period.choose("today")
        page.period.chosen.emit("today")
        rest(program, 3)
        yield "record, access, nothing of that kind"

    # -- what others see

    def _come_in(self, user: str) -> None:
        self.program.lock()
        rest(self.program, 2)
        self._sign_in(user)

    def _colleague(self, name: str, who: Subjects) -> Iterator[str]:
        """The lists and a record as somebody of another role has them."""
        program, rooms = self.program, self._rooms
        for entry in program.shell.rail.entries():
            if entry != "admin":
                program.places.go(entry)
                rest(program, 3)
                yield f"{name}, {entry}"
        rooms.patient(who.long.patient.id)
        rest(program, 3)
        for tab in self._tabs():
            self._press_tab(tab)
            yield f"{name}, a record, {tab.lower()}"
