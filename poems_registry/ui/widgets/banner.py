"""Who the patient is, on top of every single-patient screen and dialog (nhs.md 2.1): never covered or cut."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.domain.records import AllergyState
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import AllergyWords, Fact, Identity
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, hatch, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.flow import FlowLayout
from poems_registry.ui.widgets.labels import Label

_LONGEST_SUBSTANCES = 30  # characters; beyond it the count is told here and the list in zone 2
_ALLERGY_ICONS = {
    AllergyState.KNOWN: "triangle-alert",
    AllergyState.NONE_KNOWN: "circle-check",
    AllergyState.NOT_RECORDED: "circle-question-mark",
    AllergyState.UNAVAILABLE: "ban",
}


class NameLabel(Label):
    """A name in one line where there is room, else wrapped between its parts; never cut."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """All of it in one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.lineSpacing())


class FactView(QWidget):
    """A label and its stronger value; the label's definition is its tool tip and description."""

    def __init__(self, theme: Theme, fact: Fact, *, size: int = Size.TITLE, wrap: bool = False) -> None:
        super().__init__()
        self._label = Label(theme, fact.label, tone=Tone.SUB)
        known = fact.known
        weight = Weight.SEMIBOLD if known else Weight.REGULAR
        tone = Tone.TEXT if known else Tone.SUB
        self._value = Label(theme, fact.value, size=size if known else Size.BODY, weight=weight, tone=tone, wrap=wrap)
        for part in (self, self._label, self._value):
            part.setToolTip(fact.definition)
        self._label.setAccessibleDescription(fact.definition)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GRID)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._value, 1)


class _Column(QWidget):
    """Facts below each other: the birth date above the date of death."""

    def __init__(self, parts: list[QWidget]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part)


class AllergyBox(QWidget):
    """One of four states, each with its own shape; Known is the strongest."""

    def __init__(self, theme: Theme, words: AllergyWords, *, short: bool) -> None:
        super().__init__()
        self._theme, self._state = theme, words.state
        self.setFixedHeight(28)
        known = words.state is AllergyState.KNOWN
        value_style = words.state in (AllergyState.KNOWN, AllergyState.NONE_KNOWN)
        tone = Tone.AMBER if known else (Tone.TEXT if value_style else Tone.SUB)
        state = Label(theme, words.words, weight=Weight.SEMIBOLD if value_style else Weight.REGULAR, tone=tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(30, 0, 10, 0)
        row.setSpacing(Size.GRID)
        row.addWidget(state)
        rest = ", ".join(part for part in (_substances(words), "" if short else words.updated) if part)
        if rest:
            row.addWidget(Label(theme, rest, tone=Tone.AMBER if known else Tone.SUB))
        self.setToolTip(", ".join(part for part in (words.words, words.substances, words.updated) if part))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The box of known allergies; the others have only their icon."""
        painter = QPainter(self)
        look = self._theme.tokens
        known = self._state is AllergyState.KNOWN
        if known:
            box(painter, QRectF(self.rect()), Size.RADIUS, look.amber_tint, look.amber)
        ink = look.amber_text if known else look.sub
        self._theme.paint_icon(painter, QRectF(8, 0, 16, self.height()), _ALLERGY_ICONS[self._state], ink, 16)
        painter.end()


def _substances(words: AllergyWords) -> str:
    """The substances, or how many: a list that was cut would be read as the whole list."""
    if len(words.substances) <= _LONGEST_SUBSTANCES:
        return words.substances
    return tr("{count} substances, see More", count=words.substances.count(", ") + 1)


class PatientBanner(QWidget):
    """Zone 1: name, born (age), gender, NHS number, allergies; zone 2 opens below on More."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._identity: Identity | None = None
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._zone_1 = QWidget()
        self._zone_2 = QWidget()
        self._column.addWidget(self._zone_1)
        self._column.addWidget(self._zone_2)
        self._more = Button(theme, tr("More"), Kind.QUIET, icon="chevron-down", said=tr("More about this patient"))
        self._more.set_trailing()
        self._opened = False
        self._more.clicked.connect(self._toggle)
        self.hide()

    @property
    def identity(self) -> Identity | None:
        """Whom it shows."""
        return self._identity

    def show_patient(self, identity: Identity | None) -> None:
        """Show this patient, closed; or nobody, which hides the banner."""
        self._identity = identity
        self._open(False)
        self._build()
        self.setVisible(identity is not None)

    def set_narrow(self, narrow: bool) -> None:
        """Smaller type and gaps below 1200 px."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._build()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, bar at the left, line below; a deceased patient's ground differs in colour and in pattern."""
        painter = QPainter(self)
        look = self._theme.tokens
        ground = QRectF(self.rect())
        if self._identity is not None and self._identity.deceased:
            painter.fillRect(self.rect(), self._theme.tint(Tone.TEXT))
            hatch(painter, ground, look.line, 9.0, 2.0)
            rule(painter, QRectF(0, 0, 4, self.height()), look.sub)
            rule(painter, QRectF(0, self.height() - 1, self.width(), 1), look.sub)
        else:
            painter.fillRect(self.rect(), look.banner)
            rule(painter, QRectF(0, 0, 4, self.height()), look.blue)
            rule(painter, QRectF(0, self.height() - 1, self.width(), 1), look.banner_line)
        painter.end()

    def _build(self) -> None:
        self._more.setParent(None)
        for old in (self._zone_1, self._zone_2):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._zone_1, self._zone_2 = QWidget(), QWidget()
        if self._identity is not None:
            self._fill_zone_1(self._identity)
            self._fill_zone_2(self._identity)
        self._column.addWidget(self._zone_1)
        self._column.addWidget(self._zone_2)
        self._zone_1.show()  # at once: a banner rebuilt in view must not blink
        self._zone_2.setVisible(self._opened)

    def _fill_zone_1(self, who: Identity) -> None:
        row = QHBoxLayout(self._zone_1)
        row.setContentsMargins(16 if self._narrow else 24, 6, 16, 6)
        row.setSpacing(Size.GAP)
        size = Size.TITLE if self._narrow else Size.HEADING
        value = Size.BODY if self._narrow else Size.TITLE
        facts = QWidget()
        flow = FlowLayout(facts, gap=18 if self._narrow else 28)
        flow.setSpacing(0)
        flow.addWidget(NameLabel(self._theme, who.name, size=size, weight=Weight.BOLD, wrap=True))
        born: list[QWidget] = [FactView(self._theme, who.born, size=value)]
        if who.died is not None:
            born.append(FactView(self._theme, who.died, size=value))
        flow.addWidget(_Column(born))
        for fact in (who.age_at_death, who.gender, who.nhs_number):
            if fact is not None:
                flow.addWidget(FactView(self._theme, fact, size=value))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        facts.setSizePolicy(policy)
        row.addWidget(facts, 1, Qt.AlignmentFlag.AlignVCenter)
        if who.allergies is not None:
            row.addWidget(AllergyBox(self._theme, who.allergies, short=self._narrow))
        row.addWidget(self._more)
        self._more.show()
        self._zone_1.setMinimumHeight(Size.BANNER - 1)

    def _fill_zone_2(self, who: Identity) -> None:
        grid = QGridLayout(self._zone_2)
        grid.setContentsMargins(16 if self._narrow else 24, 4, 16, 10)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        facts = list(who.more)
        if who.allergies is not None and who.allergies.substances:
            words = ", ".join(part for part in (who.allergies.substances, who.allergies.updated) if part)
            facts.append(Fact(tr("Allergies"), words, tr("Every known substance, and when the list was updated.")))
        for place, fact in enumerate(facts):
            grid.addWidget(FactView(self._theme, fact, size=Size.BODY, wrap=True), place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _toggle(self) -> None:
        self._open(not self._opened)

    def _open(self, opened: bool) -> None:
        self._opened = opened
        self._zone_2.setVisible(opened)
        self._more.setText(tr("Less") if opened else tr("More"))
        self._more.setAccessibleName(tr("Less about this patient") if opened else tr("More about this patient"))
        self._more.set_icon_name("chevron-up" if opened else "chevron-down")


class MicroBanner(QWidget):
    """Name, born and number on top of a dialog or a detached window; nothing clinical (nhs.md 2.1)."""

    def __init__(self, theme: Theme, who: Identity) -> None:
        super().__init__()
        self._theme = theme
        flow = FlowLayout(self, gap=16)
        flow.setSpacing(0)
        flow.setContentsMargins(24, 10, 16, 10)
        flow.addWidget(NameLabel(theme, who.name, weight=Weight.BOLD, wrap=True))
        for fact in (who.born, who.died, who.nhs_number):
            if fact is not None:
                flow.addWidget(FactView(theme, fact, size=Size.BODY))
        # Preferred: of a fixed one the layout gives no more than the height of one line, and the number would be cut
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """As the banner, with round corners above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.banner)
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), self._theme.tokens.banner_line)
        painter.end()
