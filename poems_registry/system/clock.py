"""What time it is: handed in wherever it matters, so that a test may say when now is."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Gives instants, and the day it is where the clinic is."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """The day it is at the clinic, which may not be the day in UTC."""
        ...


class SystemClock:
    """The PC's clock, with the clinic's time zone for the day."""

    def __init__(self, timezone: str = "Europe/London") -> None:
        self._zone = ZoneInfo(timezone)

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day it is at the clinic."""
        return datetime.now(self._zone).date()


class FixedClock:
    """A clock that stands still until it is set: for the training registry and for tests."""

    def __init__(self, at: datetime, timezone: str = "Europe/London") -> None:
        self.at = at
        self._zone = ZoneInfo(timezone)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at.astimezone(UTC)

    def today(self) -> date:
        """The day of that instant at the clinic."""
        return self.at.astimezone(self._zone).date()
