"""The frame of a record: tabs and main action above, the tab's page below; shows and passes on, decides nothing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from poems_registry.ui.care.desk import EntryActions as FormActions
from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.person_facts import FactGroup
from poems_registry.ui.screens.record.access.view import AccessActions, AccessTab
from poems_registry.ui.screens.record.care.view import CareActions, CarePage
from poems_registry.ui.screens.record.correspondence.telling import LetterRow
from poems_registry.ui.screens.record.correspondence.view import LettersPage, MissedActions
from poems_registry.ui.screens.record.head import Head, in_two_lines
from poems_registry.ui.screens.record.overview.shown import OverviewShown
from poems_registry.ui.screens.record.overview.view import OverviewPage
from poems_registry.ui.screens.record.particulars.view import ConsentActions, DetailsPage, JoinedActions
from poems_registry.ui.screens.record.passing import Passing, RecordActions
from poems_registry.ui.screens.record.proposed_view import ProposedBar
from poems_registry.ui.screens.record.research.view import ResearchActions, ResearchPage
from poems_registry.ui.screens.record.results.correct_dialog import CorrectActions
from poems_registry.ui.screens.record.results.paste_dialog import PasteActions
from poems_registry.ui.screens.record.results.telling import Choice, Grid
from poems_registry.ui.screens.record.results.view import EntryActions, ResultsPage
from poems_registry.ui.screens.record.shown import PAGE_WORDS, FrameShown, Page
from poems_registry.ui.screens.record.treatment.shown import TreatmentShown
from poems_registry.ui.screens.record.treatment.view import TreatmentActions, TreatmentPage
from poems_registry.ui.screens.record.visits.telling import VisitRow
from poems_registry.ui.screens.record.visits.view import VisitsActions, VisitsPage
from poems_registry.ui.sheets.place import SheetActions
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, primary, quiet, secondary
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import Action, MessageBar
from poems_registry.ui.widgets.tabs import Tab, TabBar, TabButton

Made = TypeVar("Made", bound=QWidget)


class RecordScreen(Passing):
    """Everything of one patient under tabs. A page is made when it is first wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._missed: MissedActions | None = None
        self._frame: FrameShown | None = None
        self._tabs: TabBar | None = None
        self._narrow, self._fresh = False, True
        self._treating: TreatmentActions | None = None
        self._may_treat = self._may_enter = False
        self._visiting: VisitsActions | None = None
        self._consenting: ConsentActions | None = None
        self._joining: JoinedActions | None = None
        self._researching: tuple[ResearchActions, SheetActions] | None = None
        self._entering: EntryActions | None = None
        self._asked: tuple[PasteActions, CorrectActions] | None = None
        self._caring: tuple[CareActions, FormActions] | None = None
        self._looking: AccessActions | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.visit_button = primary(theme, tr("New visit"), icon="stethoscope")
        self.contact_button = quiet(theme, tr("Contact"), icon="chevron-down")
        self.contact_button.set_trailing()
        self.contact_button.setToolTip(tr("New contact of a profession (Ctrl+Shift+N)"))
        self.contact_button.setAccessibleName(tr("Contact of a profession"))
        self.letter_button = secondary(theme, tr("Write letter"), icon="mail-plus")
        self._explanation = Label(theme, tone=Tone.SUB)
        self._head = Head(theme, (self._explanation, self.letter_button, self.visit_button, self.contact_button))
        self._bar = MessageBar(theme)
        self._news = MessageBar(theme, Tone.AMBER)
        self.proposed = ProposedBar(theme)
        self._pages: dict[Page, QWidget] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, self._bar, self._news, self.proposed, self._stack):
            column.addWidget(part, 1 if part is self._stack else 0)
        for button in (self.visit_button, self.contact_button, self.letter_button, self._explanation):
            button.hide()
        self.contact_button.clicked.connect(self._open_contacts)
        self._keys()

    def _keys(self) -> None:
        self.visit_button.setToolTip(tr("New visit (Alt+N)"))
        for keys, act in (("Ctrl+Shift+N", self._open_contacts), ("Alt+N", self.visit_button.click)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def attend(self, actions: RecordActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self.visit_button.clicked.connect(lambda: actions.new_visit())  # noqa: PLW0108 - holds the presenter
        self.letter_button.clicked.connect(self._write_letter)

    def attend_treatment(self, actions: TreatmentActions) -> None:
        """Pass on to these what is entered on the tab of treatment."""
        self._treating = actions

    def attend_visits(self, actions: VisitsActions) -> None:
        """Pass on to these what is done on the tab of visits."""
        self._visiting = actions

    def attend_results(self, actions: EntryActions, pasting: PasteActions, correcting: CorrectActions) -> None:
        """Pass on to these the results that are typed, pasted or corrected."""
        self._entering, self._asked = actions, (pasting, correcting)

    def attend_consents(self, actions: ConsentActions) -> None:
        """Pass on to these what is done about consents."""
        self._consenting = actions

    def attend_joining(self, actions: JoinedActions) -> None:
        """Pass on to these what is done about two records of one person."""
        self._joining = actions

    def attend_care(self, actions: CareActions, entering: FormActions) -> None:
        """Pass on to these what is done on the tab of care, and in its forms."""
        self._caring = actions, entering

    def attend_access(self, actions: AccessActions) -> None:
        """Pass on to these what is asked on the tab of access."""
        self._looking = actions

    def attend_research(self, actions: ResearchActions, sheets: SheetActions) -> None:
        """Pass on to these what is done on the tab of research, and in its sheets."""
        self._researching = actions, sheets

    # -- what it is told

    def loading(self) -> None:
        """Nothing of anybody is shown until the record is here."""
        self._stack.setCurrentIndex(0)

    def show_frame(self, frame: FrameShown) -> None:
        """The tabs and what can be begun."""
        if self._frame is None or self._frame.pages != frame.pages:
            self._make_tabs(frame.pages)
        self._frame = frame
        parts = (
            (self._explanation, frame.explanation),
            (self.visit_button, frame.visit_words),
            (self.letter_button, frame.letter_words),
            (self.contact_button, frame.contacts),
        )
        for part, wanted in sorted(parts, key=lambda each: bool(each[1])):  # what goes first: both at once are too wide
            if isinstance(wanted, str) and wanted and isinstance(part, Button):
                part.setText(wanted)
                part.updateGeometry()
            part.setVisible(bool(wanted))
        self._fit_head()

    def show_page(self, page: Page) -> None:
        """Open a tab."""
        self._stack.setCurrentWidget(self._pages[page])
        if self._tabs is not None:
            self._tabs.mark_tab(page.value)
            self.setFocusProxy(_button(self._tabs, page))
            if self._fresh:
                self._fresh = False
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_overview(self, overview: OverviewShown) -> None:
        """The first tab."""
        self._page(Page.OVERVIEW, self._make_overview).show_overview(overview)

    def show_visits(self, rows: Sequence[VisitRow]) -> None:
        """The list of encounters."""
        self.visits.show_rows(rows)

    def show_results(self, grid: Grid, choice: Choice, *, newest: bool) -> None:
        """Tests by dates; `newest` scrolls to the right end."""
        self.results.show_grid(grid, choice, newest=newest)

    def show_treatment(self, shown: TreatmentShown) -> None:
        """Lines with their parts, supportive care, events, and what to keep in mind."""
        self.treatment.show_rows(shown)

    def show_research(self) -> None:
        """The page loads what it shows when it is wanted."""
        self.research.wanted()

    def show_letters(self, rows: Sequence[LetterRow]) -> None:
        """All versions of all letters."""
        self._page(Page.LETTERS, self._make_letters).show_rows(rows)

    def show_details(self, groups: Sequence[FactGroup]) -> None:
        """The person."""
        page = self._page(Page.DETAILS, self._make_details)
        page.show_groups(groups, changeable=self._frame is not None and self._frame.may_change_details)

    def say(self, message: Message | None) -> None:
        """Why something was refused."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    @property
    def visits(self) -> VisitsPage:
        """The tab of visits, which also holds its questions."""
        return self._page(Page.VISITS, self._make_visits)

    @property
    def care(self) -> CarePage:
        """The tab of care, which also holds its forms."""
        return self._page(Page.CARE, self._make_care)

    @property
    def access(self) -> AccessTab:
        """The tab of who saw and changed what."""
        return self._page(Page.ACCESS, self._make_access)

    @property
    def particulars(self) -> DetailsPage:
        """The tab of details, which also holds the question for a consent."""
        return self._page(Page.DETAILS, self._make_details)

    @property
    def correspondence(self) -> LettersPage:
        """The tab of letters, which also asks for a missed first appointment."""
        return self._page(Page.LETTERS, self._make_letters)

    def attend_missed(self, missed: MissedActions) -> None:
        """Pass on to this from now on."""
        self._missed = missed

    @property
    def results(self) -> ResultsPage:
        """The tab of results, which also holds the column being typed."""
        return self._page(Page.RESULTS, self._make_results)

    @property
    def treatment(self) -> TreatmentPage:
        """The tab of treatment, which also holds its forms."""
        return self._page(Page.TREATMENT, self._make_treatment)

    @property
    def research(self) -> ResearchPage:
        """The tab of research, which also holds its sheets."""
        return self._page(Page.RESEARCH, self._make_research)

    def allow_treatment(self, allowed: bool) -> None:
        """Whether this person may enter treatment here."""
        self._may_treat = allowed
        if Page.TREATMENT in self._pages:
            self.treatment.allow(allowed)

    def allow_results(self, allowed: bool) -> None:
        """Whether this person may enter results here."""
        self._may_enter = allowed
        if Page.RESULTS in self._pages:
            self.results.allow_entry(allowed)

    def tell_unsettled(self, words: str) -> None:
        """What a change of treatment took away from the diagnosis; it stays until it was read."""
        close = Action(tr("Close message"), self._news.clear, "x")
        self._news.say(tr("This changed what the diagnosis rests on."), words, (close,))

    def tell_joined(self, words: str) -> None:
        """That one came here from a record that was joined to this one; it stays until it was read."""
        close = Action(tr("Close message"), self._news.clear, "x")
        self._news.say(tr("Two records of one person."), words, (close,))

    def tell_to_know(self, words: str) -> None:
        """What changed with an entry of treatment, or is left to correct; it stays until it was read."""
        close = Action(tr("Close message"), self._news.clear, "x")
        self._news.say(tr("Look at the details too."), words, (close,))

    def set_narrow(self, narrow: bool) -> None:
        """The form below 1200 px."""
        self._narrow = narrow
        if self._tabs is not None:
            self._tabs.set_narrow(narrow)
        self._fit_head()
        for page in self._pages.values():
            _narrow(page, narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """What can be begun takes the room that the tabs leave."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """With icons and words; without icons; then, as always in a narrow window, contacts by the arrow alone.

        Where even that is too wide, what is explained stands in two lines.
        """
        explained = self._frame.explanation if self._frame is not None else ""
        self._explanation.setText(explained)
        for icons, word in ((False, False),) if self._narrow else ((True, True), (False, True), (False, False)):
            self.visit_button.set_icon_name("stethoscope" if icons else "")
            self.letter_button.set_icon_name("mail-plus" if icons else "")
            self.contact_button.setText(tr("Contact") if word else "")
            self.contact_button.updateGeometry()
            if self._head.needs() <= self.width():
                return
        self._explanation.setText(in_two_lines(explained))

    # -- pages

    def _page(self, page: Page, make: Callable[[], Made]) -> Made:
        if page not in self._pages:
            made = make()
            self._pages[page] = made
            self._stack.addWidget(made)
            for chart in made.findChildren(DrawingView):
                chart.taking = self._take
            _narrow(made, self._narrow)
        return cast("Made", self._pages[page])

    def _make_overview(self) -> OverviewPage:
        page = OverviewPage(self._theme)
        page.act_asked.connect(self._act)
        page.point_opened.connect(self._point)
        page.page_asked.connect(self._go)
        return page

    def _make_visits(self) -> VisitsPage:
        page = VisitsPage(self._theme)
        if self._visiting is not None:
            page.attend(self._visiting)
        page.opened.connect(self._open_visit)
        return page

    def _make_results(self) -> ResultsPage:
        page = ResultsPage(self._theme)
        page.chosen.connect(self._choose)
        if self._entering is not None:
            page.attend(self._entering)
        if self._asked is not None:
            page.attend_questions(*self._asked)
        page.allow_entry(self._may_enter)
        return page

    def _make_treatment(self) -> TreatmentPage:
        page = TreatmentPage(self._theme)
        if self._treating is not None:
            page.attend(self._treating)
        page.allow(self._may_treat)
        return page

    def _make_research(self) -> ResearchPage:
        page = ResearchPage(self._theme)
        if self._researching is not None:
            page.attend(self._researching[0])
            page.sheets.attend(self._researching[1])
        return page

    def _make_letters(self) -> LettersPage:
        page = LettersPage(self._theme)
        page.opened.connect(self._open_letter)
        if self._missed is not None:
            page.attend(self._missed)
        return page

    def _make_care(self) -> CarePage:
        page = CarePage(self._theme)
        if self._caring is not None:
            page.attend(self._caring[0])
            page.desk.attend(self._caring[1])
        return page

    def _make_access(self) -> AccessTab:
        page = AccessTab(self._theme)
        if self._looking is not None:
            page.attend(self._looking)
        return page

    def _make_details(self) -> DetailsPage:
        page = DetailsPage(self._theme)
        page.change_asked.connect(self._details)
        if self._consenting is not None:
            page.attend(self._consenting)
        if self._joining is not None:
            page.attend_joining(self._joining)
        return page

    def _make_tabs(self, pages: Sequence[Page]) -> None:
        if self._tabs is not None:
            self._tabs.hide()
            self._tabs.deleteLater()
        self._tabs = TabBar(self._theme, [Tab(each.value, tr(PAGE_WORDS[each])) for each in pages], flat=True)
        self._tabs.chosen.connect(self._go)
        self._tabs.set_narrow(self._narrow)
        self._head.put(self._tabs)

    def contacts_menu(self) -> QMenu:
        """A new contact of each profession, or one's own that is open."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, words in self._frame.contacts if self._frame is not None else ():
            menu.addAction(words).triggered.connect(partial(self._new_contact, kind))
        return menu

    def _open_contacts(self) -> None:
        if self._frame is not None and self._frame.contacts:
            menu = self.contacts_menu()
            menu.popup(self.contact_button.mapToGlobal(QPoint(0, self.contact_button.height())))
            menu.setActiveAction(menu.actions()[0])

    def _new_contact(self, kind: str) -> None:
        if self._actions is not None:
            self._actions.new_contact(kind)

    def _write_letter(self) -> None:
        if self._actions is not None and self._frame is not None:
            self._actions.write_letter(self._frame.unwritten)


def _button(tabs: TabBar, page: Page) -> TabButton:
    """The tab of a page: where the keyboard goes when the record comes into view."""
    return next(each for each in tabs.findChildren(TabButton) if each.tab.key == page.value)


def _narrow(page: QWidget, narrow: bool) -> None:
    if isinstance(page, VisitsPage | TreatmentPage | ResultsPage | LettersPage | CarePage | ResearchPage | AccessTab):
        page.set_narrow(narrow)
