"""Which letters of the board are in view: by the day of their clinic, and by their doctor."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from poems_registry.domain.dates import show_date
from poems_registry.services.letters import LetterCard
from poems_registry.ui.i18n import tr

DAYS_OFFERED = 20
LATELY = (7, 28)
ALL = "all"
Options = tuple[tuple[str, str], ...]


def days_offered(cards: Iterable[LetterCard], chosen: str) -> Options:
    """All; the last days; then each clinic day of a letter that is open, newest first. The chosen one stays."""
    counts = Counter(card.visit_on for card in cards if card.sent_day is None)
    newest = sorted(counts, reverse=True)[:DAYS_OFFERED]
    if "-" in chosen and date.fromisoformat(chosen) not in newest:
        newest.append(date.fromisoformat(chosen))
    lately = [(str(days), tr("Clinics of the last {days} days", days=days)) for days in LATELY]
    single = [
        (day.isoformat(), tr("Clinic {day} ({count})", day=show_date(day), count=counts.get(day, 0))) for day in newest
    ]
    return ((ALL, tr("All clinic days")), *lately, *single)


def doctors_offered(cards: Iterable[LetterCard], chosen: str) -> Options:
    """All; then each who signed a letter or its visit, with how many of theirs are open. The chosen one stays."""
    cards = tuple(cards)
    counts = Counter(card.doctor for card in cards if card.sent_day is None and card.doctor)
    names = sorted({card.doctor for card in cards if card.doctor} | ({chosen} - {""}), key=str.casefold)
    each = [(name, tr("{name} ({count})", name=name, count=counts.get(name, 0))) for name in names]
    return ((ALL, tr("All doctors")), *each)


def is_chosen(card: LetterCard, day: str, doctor: str, today: date) -> bool:
    """Whether a letter is of the chosen clinic days and of the chosen doctor; empty for all."""
    if doctor and card.doctor != doctor:
        return False
    if not day:
        return True
    if "-" in day:
        return card.visit_on.isoformat() == day
    return card.visit_on > today - timedelta(days=int(day))
