"""Two people changed one person's details: what was kept of a form, and how both meet, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.merging import Merge, Side, three_way
from poems_registry.domain.names import formal
from poems_registry.domain.records import Patient
from poems_registry.ui.conflict.shown import ConflictShown, lines_of, taken_of
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.details.fields import FIELDS
from poems_registry.ui.screens.details.reading import texts_of


class Reader(Protocol):
    """Who reads it, and what day it is."""

    @property
    def today(self) -> date: ...
    def may(self, permission: Permission) -> bool: ...


@dataclass(frozen=True, slots=True)
class Meeting:
    """The record as one opened it with its texts, what one typed, and what somebody else saved, who and when."""

    before: Patient
    start: dict[str, str]
    mine: dict[str, str]
    theirs: Patient
    saved: tuple[str, datetime] | None

    @property
    def merge(self) -> Merge[str]:
        """Field by field; an empty text is a value: nothing."""
        return three_way(self.start, self.mine, texts_of(self.theirs))

    @property
    def clashes(self) -> bool:
        """Whether both changed the same field, to different texts."""
        return bool(self.merge.clashes)

    def settled(self, choices: Mapping[str, Side]) -> dict[str, str]:
        """The texts that come of it."""
        return self.merge.choose(choices)

    def shown(self, reader: Reader) -> ConflictShown:
        """The question in words."""
        merge, person = self.merge, self.theirs
        by = ""
        if self.saved is not None:
            name, at = self.saved[0], self.saved[1].astimezone()
            day = "" if at.date() == reader.today else f"{show_date(at.date())} "
            by = tr("{name}, {time}", name=name, time=f"{day}{show_time(at)}")
        name = formal(person.family_name, person.given_name)
        return ConflictShown(
            who=identity_of(person, reader.today, clinical=reader.may(Permission.VIEW_CLINICAL)),
            title=tr("Two people changed these details"),
            lines=lines_of(merge.clashes, _label, _words),
            theirs_by=by or tr("saved meanwhile"),
            button=tr("Save choices for {who}", who=name),
            before_when=tr("when you began"),
            mine_when=tr("not saved yet"),
            taken=tuple(tr("Taken from theirs: {words}", words=words) for words in taken_of(merge, _label, _words)),
        )


def kept_content(start: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a form: what the record said in the changed fields, and what was typed over it."""
    changed = [code for code, text in texts.items() if text != start.get(code, "")]
    return {"start": dict(start), "typed": {code: texts[code] for code in changed}}


def restored(content: Mapping[str, Any], now: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What the form began with and what was typed over it; fields that this program does not know are left out."""
    start = {code: str(text) for code, text in content.get("start", {}).items() if code in now}
    typed = {code: str(text) for code, text in content.get("typed", {}).items() if code in now}
    return dict(now) | start, typed


def _label(code: str) -> str:
    return tr(FIELDS[code].label) if code in FIELDS else code


def _words(code: str, text: str) -> str:
    answers = dict(FIELDS[code].answers) if code in FIELDS else {}
    said = tr(answers[text]) if text in answers else text
    return said or tr("Nothing")
