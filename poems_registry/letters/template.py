"""A clinic's wording of one kind of letter: order and titles of its parts, fixed sentences, and nothing that runs.

A template is data. Fixed words may hold placeholders of a closed list; each stands for one value of the record or of
the clinic's settings, is put in once and is never read again. What is said of findings is not here: it follows the
record.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Alternatives = tuple[str, ...]
"""One sentence in several forms: the first of which every placeholder has a value is printed."""

OWN = "own"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a letter in its place. `short_title` is printed where the longer one would promise too much.

    `own` fixed words of the clinic have a `name` of their own, by which an author's change of them is kept.
    """

    part: str
    title: str = ""
    short_title: str = ""
    name: str = ""
    words: Alternatives = ()

    @property
    def key(self) -> str:
        """By which the part is known in the letter."""
        return f"{OWN}_{self.name}" if self.part == OWN else self.part


@dataclass(frozen=True, slots=True)
class Template:
    """The wording of one kind of letter. `version` 0 is the program's own; `sha256` is that of the file's text."""

    kind: str
    title: Alternatives
    page_one: tuple[Section, ...] = ()
    body: tuple[Section, ...] = ()
    actions: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, Alternatives] = field(default_factory=dict)
    version: int = 0
    sha256: str = ""

    @property
    def sections(self) -> tuple[Section, ...]:
        """In print order."""
        return (*self.page_one, *self.body)

    @property
    def mark(self) -> str:
        """What is kept with a letter: empty for the program's own, else version and the hash's beginning."""
        return f"template {self.version} {self.sha256[:12]}" if self.version else ""


@dataclass(frozen=True, slots=True)
class Templates:
    """For one letter: its own template and that of the letter which it replaces; None is the program's own."""

    own: Template | None = None
    earlier: Template | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A template with the values of one letter: sentences ready to print."""

    template: Template
    values: Mapping[str, str]

    def sentence(self, name: str) -> str:
        """A fixed sentence; empty where the clinic has none, or where a value is missing from every form of it."""
        return filled(self.template.sentences.get(name, ()), self.values)

    @property
    def title(self) -> str:
        """The letter's own title."""
        return filled(self.template.title, self.values)


def filled(forms: Alternatives, values: Mapping[str, str]) -> str:
    """The first form of which every placeholder has a value; what is put in is literal, whatever it looks like."""
    for form in forms:
        if all(values.get(name) for name in PLACEHOLDER.findall(form)):
            return PLACEHOLDER.sub(lambda found: values[found[1]], form)
    return ""
