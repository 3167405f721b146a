"""Which wording a letter has: the clinic's newest template, the one it was signed with, or the program's own."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from poems_registry.domain.records import LetterRecord
from poems_registry.letters.built_in import built_in
from poems_registry.letters.template import Template
from poems_registry.letters.template_reading import Read, read
from poems_registry.storage import letter_templates, letters
from poems_registry.storage.letter_templates import StoredTemplate
from poems_registry.storage.unit_of_work import Session

ALTERED = "The template was altered in the file, so it is not used."
_MARK = re.compile(r" template (\d+) ([0-9a-f]{12})$")


@dataclass(frozen=True, slots=True)
class TemplateInUse:
    """The wording in force for a kind of letter. `problems` say why the clinic's own is not used where it is not."""

    template: Template
    version: int = 0
    name: str = ""
    at: datetime | None = None
    by: str = ""
    problems: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Whether it is the clinic's own that is printed."""
        return self.template.version > 0

    @property
    def loaded(self) -> bool:
        """Whether the clinic's newest version is one of its own, used or not."""
        return self.own or bool(self.problems)


def in_force(session: Session, kind: str) -> TemplateInUse:
    """The clinic's newest; where that cannot be used the program's own, and why."""
    stored = letter_templates.newest(session, kind)
    if stored is None:
        return TemplateInUse(built_in(kind))
    own, problems = _usable(stored)
    told = (stored.version, stored.name, stored.at, stored.by)
    return TemplateInUse(own or built_in(kind), *told, problems)


def used_by(session: Session, letter: LetterRecord) -> TemplateInUse:
    """What a letter is worded by: the version it was signed with, else the one in force."""
    kind = letter.kind.value
    if letter.signature is None:
        return in_force(session, kind)
    return marked(session, kind, letters.template_version(session, letter.id))


def marked(session: Session, kind: str, kept: str) -> TemplateInUse:
    """The version that was kept with a signed letter, by its mark."""
    found = _MARK.search(kept)
    stored = letter_templates.version(session, kind, int(found[1])) if found else None
    if found is None or stored is None:
        return TemplateInUse(built_in(kind))
    own, problems = _usable(stored, signed=True)
    if own is not None and not own.sha256.startswith(found[2]):
        own, problems = None, (ALTERED,)
    return TemplateInUse(own or built_in(kind), stored.version, stored.name, stored.at, stored.by, problems)


def with_mark(template_version: str, template: Template) -> str:
    """What is kept with a signed letter: the program's count, then which template of the clinic's."""
    return f"{template_version} {template.mark}" if template.mark else template_version


def words_of(kept: str) -> str:
    """The same for people: version and checksum of a clinic's template, empty for the program's own."""
    found = _MARK.search(kept)
    return f"version {found[1]}, {found[2]}" if found else ""


def _usable(stored: StoredTemplate, *, signed: bool = False) -> tuple[Template | None, tuple[str, ...]]:
    if stored.altered:
        return None, (ALTERED,)
    if not stored.text:
        return None, ()
    found = _read(stored.text, stored.kind, stored.version, signed)
    return found.template, tuple(problem.told for problem in found.problems)


@lru_cache(64)
def _read(text: str, kind: str, version: int, signed: bool) -> Read:
    """Once for all the letters of a batch."""
    return read(text, kind, version, signed=signed)
