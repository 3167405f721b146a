"""The decisions of the board of letters: where each letter stands, how late it is, what can be done with many."""

from collections.abc import Sequence

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import QUEUED, Delivery, Recipient
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.names import formal
from poems_registry.domain.printing import PrintBatch
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letters import LetterCard
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.letters.batch_presenter import BatchPresenter, Note
from poems_registry.ui.screens.letters.cards import card_of, printing_words
from poems_registry.ui.screens.letters.choosing import ALL, days_offered, doctors_offered, is_chosen
from poems_registry.ui.screens.letters.copies_presenter import CopiesPresenter
from poems_registry.ui.screens.letters.holding_presenter import HoldingPresenter
from poems_registry.ui.screens.letters.ports import Letters, Navigator, PrintShop, View
from poems_registry.ui.screens.letters.shown import (
    BoardShown,
    CardShown,
    ColumnShown,
    DockButton,
    DockShown,
    Place,
    Stage,
)
from poems_registry.ui.tasks import Tasks

NEWEST_SENT = 40
EMPTY = {
    Place.REVIEW: "Nothing waits here. A letter appears as soon as a visit is signed, and leaves when it is signed.",
    Place.PRINT: "Nothing to print. A letter comes here when it is signed.",
    Place.PRINTED: "Nothing to send. A letter comes here when a person has confirmed that its copies came out right.",
    Place.SENT: "Nothing was sent. A letter comes here when each of its copies was given or sent.",
}
NO_SUCH = "No letter of this choice is here. Show all clinic days and all doctors to see every letter."


class LettersPresenter:
    """Loads the board, filters it by clinic day and doctor, ticks letters, opens one or begins it."""

    def __init__(
        self, view: View, letters: Letters, shop: PrintShop, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._letters, self._tasks, self._navigator = view, letters, tasks, navigator
        self.batch = BatchPresenter(view, shop, tasks, feed, Note())
        self.holding = HoldingPresenter(view, letters, tasks, feed)
        self.copies = CopiesPresenter(view, letters, self.batch, self.holding, tasks, feed)
        self.holding.done = self._untick
        self.batch.redraw = self._show
        self.batch.names = self._names
        self.batch.in_view = lambda: self._visible
        self._shop, self._feed = shop, feed
        self._cards: tuple[LetterCard, ...] = ()
        self._day = self._doctor = ""
        self._ticked: frozenset[int] = frozenset()
        self._asked = 0
        self._stale = self._visible = False
        feed.listen(self._changed)

    # -- coming and going

    def open(self) -> None:
        """Everything that waits."""
        self._visible = True
        self._load()

    def shown(self) -> None:
        """Back on the board."""
        self._visible = True
        if self._stale:
            self._load()
        else:
            self._show()

    def leave(self) -> None:
        """Another screen comes; letters may change there. What is being printed goes on."""
        self._visible = False
        self._stale = True

    # -- what a person does

    def opened(self, card: CardShown) -> None:
        """Go to the letter, or begin it; who may not see its words goes to its copies."""
        encounter_id, letter_id = card.key
        self._view.say(None)
        if not self._letters.signed_in.may(Permission.VIEW_CLINICAL):
            self.show_copies(card)
        elif letter_id:
            self._navigator.letter(letter_id)
        else:
            self._tasks.run(lambda: self._letters.start(encounter_id), self._navigator.letter, self._refused)

    def show_copies(self, card: CardShown) -> None:
        """The copies of a signed letter; why there are none of another one."""
        found = next((each for each in self._cards if _key(each) == card.key), None)
        if found is None:
            return
        if found.letter is None or card.stage in (Stage.DRAFT, Stage.READY):
            words = tr("This letter is not signed yet, so it has no copies.")
            self._view.say(Message(words, tr("It comes to the printer when a doctor has signed it.")), "amber")
            return
        self.copies.open(found)

    def tick(self, card: CardShown) -> None:
        """Choose a letter, or choose it no more; letters of one column at a time."""
        if not card.may_tick:
            return
        letter_id = card.key[1]
        same = {each.key[1] for each in self._column(card.place)}
        kept = self._ticked & same
        self._ticked = kept - {letter_id} if letter_id in kept else kept | {letter_id}
        self._show()

    def tick_all(self, place: str) -> None:
        """Choose all of a column but what is held; none if all were chosen."""
        every = frozenset(card.key[1] for card in self._column(Place(place)) if card.may_tick and not card.all_held)
        self._ticked = frozenset() if every == self._ticked else every
        self._show()

    def choose_day(self, code: str) -> None:
        """Letters of these clinic days only."""
        self._day = "" if code == ALL else code
        self._show()

    def choose_doctor(self, code: str) -> None:
        """Letters of this doctor only."""
        self._doctor = "" if code == ALL else code
        self._show()

    def pressed(self, act: str) -> None:
        """A button of the dock."""
        acts = {
            "print": lambda: self.batch.ask(self._in_order(), again=False),
            "again": lambda: self.batch.ask(self._in_order(), again=True),
            "sent": self._note_sent,
            "untick": self._untick,
            "hold": self._hold,
            "release": lambda: self.holding.release(self._waiting(held=True)),
            "cancel": self.batch.cancel,
            "go_on": self.batch.go_on,
            "confirm": self.batch.ask_what_came_out,
            "save_list": self.batch.save_list,
            "dismiss": self.batch.dismiss,
        }
        acts[act]()

    def print_ticked(self) -> None:
        """By the keyboard: what is ticked to be printed, if anything is."""
        shown = self._chosen()
        if shown is not None and any(button.act == "print" for button in shown.buttons):
            self.pressed("print")

    def print_on(self, printer: str, both_sides: bool) -> None:
        """The printer was chosen."""
        self._ticked = frozenset()
        self.batch.chosen(printer, both_sides)

    # -- loading and showing

    def _load(self) -> None:
        self._asked += 1
        asked = self._asked

        def look() -> tuple[tuple[LetterCard, ...], tuple[PrintBatch, ...]]:
            return (*self._letters.board(), *self._letters.taken_back()), self._shop.batches.open_batches()

        def loaded(found: tuple[tuple[LetterCard, ...], tuple[PrintBatch, ...]]) -> None:
            if asked == self._asked:
                self._stale = False
                self._cards = found[0]
                self.batch.found(found[1])
                self._show()

        self._tasks.run(look, loaded, self._refused)

    def _show(self) -> None:
        if not self._visible:
            return
        cards = self._shown_cards()
        ticked = frozenset(card.key[1] for card in cards if card.ticked)
        self._ticked &= ticked
        columns = tuple(self._column_shown(place, [card for card in cards if card.place is place]) for place in Place)
        self._view.show_board(
            BoardShown(
                self._summary(),
                days_offered(self._cards, self._day),
                self._day or ALL,
                doctors_offered(self._cards, self._doctor),
                self._doctor or ALL,
                columns,
                self._chosen(),
                self.batch.job(),
            )
        )

    def _shown_cards(self) -> list[CardShown]:
        """Of the chosen clinic days, the latest day of the clock first; sent ones newest first."""
        today, words = self._letters.signed_in.today, printing_words(self.batch.batches)
        chosen = [card for card in self._cards if is_chosen(card, self._day, self._doctor, today)]
        shown = [card_of(card, self._ticked, words, today) for card in chosen]
        sent = [card for card in shown if card.place is Place.SENT]
        open_ones = [card for card in shown if card.place is not Place.SENT]
        open_ones.sort(key=lambda card: (not card.warning, -card.days, card.name, card.key))
        return [*open_ones, *reversed(sent)]

    def _column(self, place: Place) -> list[CardShown]:
        return [card for card in self._shown_cards() if card.place is place]

    def _column_shown(self, place: Place, cards: Sequence[CardShown]) -> ColumnShown:
        ticked = sum(card.ticked for card in cards)
        words = {
            Place.REVIEW: tr("waiting for a doctor"),
            Place.PRINT: tr("signed, {count} ticked", count=ticked) if ticked else tr("signed"),
            Place.PRINTED: tr("to be sent, {count} ticked", count=ticked) if ticked else tr("to be sent"),
            Place.SENT: tr("newest first"),
        }[place]
        shown = tuple(cards)
        if place is Place.SENT and len(shown) > NEWEST_SENT:
            words, shown = tr("newest {count} shown", count=NEWEST_SENT), shown[:NEWEST_SENT]
        empty = tr(NO_SUCH) if (self._day or self._doctor) and any(self._cards) else tr(EMPTY[place])
        return ColumnShown(place, len(cards), words, shown, empty)

    def _summary(self) -> str:
        cards = [card_of(card, frozenset(), {}, self._letters.signed_in.today) for card in self._cards]
        open_ones = sum(card.stage not in (Stage.SENT, Stage.TAKEN_BACK) for card in cards)
        words = tr_count("{count} letter open", "{count} letters open", open_ones)
        late = sum(card.late for card in cards)
        if late:
            words += ", " + tr_count("{count} late", "{count} late", late)
        held = sum(bool(card.held) for card in cards)
        if held:
            words += ", " + tr_count("{count} held", "{count} held", held)
        return words + tr("; the GP should have each within 7 days of the visit")

    # -- the ticked ones

    def _ticked_cards(self) -> list[LetterCard]:
        order = {card.key[1]: place for place, card in enumerate(self._shown_cards())}
        chosen = [card for card in self._cards if card.letter is not None and card.letter.id in self._ticked]
        return sorted(chosen, key=lambda card: order.get(card.letter.id if card.letter is not None else 0, 0))

    def _in_order(self) -> list[int]:
        return [card.letter.id for card in self._ticked_cards() if card.letter is not None]

    def _chosen(self) -> DockShown | None:
        """What is ticked, and what can be done with it."""
        cards = self._ticked_cards()
        if not cards:
            return None
        printing = any(copy.delivery is Delivery.WAITING for copy in cards[0].copies) or not cards[0].copies
        wanted = Delivery.WAITING if printing else Delivery.PRINTED
        free, held = self._waiting(), self._waiting(held=True)
        pages = {card.letter.id: card.letter.pages for card in cards if card.letter is not None}
        copies = [copy for copy in free if copy.delivery is wanted]
        title = tr_count("{count} letter ticked", "{count} letters ticked", len(cards))
        words = tr_count("{count} copy", "{count} copies", len(copies))
        sides = sum(pages[copy.letter_id] for copy in copies)
        words += ", " + tr_count("{count} page of letters", "{count} pages of letters", sides)
        if held:
            words += ", " + tr_count("{count} copy held", "{count} copies held", len(held))
        return DockShown(title, words, buttons=self._buttons(len(copies), bool(free), bool(held), printing=printing))

    def _buttons(self, copies: int, free: bool, held: bool, *, printing: bool) -> tuple[DockButton, ...]:
        """What is held can be released; what is not, held, printed or noted as sent."""
        buttons = [DockButton("untick", tr("Untick"))]
        if held:
            buttons.append(DockButton("release", tr("Release"), "rotate-ccw", main=not free))
        if free:
            buttons.append(DockButton("hold", tr("Hold for later…"), "pause"))
        if printing and (copies or not held):
            label = tr_count("Print {count} copy…", "Print {count} copies…", copies) if copies else tr("Print…")
            buttons.append(DockButton("print", label, "printer", main=True))
        elif not printing and free:
            buttons.append(DockButton("again", tr("Print again…"), "printer"))
            if not held:
                buttons.append(DockButton("sent", tr("Note as sent"), "send", main=True))
        return tuple(buttons)

    def _waiting(self, *, held: bool = False) -> list[Recipient]:
        """The copies of what is ticked that wait to leave: those that are held, or those that are not."""
        today = self._letters.signed_in.today
        copies = [copy for card in self._ticked_cards() for copy in card.copies if copy.delivery in QUEUED]
        return [copy for copy in copies if copy.is_held(today) is held]

    def _hold(self) -> None:
        """Ask why; of one patient, say whom."""
        cards, me = self._ticked_cards(), self._letters.signed_in
        people = {card.patient.id: card.patient for card in cards}
        who = identity_of(next(iter(people.values())), me.today, clinical=False) if len(people) == 1 else None
        self.holding.ask(self._waiting(), len(cards), who)

    def _untick(self) -> None:
        self._ticked = frozenset()
        self._show()

    def _note_sent(self) -> None:
        """Each letter by itself: one that changed meanwhile keeps no other back."""
        letters = [card.letter for card in self._ticked_cards() if card.letter is not None]
        patients = frozenset(letter.patient_id for letter in letters)

        def send() -> tuple[int, list[str]]:
            gone, refused = 0, []
            for letter in letters:
                try:
                    self._letters.dispatched(letter.id, letter.row_version)
                    gone += 1
                except RegistryError as refusal:
                    refused.append(f"{letter.number}: {message_for(refusal).cause}")
            return gone, refused

        def done(outcome: tuple[int, list[str]]) -> None:
            gone, refused = outcome
            self._ticked = frozenset()
            words = tr_count("{count} letter noted as sent.", "{count} letters noted as sent.", gone)
            self._view.say(Message(words, " ".join(refused)), "amber" if refused else "green")
            self._feed.publish(Changed(patients=patients, letters=frozenset(letter.id for letter in letters)))

        self._tasks.run(send, done, self._refused)

    def _names(self) -> dict[int, str]:
        named = (card for card in self._cards if card.letter is not None)
        return {
            card.letter.id: formal(card.patient.family_name, card.patient.given_name, card.patient.title)
            for card in named
            if card.letter is not None
        }

    def _changed(self, _: Changed) -> None:
        if self._visible:
            self._load()
        else:
            self._stale = True

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))


def _key(card: LetterCard) -> tuple[int, int]:
    return card.encounter_id, card.letter.id if card.letter is not None else 0
