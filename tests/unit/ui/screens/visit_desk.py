"""A visit that is open on the screen, for tests of its presenter."""

from poems_registry.domain.drafts import VisitDraft
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.screens.visit.presenter import VisitPresenter
from poems_registry.ui.screens.visit.shown import PanelShown, Reminder
from poems_registry.ui.tasks import Inline, Tasks
from tests.unit.ui.screens.visit_fakes import (
    Me,
    Nowhere,
    OneLetter,
    OneVisit,
    Spy,
    last_visit,
    open_visit,
)

AUGUST = last_visit(
    p_status="present", onls_arm="3", onls_leg="3", grip_left_kg="20", grip_right_kg="22", walk_10m="12.4",
    walk_10m_aid="one_stick", vegf_serum="2310", plethora="absent",
)  # fmt: skip
STATUSES = {
    "p_status": "present",
    "o_status": "absent",
    "e_status": "absent",
    "m_status": "absent",
    "s_status": "absent",
}


class Desk:
    """A visit that is open on the screen."""

    def __init__(self, opened: OpenVisit | None = None, tasks: Tasks | None = None, me: Me | None = None) -> None:
        self.view, self.nowhere, self.feed = Spy(), Nowhere(), ChangeFeed()
        self.visits = OneVisit(opened or open_visit(AUGUST), me or Me())
        self.visit = VisitPresenter(self.view, self.visits, OneLetter(), tasks or Inline(), self.feed, self.nowhere)
        self.visit.open(9)

    def mark(self, code: str) -> Mark:
        """What a field's edge says now."""
        return self.view.fields[code].mark

    def keep(self) -> VisitDraft:
        """Let the timer run out, and give what is in the registry now."""
        self.visit.woken(Reminder.KEEP)
        return self.visits.kept[-1]

    def judge(self) -> PanelShown:
        """Let the timer of the panel run out, and give what it shows now."""
        self.visit.woken(Reminder.JUDGE)
        assert self.view.panel is not None
        return self.view.panel

    def answer_statuses(self) -> None:
        """What signing needs."""
        for code, answer in STATUSES.items():
            self.visit.typed(code, answer)
