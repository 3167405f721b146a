"""Goes through every screen, tab and dialog of the real window on a training registry, one after the other."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from poems_registry.domain.consents import Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient
from poems_registry.rehearsal.scripted_visit import scripted_draft
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest
from poems_registry.services.consents import ConsentService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.system import paths
from poems_registry.ui.conflict.shown import ClashShown, ConflictShown
from poems_registry.ui.conflict.view import ConflictDialog
from poems_registry.ui.errors import Message
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.admin.view import AdminScreen
from poems_registry.ui.screens.first_start.view import FirstStartScreen
from poems_registry.ui.screens.unlock.view import UnlockScreen
from poems_registry.ui.screens.visit.correcting_dialogs import BesideDialog, VersionsDialog
from poems_registry.ui.screens.visit.correcting_shown import ChangeLine, VersionShown, VersionsShown
from poems_registry.ui.screens.visit.view import VisitView
from poems_registry.ui.widgets.dialog import Dialog
from tests.gui.measures.around import Around
from tests.gui.measures.subjects import NoPaper, Subjects, subjects
from tests.tree import ROOT

SHEET = "Date\t01/02/2026\t02/03/2026\nHaemoglobin (g/L)\t131\t128\nSomething else\t1\t2\nPlatelets\t402\t>900\n"
"""A block as it comes from a spreadsheet: what is known, what is not, and one without its unit."""


class Rounds(Around):
    """`everywhere` gives the name of each place while the window shows it."""

    def everywhere(self) -> Iterator[str]:
        """All of it: the door, what a clinician sees, what an administrator sees."""
        yield from self._first_start()
        yield from self._door()
        self.program.works.use(NoPaper())
        self._sign_in("rahman")
        yield from self._lists()
        who = ask(self.program, lambda: subjects(self._me))
        agreed = Consent(patient_id=who.long.patient.id, scope=Scope.CONTACT, on=PartialDate(2026, 1, 5))
        ask(self.program, lambda: ConsentService(self._me).record(agreed))
        yield from self._details(who)
        yield from self._record(who)
        yield from self._visits(who)
        yield from self._signed_visit(who)
        yield from self._letter(who)
        yield from self._over_all()
        yield from self._around(who)
        for user, colleague in (("okoro", "a nurse"), ("castellan", "an administrator")):
            self._come_in(user)
            yield from self._colleague(colleague, who)
        yield from self._admin()
        yield from self._who_saw(who)
        yield from self._refused()

    # -- before anybody is in

    def _first_start(self) -> Iterator[str]:
        program = self.program
        program.first_start()
        rest(program, 2)
        view = self._view(FirstStartScreen)
        people = [(each, each.title(), "Consultant neurologist") for each in ("rahman", "okoro")]
        for page in ("choose", "place", "people", "key", "type_back", "making", "done", "trained"):
            view.show_page(page)
            if page == "key":
                view.show_key([f"ABCD-{number}" for number in range(8)])
            if page == "making":
                view.show_progress(3, 9, "Making the training registry", True)
            if page == "trained":
                view.show_training(str(self._place), people, PASSWORD)
            rest(program, 1)
            yield f"first start, {page}"
        view.show_page("place")
        view.ask_server(True)
        yield from self._asked("open a registry on a server")

    def _door(self) -> Iterator[str]:
        program = self.program
        program.unlock(self._place, "rahman")
        rest(program, 2)
        view = self._view(UnlockScreen)
        yield "unlock"
        view.show_recovery(True)
        rest(program, 1)
        yield "unlock, recovery key"
        view.show_recovery(False)
        view.show_help(True)
        rest(program, 1)
        yield "unlock, help"
        view.show_help(False)
        rest(program, 1)

    def _refused(self) -> Iterator[str]:
        """Last of all: after a wrong password the door makes everybody wait."""
        self.program.lock()
        rest(self.program, 2)
        self.program.enter(self._place, "rahman", "not the password at all")
        rest(self.program)
        yield "unlock, refused"

    # -- lists

    def _lists(self) -> Iterator[str]:
        rooms, program = self._rooms, self.program
        yield "patients"
        for name, go in (
            ("today", rooms.today),
            ("letters", rooms.letters),
            ("cohort", rooms.cohort),
        ):
            go()
            rest(program, 3)
            yield name
        self._press("Show as it will leave")
        rest(program, 4)
        yield "cohort, as it will leave"
        self._press("Show true counts")
        rest(program, 2)
        for words in ("Change", "Make report", "Export"):
            self._press(words)
            yield from self._asked(f"cohort, {words.lower()}")
        rooms.patients()
        rest(program, 2)
        self._type_at("zzzz")
        yield "patients, nobody found"
        QTest.keyClick(self._keyboard(), Qt.Key.Key_Escape)
        view = self._mounted()
        view.saved.open_dialog()  # type: ignore[attr-defined]
        yield from self._asked("patients, saved filters")

    # -- one person

    def _details(self, who: Subjects) -> Iterator[str]:
        rooms, program = self._rooms, self.program
        rooms.add_patient()
        rest(program, 2)
        yield "a new patient"
        self._press("Add patient")
        rest(program, 2)
        yield "a new patient, refused"
        rooms.details(who.long.patient.id)
        rest(program, 2)
        yield "details"

    def _record(self, who: Subjects) -> Iterator[str]:
        rooms, program = self._rooms, self.program
        for name, patient in (("a long record", who.long.patient), ("a short record", who.fresh)):
            rooms.patient(patient.id)
            rest(program, 3)
            for tab in self._tabs():
                self._press_tab(tab)
                yield f"{name}, {tab.lower()}"
                if patient is who.long.patient:
                    yield from self._on_tab(tab)
        patient_id, encounter_id, code = who.sample
        rooms.results(patient_id)
        rest(program, 3)
        self._mounted().results.table.opened.emit(encounter_id, code)  # type: ignore[attr-defined]
        yield from self._asked("record, results, correct")

    def _on_tab(self, tab: str) -> Iterator[str]:
        """The questions that a tab can ask: each button that opens one is pressed."""
        asking = {
            "Visits": ("Compare", "Entered in error"),
            "Treatment": ("Add line of", "Add drug", "Add radio", "Add transplant", "Add supportive", "Add event"),
            "Details": ("Record consent", "History and corrections"),
        }
        for words in asking.get(tab, ()):
            self._press(words)
            yield from self._asked(f"record, {tab.lower()}, {words.lower()}")
        if tab == "Treatment":
            self._open_row(0)
            yield from self._asked("record, treatment, change a line")
        if tab == "Results":
            yield from self._results()
        if tab == "Care":
            yield from self._care()

    def _results(self) -> Iterator[str]:
        QApplication.clipboard().setText(SHEET)
        self._press("Paste")
        yield from self._asked("record, results, paste")
        self._press("Add results")
        rest(self.program, 2)
        yield "record, results being typed"
        self._press("Discard")
        rest(self.program, 1)

    # -- one visit

    def _visits(self, who: Subjects) -> Iterator[str]:
        rooms, program, visits = self._rooms, self.program, VisitService(self._me)
        for name, patient_id in (("a visit", who.long.patient.id), ("a first visit", who.fresh.id)):
            draft_id = ask(program, lambda patient_id=patient_id: visits.start(patient_id))  # type: ignore[misc]
            rooms.visit(draft_id)
            rest(program, 3)
            view = self._view(VisitView)
            for section in view.sections():
                view.open_section(section)
                view.finish_building()
                rest(program, 2)
                yield f"{name}, {section}"
            if patient_id == who.long.patient.id:
                yield from self._in_a_visit(view)
        yield from self._ready_to_sign(who.sample[0])

    def _in_a_visit(self, view: VisitView) -> Iterator[str]:
        program = self.program
        for code, key, held, name in (
            ("onls_arm", Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier, "the tasks of a score"),
            ("mrc_sum", Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier, "the muscles of a score"),
            ("vegf_plasma", Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, "the details of a result"),
            ("walk_10m", Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "why there is no value"),
        ):
            view.go_to(code)
            rest(program, 1)
            program.shell.activateWindow()  # keys with Alt are the active window's
            rest(program, 1)
            QTest.keyClick(self._keyboard(), key, held)
            rest(program, 4)
            yield f"a visit, {name}"
            popup = QApplication.activePopupWidget()
            if popup is not None:
                yield f"a visit, {name}, over it"
                popup.close()
        view.go_to("walk_10m")
        QTest.keyClick(self._keyboard(), Qt.Key.Key_Delete)
        view.go_to("weight")
        self._type_at("7150")
        QTest.keyClick(self._keyboard(), Qt.Key.Key_Tab)
        rest(program, 1)
        yield "a visit, an unusual value"
        view.go_to("weight")
        self._type_at("seventy")
        QTest.keyClick(self._keyboard(), Qt.Key.Key_Tab)
        rest(program, 1)
        yield "a visit, a wrong value"
        self._press("Finish and sign")
        yield from self._asked("a visit, what blocks signing")
        view.open_section(view.sections()[0])
        rest(program, 1)
        self._press("Discard draft")
        yield from self._asked("a visit, discard")

    def _ready_to_sign(self, patient_id: int) -> Iterator[str]:
        """The question before a visit is frozen, for one in which nothing is left to put right."""
        program, visits, today = self.program, VisitService(self._me), self._me.today

        def fill() -> int:
            visit = visits.open(visits.start(patient_id))
            visits.keep(visit.encounter.id, patient_id, scripted_draft(visit, today))
            return visit.encounter.id

        draft_id = ask(program, fill)
        self._rooms.visit(draft_id)
        rest(program, 3)
        self._press("Finish and sign")
        yield from self._asked("a visit, sign")

    def _signed_visit(self, who: Subjects) -> Iterator[str]:
        rooms, program = self._rooms, self.program
        rooms.visit(who.signed)
        rest(program, 3)
        view = self._view(VisitView)
        yield "a signed visit"
        for section in view.sections()[1:4]:
            view.open_section(section)
            view.finish_building()
            rest(program, 1)
            yield f"a signed visit, {section}"
        for words in ("Amend", "Entered in error"):
            self._press(words)
            yield from self._asked(f"a signed visit, {words.lower()}")
        for dialog in self._made_up(who.long.patient):
            program.shell.open_dialog(dialog)
            yield from self._asked(f"a signed visit, {type(dialog).__name__}")

    def _made_up(self, patient: Patient) -> Iterator[Dialog]:
        """Questions that only two people at once bring about, here with words as long as they come."""
        theme, identity = self.program.theme, identity_of(patient, self._me.today, clinical=True)
        message = Message("Sister J Okoro is amending this visit.", "They began today at 14:02 and last kept at 14:09.")
        yield BesideDialog(theme, identity, message, f"Amend beside them for {patient.family_name}")
        changes = (
            ChangeLine("Distal motor latency of the ulnar nerve", "3.9 ms", "Unable to assess: wrist in plaster"),
        )
        versions = (
            VersionShown(2, "14-Nov-2026 by Dr A Rahman", "The report came later.", changes, True),
            VersionShown(1, "12-Nov-2026 by Sister J Okoro", "", (), False),
        )
        yield VersionsDialog(theme, VersionsShown(identity, "Versions of the visit of 12-Nov-2026", versions))
        lines = (
            ClashShown("phone", "Phone", "020 7946 0111", "020 7946 0222", "07700 900333"),
            ClashShown("gp", "GP practice", "The Example Surgery, 1 Sample Street", "Nothing", "Sample Medical Centre"),
        )
        yield ConflictDialog(
            theme,
            ConflictShown(
                identity,
                "Two people changed these details",
                lines,
                "Sister J Okoro, today at 14:02",
                f"Save for {patient.family_name}",
                taken=("Email: someone@example.org",),
            ),
        )

    # -- one letter

    def _letter(self, who: Subjects) -> Iterator[str]:
        rooms, program, letters = self._rooms, self.program, LetterService(self._me)
        people = PatientService(self._me)
        ask(program, lambda: people.change(replace(people.who(who.long.patient.id), address_checked_on=self._me.today)))
        letter_id = ask(program, lambda: letters.start(who.signed))
        rooms.letter(letter_id)
        rest(program, 4)
        yield "a letter"
        if self._button("Sign") is not None and self._may_press("Sign"):
            self._press("Sign")
            yield from self._asked("a letter, sign")
        menus = program.shell.findChildren(QMenu)
        acts = [each for menu in menus for each in menu.actions() if each.text().startswith(("Give up", "Withdraw"))]
        for act in acts[:1]:
            act.trigger()
            yield from self._asked("a letter, give up")

    # -- over everything

    def _over_all(self) -> Iterator[str]:
        rooms, program = self._rooms, self.program
        rooms.patients()
        rest(program, 2)
        rooms.find()
        rest(program, 1)
        self._type_at("a")
        yield from self._asked("find")
        program.shell.show_shortcuts()
        yield from self._asked("shortcuts")
        for topic in sorted(path.stem for path in paths.resource("help").glob("*.md")):
            program.shell.show_help(paths.resource("help"), topic)
            yield from self._asked(f"help, {topic}")
        rooms.offer_drafts()
        rest(program, 2)
        yield "patients, with drafts left open"
        for words in ("All ",):
            if self._button(words) is not None:
                self._press(words)
                yield from self._asked("drafts")

    def _admin(self) -> Iterator[str]:
        program = self.program
        program.places.go("admin")
        rest(program, 2)
        for tab in self._tabs():
            self._press_tab(tab)
            rest(program, 3)
            yield f"admin, {tab.lower()}"
            if tab in ("People", "Settings"):
                self._open_row(0)
                yield from self._asked(f"admin, {tab.lower()}, one")
            yield from self._on_admin(tab)

    def _on_admin(self, tab: str) -> Iterator[str]:
        screen = self._view(AdminScreen)
        if tab == "People":
            self._press("Add somebody")
            yield from self._asked("admin, people, add")
            self._open_row(1)
            rest(self.program, 1)
            self._press("Set a new password")
            yield from self._asked("admin, people, new password")
        elif tab == "GP practices":
            screen.practices.drop.dropped.emit(str(ROOT / "tests" / "data" / "practices" / "list.csv"))
            rest(self.program, 3)
            yield "admin, gp practices, a file looked at"
