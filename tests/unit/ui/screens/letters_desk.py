"""A board of letters without window, file or printer: services that remember, a view that notes what it was shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import Delivery, Recipient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StillAtAPrinter
from poems_registry.domain.printing import NOT_GONE, TO_CONFIRM, PrintBatch, PrintItem, Step, next_waiting, sums
from poems_registry.domain.records import LetterRecord, LetterState, Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letter_printing import Confirmed, Plan, PrintJob
from poems_registry.services.letters import LetterCard
from poems_registry.ui.errors import Message
from poems_registry.ui.printing.run import PrintRun
from poems_registry.ui.printing.shown import NotPrinted, PrinterShown, PrintOut
from poems_registry.ui.screens.letters.ports import PrintShop
from poems_registry.ui.screens.letters.presenter import LettersPresenter
from poems_registry.ui.screens.letters.shown import (
    BoardShown,
    CardShown,
    ConfirmAsked,
    CopiesShown,
    DockShown,
    HoldAsked,
    Place,
    PrintAsked,
    StoppedAsked,
)
from poems_registry.ui.tasks import Inline

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1960, 5, 4), nhs_number="9990000018")


def card(day: int, state: LetterState | None = None, number: int = 1, *copies: Recipient) -> LetterCard:
    """A visit so many days ago, and its letter if it has one; a signed one has a copy for Ann and one for her GP."""
    letter = None if state is None else LetterRecord(id=number, number=f"L-2026-{number:04}", state=state, pages=3)
    own = copies or tuple(
        Recipient(id=10 * number + n, letter_id=number, name=name) for n, name in ((1, "Ann"), (2, "GP"))
    )
    return LetterCard(letter, ANN, 40 + number, TODAY - timedelta(days=day), day, own if letter is not None else ())


def done(each: LetterCard, delivery: Delivery) -> LetterCard:
    """The same with all its copies there."""
    return replace(each, copies=tuple(replace(copy, delivery=delivery) for copy in each.copies))


@dataclass
class Desk:
    today: date = TODAY
    reads_findings: bool = True

    def may(self, permission: Permission) -> bool:
        return permission is not Permission.MANAGE and (
            self.reads_findings or permission is not Permission.VIEW_CLINICAL
        )


@dataclass
class Board:
    """A service with these letters."""

    cards: tuple[LetterCard, ...] = ()
    fallen: tuple[LetterCard, ...] = ()
    signed_in: Desk = field(default_factory=Desk)
    refuses: bool = False
    acts: list[str] = field(default_factory=list)

    def board(self) -> tuple[LetterCard, ...]:
        return self.cards

    def taken_back(self) -> tuple[LetterCard, ...]:
        return self.fallen

    def start(self, encounter_id: int) -> int:
        if self.refuses:
            raise NotPermitted("Writing letters needs a clinician. Nothing was changed.")
        return encounter_id + 100

    def copies(self, letter_id: int) -> tuple[Recipient, ...]:
        every = (*self.cards, *self.fallen)
        return next(each.copies for each in every if each.letter is not None and each.letter.id == letter_id)

    def given(self, copy_id: int, row_version: int) -> Recipient:
        return self._noted("given", copy_id)

    def sent(self, copy_id: int, row_version: int) -> Recipient:
        return self._noted("sent", copy_id)

    def dispatched(self, letter_id: int, row_version: int) -> LetterRecord:
        if self.refuses:
            raise NotAllowedNow("No copy of this letter may leave. Nothing was changed.")
        self.acts.append(f"dispatched {letter_id}")
        return LetterRecord(id=letter_id, state=LetterState.DISPATCHED)

    def hold(self, copies: Mapping[int, int], because: str, until: date | None = None) -> tuple[Recipient, ...]:
        if not because:
            raise InvalidInput({"reason": "say why it is held"})
        return self._keep_back(copies, because, until)

    def release(self, copies: Mapping[int, int]) -> tuple[Recipient, ...]:
        return self._keep_back(copies, "", None)

    def _keep_back(self, copies: Mapping[int, int], because: str, until: date | None) -> tuple[Recipient, ...]:
        def kept(copy: Recipient) -> Recipient:
            by = "Sister J Okoro" if because else ""
            return replace(copy, held_because=because, held_until=until, held_by=by) if copy.id in copies else copy

        self.cards = tuple(replace(each, copies=tuple(kept(copy) for copy in each.copies)) for each in self.cards)
        return tuple(copy for each in self.cards for copy in each.copies if copy.id in copies)

    def _noted(self, what: str, copy_id: int) -> Recipient:
        self.acts.append(f"{what} {copy_id}")
        return Recipient(id=copy_id)


@dataclass
class Batches:
    """Batches in memory."""

    board: Board
    items: dict[int, PrintItem] = field(default_factory=dict)
    version: int = 0
    closed: PrintBatch | None = None
    refuses: str = ""
    saved: list[Path] = field(default_factory=list)
    fell: frozenset[int] = frozenset()
    again: bool = False
    prints_elsewhere: str = ""

    def open_batches(self) -> tuple[PrintBatch, ...]:
        return (self.batch(1),) if self.items and self.closed is None else ()

    def batch(self, batch_id: int) -> PrintBatch:
        items = tuple(self.items.values())
        return PrintBatch(id=1, printer="Tray", begun_by="Sister J Okoro", row_version=self.version, items=items)

    def plan(self, letter_ids: Sequence[int], *, again: bool = False) -> Plan:
        wanted = Delivery.PRINTED if again else Delivery.WAITING
        found = [copy for each in letter_ids for copy in self.board.copies(each) if copy.delivery is wanted]
        copies = [copy.id for copy in found if not copy.is_held(TODAY)]
        return Plan(tuple(copies), len(letter_ids), 3 * len(copies), again)

    def plan_copies(self, copy_ids: Sequence[int]) -> Plan:
        every = [copy for each in self.board.cards for copy in each.copies if copy.id in copy_ids]
        again = any(copy.delivery is Delivery.PRINTED for copy in every)
        return Plan(tuple(copy.id for copy in every), 1, 3 * len(every), again)

    def begin(self, copy_ids: Sequence[int], printer: str, *, again: bool = False) -> PrintBatch:
        if self.refuses:
            raise NotAllowedNow(self.refuses)
        self.closed, self.again = None, again
        self.items = {
            n: PrintItem(id=n, copy_id=n, letter_id=n // 10, number=f"L-{n // 10}", pages=3, place=place)
            for place, n in enumerate(copy_ids, 1)
        }
        return self.batch(1)

    def next(self, batch_id: int) -> PrintJob | None:
        item = next_waiting(self.items.values())
        if item is None:
            return None
        return PrintJob(self._to(item, Step.IN_HAND), "Tray", item.reference, (b"%PDF",))

    def gone(self, item_id: int, row_version: int) -> PrintItem:
        return self._to(self.items[item_id], Step.GONE)

    def failed(self, item_id: int, row_version: int, why: str) -> PrintItem:
        return self._to(self.items[item_id], Step.FAILED)

    def resume(self, batch_id: int, *, stopped: bool = False) -> PrintBatch:
        self._settle(stopped=stopped)
        for item in list(self.items.values()):
            if item.step is Step.FAILED:
                self._to(item, Step.WAITING)
        return self.batch(batch_id)

    def look(self, batch_id: int, *, stopped: bool = False) -> PrintBatch:
        self._settle(stopped=stopped)
        return self.batch(batch_id)

    def _settle(self, *, stopped: bool) -> None:
        if self.prints_elsewhere and not stopped:
            raise StillAtAPrinter(self.prints_elsewhere)
        self.prints_elsewhere = ""
        for item in list(self.items.values()):
            if item.step is Step.IN_HAND:
                self._to(item, Step.UNCLEAR)

    def names(self, batch_id: int) -> dict[int, str]:
        return {n: "Ann Smith" if n % 10 == 1 else "Mill Lane Surgery, the GP" for n in self.items}

    def taken_back(self, batch_id: int) -> frozenset[int]:
        return self.fell

    def confirm(self, batch_id: int, row_version: int, right: Collection[int]) -> Confirmed:
        for item in list(self.items.values()):
            if item.step in NOT_GONE:
                self._to(item, Step.LEFT_OUT)
            elif item.step in TO_CONFIRM:
                self._to(item, Step.PRINTED if item.id in right else Step.SPOILED)
        self.closed = self.batch(1)
        letters = frozenset(item.letter_id for item in self.items.values())
        fell = tuple(item for item in self.items.values() if item.id in self.fell and item.step is Step.PRINTED)
        return Confirmed(self.closed, sums(self.closed, len(self.items)), Changed(letters=letters), fell)

    def save_manifest(self, batch_id: int, path: Path) -> object:
        self.saved.append(path)
        return None

    def _to(self, item: PrintItem, step: Step) -> PrintItem:
        self.items[item.id] = replace(item, step=step)
        return self.items[item.id]


@dataclass
class Tray:
    """Printers that keep titles."""

    printers: tuple[PrinterShown, ...] = (PrinterShown("Ward 7"), PrinterShown("Tray", "room 4.11", usual=True))
    out: list[str] = field(default_factory=list)
    jams_at: int = -1

    def offered(self) -> tuple[PrinterShown, ...]:
        return self.printers

    def put(self, out: PrintOut) -> None:
        if len(self.out) == self.jams_at:
            raise NotPrinted("The printer stopped. Look at its paper.")
        self.out.append(out.title)


@dataclass
class Spy:
    """View and navigator that remember."""

    board: BoardShown | None = None
    said: list[str] = field(default_factory=list)
    tones: list[str] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    asked: PrintAsked | None = None
    to_confirm: ConfirmAsked | None = None
    copies: CopiesShown | None = None
    stopped: StoppedAsked | None = None
    hold: HoldAsked | None = None
    refused: list[str] = field(default_factory=list)
    file: Path | None = None

    def show_board(self, board: BoardShown) -> None:
        self.board = board

    def say(self, message: Message | None, tone: str = "red") -> None:
        self.said.append("" if message is None else message.cause)
        self.tones.append(tone)

    def ask_print(self, asked: PrintAsked) -> None:
        self.asked = asked

    def ask_confirm(self, asked: ConfirmAsked) -> None:
        self.to_confirm = asked

    def ask_copies(self, shown: CopiesShown) -> None:
        self.copies = shown

    def ask_stopped(self, asked: StoppedAsked) -> None:
        self.stopped = asked

    def ask_hold(self, asked: HoldAsked) -> None:
        self.hold = asked

    def refuse(self, words: str) -> None:
        self.refused.append(words)

    def close_dialog(self) -> None:
        self.asked = self.to_confirm = self.copies = None
        self.stopped = self.hold = None

    def ask_file(self, name: str) -> Path | None:
        return self.file

    def letter(self, letter_id: int) -> None:
        self.letters.append(letter_id)

    def cards(self, place: Place | None = None) -> list[CardShown]:
        assert self.board is not None
        return [card for column in self.board.columns if place in (None, column.place) for card in column.cards]

    def is_asked(self) -> bool:
        """Whether the question for a printer is open."""
        return self.asked is not None

    @property
    def job(self) -> DockShown:
        assert self.board is not None
        assert self.board.job is not None
        return self.board.job


@dataclass
class Opened:
    """The board with everything around it."""

    presenter: LettersPresenter
    spy: Spy
    feed: ChangeFeed
    batches: Batches
    tray: Tray

    def print(self) -> None:
        """Tick all that waits and print it on the first printer that may be chosen."""
        self.presenter.tick_all("print")
        self.presenter.pressed("print")
        assert self.spy.asked is not None
        self.presenter.print_on(self.spy.asked.chosen, both_sides=False)


def opened(board: Board, tray: Tray | None = None) -> Opened:
    """The board as it is when a person comes to it."""
    spy, feed, tray, batches = Spy(), ChangeFeed(), tray or Tray(), Batches(board)
    run = PrintRun(batches, tray, Inline(), Inline())
    shop = PrintShop(batches, tray, run, Inline())  # type: ignore[arg-type]
    presenter = LettersPresenter(spy, board, shop, Inline(), feed, spy)
    presenter.open()
    return Opened(presenter, spy, feed, batches, tray)
