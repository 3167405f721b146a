"""The strip below the grid while one types: what a value means, and all that stands beside it, of the test in hand."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.domain.findings import STATE_WORDS, State
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.field_shown import Detail
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.sheet_shown import FlagShown, InHand
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, KeyCap, Kind
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.flow import FlowLayout
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

WORDS: Mapping[Detail, tuple[str, int]] = {
    Detail.LIMIT_LOW: ("Lab lower limit", 64),
    Detail.LIMIT_HIGH: ("Lab upper limit", 64),
    Detail.ASSAY: ("Assay", 110),
    Detail.SAMPLE_TIME: ("Sample time", 64),
    Detail.NOTE: ("Note", 170),
}
KEYS = (("F6", State.NOT_DONE), ("F7", State.PENDING), ("F8", State.DECLINED), ("F9", State.UNABLE))
ANSWERS = (("", "not said"), ("present", "Yes"), ("absent", "No"))


class DetailStrip(QWidget):
    """Each key is passed on at once. `gave` tells what was typed beside the result, `stated` a state's code."""

    gave = Signal(str, str)
    unit_chosen = Signal(str)
    answered = Signal(str, str)
    stated = Signal(str)
    confirmed = Signal()
    limits_taken = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._key_words: list[Label] = []
        self._title = Label(theme, weight=Weight.SEMIBOLD)
        self._told = IconLabel(theme, "info", "", tone=Tone.SUB, wrap=True)
        self.confirm = Button(theme, tr("Yes, it is right"), Kind.SECONDARY, small=True)
        self.confirm.clicked.connect(self.confirmed)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(self._title)
        head.addWidget(self._told, 1)
        head.addWidget(self.confirm)
        self._add_keys(head)
        self._flow = FlowLayout(gap=Size.GAP)
        self._add_fields()
        self._flags: dict[str, tuple[QWidget, ComboBox]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GRID)
        column.addLayout(head)
        column.addLayout(self._flow)

    def _add_keys(self, head: QHBoxLayout) -> None:
        theme = self._theme
        for key, state in KEYS:
            words = tr(STATE_WORDS[state])
            cap = KeyCap(theme, key, words)
            cap.setToolTip(words)
            cap.clicked.connect(lambda _checked=False, code=state.value: self.stated.emit(code))
            beside = Label(theme, words, tone=Tone.SUB)
            self._key_words.append(beside)
            head.addWidget(cap)
            head.addWidget(beside)

    def _add_fields(self) -> None:
        theme = self._theme
        self.unit = ComboBox(theme, small=True)
        self.unit.chosen.connect(self.unit_chosen)
        self._unit = self._put(tr("Unit reported"), self.unit)
        self.fields: dict[Detail, LineEdit] = {}
        self._rows: dict[Detail, QWidget] = {}
        self.offer = Button(theme, "", Kind.LINK)
        self.offer.clicked.connect(self.limits_taken)
        for which, (words, width) in WORDS.items():
            field = LineEdit(theme, width=width, small=True)
            field.setAccessibleName(tr(words))
            field.textEdited.connect(lambda text, each=which: self.gave.emit(each.value, text))
            self.fields[which] = field
            self._rows[which] = self._put(tr(words), field)
            if which is Detail.LIMIT_HIGH:
                self._flow.addWidget(self.offer)

    def show_in_hand(self, shown: InHand) -> None:
        """Another test, or the same after a key."""
        self._title.setText(shown.label)
        field = shown.field
        words, icon, tone = field.meaning, "info", Tone.SUB
        if field.problem:
            words, icon, tone = field.problem, "circle-alert", Tone.RED
        elif field.doubt:
            words, icon, tone = tr("{doubt} Return again confirms it.", doubt=field.doubt), "triangle-alert", Tone.AMBER
        self._told.show_state(icon, words, Tone.TEXT if tone is Tone.AMBER else tone, tone)
        self.confirm.setVisible(bool(field.doubt))
        self._show_unit(shown)
        for which, control in self.fields.items():
            control.show_text(field.detail(which))
        numeric = bool(shown.units) or bool(shown.unit)
        for which in (Detail.LIMIT_LOW, Detail.LIMIT_HIGH):
            self._rows[which].setVisible(numeric or bool(field.detail(which)))
        missing = shown.timed and not field.sample_time and bool(field.problem)
        self.fields[Detail.SAMPLE_TIME].set_mark(Mark.ERROR if missing else Mark.NONE)
        self.offer.setText(shown.limits_offered)
        self.offer.setVisible(bool(shown.limits_offered))
        self._show_flags(shown.flags)
        self._flow.invalidate()

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the keys alone; what they do is their tip and their name."""
        for words in self._key_words:
            words.setVisible(not narrow)

    def begin(self) -> None:
        """The keyboard goes into the first field."""
        first = self.fields[Detail.LIMIT_LOW] if self._rows[Detail.LIMIT_LOW].isVisible() else self.fields[Detail.ASSAY]
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def _show_unit(self, shown: InHand) -> None:
        self._unit.setVisible(len(shown.units) > 1)
        codes = list(shown.units) + ([shown.unit] if shown.unit and shown.unit not in shown.units else [])
        if [self.unit.itemData(n) for n in range(self.unit.count())] != codes:
            self.unit.choose("")
            self.unit.set_options([(each, each) for each in codes])
        if shown.unit != self.unit.code():
            self.unit.choose(shown.unit)

    def _show_flags(self, flags: tuple[FlagShown, ...]) -> None:
        for flag in flags:
            if flag.code not in self._flags:
                box = ComboBox(self._theme, [(code, tr(words)) for code, words in ANSWERS], small=True)
                box.chosen.connect(lambda answer, code=flag.code: self.answered.emit(code, answer))
                self._flags[flag.code] = (self._put(flag.label, box), box)
            self._flags[flag.code][1].choose(flag.answer)
        wanted = {flag.code for flag in flags}
        for code, (row, _) in self._flags.items():
            row.setVisible(code in wanted)

    def _put(self, words: str, control: QWidget) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(labelled(self._theme, words, control, weight=Weight.REGULAR))
        row.addWidget(control)
        self._flow.addWidget(pair)
        return pair
