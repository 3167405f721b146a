"""One figure of a benchmark: what was measured, how often, against which goal."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A median with its goal, in one unit; `note` says what is and is not in it."""

    key: str
    what: str
    value: float
    unit: str
    goal: float | None = None
    note: str = ""

    @property
    def of_goal(self) -> float | None:
        """The measured value as a part of the goal: 1.00 just meets it."""
        return self.value / self.goal if self.goal else None

    @property
    def line(self) -> str:
        """One line of the table."""
        goal = f"<= {_short(self.goal)} {self.unit}" if self.goal is not None else ""
        part = f"{self.of_goal:.2f}" if self.of_goal is not None else ""
        met = "" if self.of_goal is None else "yes" if self.of_goal <= 1 else "NO"
        return f"| {self.what} | {_short(self.value)} {self.unit} | {goal} | {part} | {met} | {self.note} |"


HEAD = "| what | median | goal | of goal | met | how |\n| --- | ---: | ---: | ---: | --- | --- |"


def milliseconds(act: Callable[[], object], times: int) -> float:
    """The median duration of an act, after one that warms up."""
    act()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
