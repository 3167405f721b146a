"""The pages of the first start, each with its title, its fields and its buttons."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.first_start.parts import Asked, BigChoice, PersonFields, plain_field
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import Steps
from poems_registry.ui.widgets.fields import TextArea
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.ticks import CheckBox


class Sheet(QWidget):
    """A page: title, a sentence, whatever stands in `body`, and buttons at its foot."""

    back = Signal()
    onward = Signal()

    def __init__(self, theme: Theme, title: str, words: str, onward: str = "", *, back: bool = True) -> None:
        super().__init__()
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        column.addWidget(Label(theme, title, size=Size.BIG, weight=Weight.MEDIUM, wrap=True))
        if words:
            column.addWidget(Label(theme, words, tone=Tone.SUB, wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(Size.GAP)
        column.addLayout(self.body)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        self.go = Button(theme, onward, Kind.PRIMARY)
        self.go.setVisible(bool(onward))
        back_button = Button(theme, tr("Go back"), Kind.SECONDARY)
        back_button.setVisible(back)
        foot.addWidget(back_button)
        foot.addStretch(1)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.go.clicked.connect(self.onward)
        back_button.clicked.connect(self.back)


class ChoosePage(Sheet):
    """Three ways to begin."""

    new = Signal()
    existing = Signal()
    training = Signal()

    def __init__(self, theme: Theme) -> None:
        words = tr("One encrypted file on this computer holds everything.")
        super().__init__(theme, tr("Welcome"), words, back=False)
        self.choices = (
            BigChoice(
                theme,
                "circle-plus",
                tr("Make a new registry"),
                tr("For your clinic: a file, two administrators, a clinician and a recovery key. About 5 minutes."),
            ),
            BigChoice(
                theme,
                "folder-open",
                tr("Open an existing registry"),
                tr("A file ending in .registry, with its key file beside it, or a database on a server."),
            ),
            BigChoice(
                theme,
                "graduation-cap",
                tr("Try the training registry"),
                tr("150 made-up patients. Nothing in it is real, and nothing of yours is needed. About 20 seconds."),
            ),
        )
        for choice, signal in zip(self.choices, (self.new, self.existing, self.training), strict=True):
            self.body.addWidget(choice)
            choice.clicked.connect(signal)


class PlacePage(Sheet):
    """Where the file stands and whose it is."""

    folder_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        words = tr("Nothing is made before the last step.")
        super().__init__(theme, tr("Place and clinic"), words, tr("Go on"))
        self.fields = {
            "clinic": plain_field(theme, tr("Clinic"), tr("National POEMS Clinic"), tr("As letters print it.")),
            "hospital": plain_field(theme, tr("Hospital")),
            "file": plain_field(
                theme, tr("Name of the file"), "", tr("Ends in .registry; the key file stands beside it.")
            ),
        }
        self.fields["file"].show_text("poems.registry")
        self._folder = IconLabel(theme, "hard-drive", "", icon_tone=Tone.SUB, wrap=True)
        choose = Button(theme, tr("Choose a folder"), Kind.SECONDARY, icon="folder-open")
        line = QHBoxLayout()
        line.addWidget(self._folder, 1)
        line.addWidget(choose)
        for name in ("clinic", "hospital"):
            self.body.addWidget(self.fields[name])
        self.body.addWidget(Label(theme, tr("Folder"), weight=Weight.SEMIBOLD))
        self.body.addLayout(line)
        self.body.addWidget(self.fields["file"])
        choose.clicked.connect(self.folder_asked)

    def show_folder(self, folder: str) -> None:
        """Which folder is meant."""
        self._folder.setText(folder)

    def texts(self) -> dict[str, str]:
        """What was typed."""
        return {name: field.text() for name, field in self.fields.items()}

    def mark(self, problems: Mapping[str, str]) -> None:
        """Beside each field."""
        for name, field in self.fields.items():
            field.mark(problems.get(name, ""))


class PeoplePage(Sheet):
    """Two administrators and the first clinician."""

    typed = Signal(str)
    phrase_asked = Signal(str)

    def __init__(self, theme: Theme, people: Sequence[tuple[str, str]]) -> None:
        words = tr(
            "Each types their own password. Administrators look after people, keys and settings; colleagues are added"
            " later, under Admin."
        )
        super().__init__(theme, tr("First people"), words, tr("Go on"))
        self.people = {code: PersonFields(theme, code, title) for code, title in people}
        for person in self.people.values():
            self.body.addWidget(person)
            person.typed.connect(self.typed)
            person.phrase_asked.connect(self.phrase_asked)

    def texts(self) -> dict[str, str]:
        """What was typed of everybody."""
        return {name: text for person in self.people.values() for name, text in person.texts().items()}

    def mark(self, problems: Mapping[str, str]) -> None:
        """Beside each field."""
        for code, person in self.people.items():
            for name, field in person.fields.items():
                field.mark(problems.get(f"{code}.{name}", ""))

    def field(self, code: str) -> Asked:
        """The password's field of one person."""
        return self.people[code].fields["password"]


class _Group(QWidget):
    """One of the eight groups, large enough to copy by hand."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number, self._text = theme, number, ""
        self.setFixedHeight(44)

    def show_group(self, text: str) -> None:
        """Its eight signs; a screen reader spells them."""
        self._text = text
        self.setAccessibleName(tr("Group {number}: {signs}", number=self._number, signs=" ".join(text)))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for eight wide signs."""
        return QSize(150, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Number and signs."""
        painter = QPainter(self)
        look = self._theme.tokens
        box(painter, QRectF(self.rect()), Size.RADIUS, look.neutral, look.line)
        painter.setFont(self._theme.font())
        painter.setPen(QColor(look.sub))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(10, 0, 20, self.height()), middle, str(self._number))
        painter.setFont(self._theme.font(Size.TITLE, Weight.SEMIBOLD))
        painter.setPen(QColor(look.text))
        half = len(self._text) // 2
        painter.drawText(QRectF(32, 0, self.width() - 32, 44), middle, f"{self._text[:half]} {self._text[half:]}")
        painter.end()


class KeyPage(Sheet):
    """The recovery key, shown once."""

    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        words = tr(
            "It sets a new password when every other way is lost. It is shown only now and kept nowhere: put it on"
            " paper and lock it away. Whoever has it and the file can read everything."
        )
        super().__init__(theme, tr("Recovery key"), words, tr("Go on: type it back"))
        grid = QGridLayout()
        grid.setSpacing(Size.GRID)
        self.groups = [_Group(theme, number) for number in range(1, 9)]
        for place, group in enumerate(self.groups):
            grid.addWidget(group, place // 4, place % 4)
        self.body.addLayout(grid)
        line = QHBoxLayout()
        line.setSpacing(Size.GRID)
        print_it = Button(theme, tr("Print…"), Kind.SECONDARY, icon="printer")
        save = Button(theme, tr("Save to a file…"), Kind.SECONDARY, icon="save")
        line.addWidget(print_it)
        line.addWidget(save)
        line.addStretch(1)
        self.body.addLayout(line)
        self.by_hand = CheckBox(theme, tr("I wrote it down by hand"))
        self.body.addWidget(self.by_hand)
        self._kept = IconLabel(theme, "info", "", tone=Tone.SUB, wrap=True)
        self._kept.hide()
        self.body.addWidget(self._kept)
        print_it.clicked.connect(self.print_asked)
        save.clicked.connect(self.save_asked)

    def show_kept(self, words: str) -> None:
        """What became of it."""
        self._kept.setText(words)
        self._kept.setVisible(bool(words))


class TypeBackPage(Sheet):
    """The key comes back from the paper."""

    def __init__(self, theme: Theme) -> None:
        words = tr("Type the key from your paper or file, to be sure that it can be read. Blanks and small letters do.")
        super().__init__(theme, tr("Type the recovery key back"), words, tr("Make the registry"))
        self.typed = TextArea(theme, lines=3)
        self.typed.setAccessibleName(tr("Recovery key"))
        self.typed.setFixedHeight(88)
        self._words = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._words.hide()
        self.body.addWidget(labelled(theme, tr("Recovery key"), self.typed, weight=Weight.SEMIBOLD))
        self.body.addWidget(self.typed)
        self.body.addWidget(self._words)

    def mark(self, problem: str) -> None:
        """What is wrong with what was typed."""
        self._words.setText(problem)
        self._words.setVisible(bool(problem))
        self.typed.set_mark(Mark.ERROR if problem else Mark.NONE)


class MakingPage(QWidget):
    """Work under way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.steps = Steps(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 24, 0, 24)
        column.addWidget(self.steps)


class DonePage(Sheet):
    """The registry is there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("The registry is ready"), "", tr("Sign in"), back=False)
        self._place = IconLabel(theme, "circle-check", "", icon_tone=Tone.GREEN, wrap=True)
        self.body.addWidget(self._place)
        for words in (
            tr("Lock the recovery key away, in a sealed envelope."),
            tr("Set a folder for copies under Admin, best on another drive."),
            tr("Add colleagues under Admin."),
        ):
            self.body.addWidget(IconLabel(theme, "arrow-right", words, icon_tone=Tone.SUB, wrap=True))

    def show_made(self, name: str, place: str) -> None:
        """Which file it is."""
        self._place.setText(tr("{name} was made in {place}.", name=name, place=place))


class TrainedPage(Sheet):
    """The training registry is there: as whom to go in."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("The training registry is ready"), "")
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self._password = Label(theme, size=Size.TITLE, weight=Weight.SEMIBOLD, wrap=True)
        self._password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._words)
        self.body.addWidget(self._password)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(Size.GRID)
        self.body.addLayout(self._choices)
        self.choices: list[BigChoice] = []

    def show_people(self, place: str, people: Sequence[tuple[str, str, str]], password: str) -> None:
        """Who can go in, with which password."""
        self._words.setText(tr("It stands at {place}. Everyone has the same password:", place=place))
        self._password.setText(password)
        for old in self.choices:
            old.hide()
            old.deleteLater()
        self.choices = []
        for user, name, role in people:
            words = tr("User name {user}. {may}", user=user, may=tr(_MAY.get(role, "")))
            choice = BigChoice(
                self.theme, _ICONS.get(role, "user"), tr("Go in as {name}, {role}", name=name, role=role), words
            )
            choice.clicked.connect(_Choose(self.chosen, user))
            self._choices.addWidget(choice)
            self.choices.append(choice)


_ICONS = {"clinician": "stethoscope", "nurse": "users", "admin": "settings"}
_MAY = {
    "clinician": "Records visits, signs them and their letters.",
    "nurse": "Records findings and results, prints letters.",
    "admin": "Looks after people and settings, makes cohort summaries; sees no findings.",
}


class _Choose:
    """A call that tells one user; unlike a lambda it holds no widget."""

    def __init__(self, signal: object, user: str) -> None:
        self._signal, self._user = signal, user

    def __call__(self, *_checked: object) -> None:
        self._signal.emit(self._user)  # type: ignore[attr-defined]
