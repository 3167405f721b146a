"""A service that counts made-up members, and a view that remembers: for the presenter of the cohort screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from poems_registry.cohort.choosing import Conditions
from poems_registry.cohort.people import Member, member_of
from poems_registry.cohort.releasing import released
from poems_registry.cohort.summary import Basis, summarise
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.thresholds import Thresholds
from poems_registry.exports.manifest import Manifest
from poems_registry.services.cohort import Summary, Written
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.cohort.shown import CohortShown, FileKind, Nothing, Pictures, Question, Room, Who
from poems_registry.ui.theme.tokens import Tone
from tests.unit.cohort.made_up import DATA_DATE, clinic

PEOPLE = tuple(member_of(file, Thresholds(), DATA_DATE) for file in clinic(60))
ROOM = Room(600, 320, 500, 1100)


@dataclass
class Desk:
    """Always the same day."""

    today: date = DATA_DATE


class OneCohort:
    """Counts these members; the next error given is raised once."""

    def __init__(self, people: tuple[Member, ...] = PEOPLE) -> None:
        self.signed_in = Desk()
        self.people = people
        self.error: RegistryError | None = None
        self.asked: list[bool] = []
        self.conditions: list[tuple[date | None, Conditions | None]] = []
        self.written: list[tuple[Path, bool]] = []

    def summary(
        self, data_date: date | None = None, *, release: bool = False, conditions: Conditions | None = None
    ) -> Summary:
        """True, or as released."""
        self._raise()
        self.asked.append(release)
        self.conditions.append((data_date, conditions))
        made = summarise(self.people, conditions or Conditions(), Basis(data_date or DATA_DATE))
        return released(made) if release else made

    def write(
        self,
        path: Path,
        *,
        release: bool = False,
        data_date: date | None = None,
        conditions: Conditions | None = None,
    ) -> Written:
        """Writes nothing, and says it did."""
        self._raise()
        summary = self.summary(data_date, release=release, conditions=conditions)
        self.written.append((path, release))
        names = (path.name, f"{path.stem}.dictionary.csv", f"{path.stem}.manifest.json")
        return Written(tuple(path.with_name(name) for name in names), summary, _manifest(path))

    def _raise(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error


def _manifest(path: Path) -> Manifest:
    return Manifest(
        what="cohort summary",
        made_by="R Castellan",
        made_at=datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        program="0",
        registry=path.stem,
        training=True,
        identifiable=False,
        purpose="",
        basis="",
        chosen="",
        patients=0,
        suppression="none",
        left_out={},
        notices=(),
        settings={},
        keep_in_mind="",
    )


@dataclass
class Spy:
    """View and status line."""

    answer: Path | None = Path("somewhere") / "figures.pdf"
    shown: list[CohortShown] = field(default_factory=list)
    pictures: list[Pictures] = field(default_factory=list)
    nothing: list[tuple[Nothing, CohortShown | None]] = field(default_factory=list)
    counting: list[bool] = field(default_factory=list)
    said: list[tuple[Message | None, Tone]] = field(default_factory=list)
    working: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    who: list[Who] = field(default_factory=list)
    wrong: list[dict[str, str]] = field(default_factory=list)
    who_open: bool = False
    names: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)

    def show_counting(self, release: bool) -> None:
        """Until the counts come."""
        self.counting.append(release)

    def show_cohort(self, shown: CohortShown) -> None:
        """Figures."""
        self.shown.append(shown)

    def show_pictures(self, pictures: Pictures) -> None:
        """Charts."""
        self.pictures.append(pictures)

    def show_nothing(self, nothing: Nothing, shown: CohortShown | None = None) -> None:
        """No figures."""
        self.nothing.append((nothing, shown))

    def say(self, message: Message | None, tone: Tone = Tone.RED) -> None:
        """A message."""
        self.said.append((message, tone))

    def busy(self, words: str) -> None:
        """While writing."""
        self.working.append(words)

    def ask_what(self, question: Question) -> None:
        """For whom."""
        self.questions.append(question)

    def ask_who(self, who: Who) -> None:
        """Who is in the cohort."""
        self.who.append(who)
        self.who_open = True

    def show_wrong(self, problems: Mapping[str, str]) -> None:
        """Beside its field."""
        self.wrong.append(dict(problems))

    def close_who(self) -> None:
        """Understood."""
        self.who_open = False

    def ask_file(self, name: str, kind: FileKind) -> Path | None:
        """Where."""
        self.names.append(name)
        return self.answer

    def say_saved(self, words: str) -> None:
        """The status line."""
        self.status.append(words)

    @property
    def last(self) -> str:
        """The message in view, its two parts."""
        message = self.said[-1][0]
        return f"{message.cause} {message.rest}" if message is not None else ""
