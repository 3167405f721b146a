"""Every screen that one works in has a page of help, and no page speaks of a screen that is not there."""

from tests.tree import ROOT

WITHOUT = {"drafts", "find", "first_start", "unlock"}
"""Ctrl+K and the offer of what was left explain themselves; before one is inside, help stands on the page."""
ABOUT_ALL = "start"


def test_help_has_one_page_a_screen() -> None:
    screens = {path.parent.name for path in (ROOT / "poems_registry" / "ui" / "screens").glob("*/presenter.py")}
    pages = {path.stem for path in (ROOT / "resources" / "help").glob("*.md")}
    assert pages == screens - WITHOUT | {ABOUT_ALL}
