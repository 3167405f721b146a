"""Reads a template from its text and says of everything that cannot be what it is and where, in words.

The text is TOML, which holds values and nothing else: nothing is run, fetched or included. It is measured before it is
read, and what it holds is checked against the closed lists of `template_form`.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from poems_registry.letters.template import OWN, PLACEHOLDER, Alternatives, Section, Template
from poems_registry.letters.template_form import (
    ACTION_WORDS,
    ALWAYS,
    FORM,
    FORMS,
    LONGEST_SENTENCE,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MAY_BE_UNTITLED,
    MEANINGS,
    MOST_BYTES,
    MOST_FORMS,
    MOST_OWN,
    OF_AN_ABSENCE,
    PLACEHOLDERS,
    SHORT_TITLED,
    Form,
)
from poems_registry.letters.template_places import Places
from poems_registry.letters.template_titles import CHOICES, plain_title, problems_over
from poems_registry.letters.template_words import Words, problems_with

_TOP = ("form", "kind", "title", "sentences", "actions", "page_one", "body")
_AT_THE_END = MOST_BYTES
_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
_AT_LINE = re.compile(r" ?\(at (?:line (?P<line>\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be, in words, with the line (0: nowhere in particular) and the key where it stands."""

    line: int
    key: str
    words: str

    @property
    def told(self) -> str:
        """`Line 12, title: is empty.`"""
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.key) if part)
        said = f"{place}: {self.words}." if place else f"{self.words}."
        return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class Read:
    """A template, or why there is none."""

    template: Template | None
    problems: tuple[Problem, ...] = ()


_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")
"""How files of word processors and PDF files begin."""


def read_bytes(content: bytes, kind: str, version: int = 0) -> Read:
    """Read a file's bytes; text that is not UTF-8 is a problem like any other."""
    if len(content) > MOST_BYTES:
        return _refused(f"the file has {len(content):,} bytes; a template has at most {MOST_BYTES:,}")
    if not content.strip():
        return _refused("the file is empty; begin from the one in force, which can be saved as a file")
    if content.startswith(_NO_TEXT):
        return _refused("this is a word processor's file or an archive; a template is plain text, as of Notepad")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refused("the file is not text in UTF-8; save it again with that encoding", line)
    return read(text, kind, version)


def read(text: str, kind: str, version: int = 0, *, signed: bool = False) -> Read:
    """Read a template of a kind of letter; never raises for what the text holds.

    `signed`: for a letter that was signed with it. What its words say was settled then and stays as it was.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        return _refused(f"the file has {size:,} bytes; a template has at most {MOST_BYTES:,}")
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except RecursionError:
        return _refused("values are nested too deep")
    except ValueError as error:
        return _not_toml(str(error))
    reader = _Reader(kind, FORMS[kind], Places(text), signed)
    made = reader.template(content)
    found = tuple(sorted(reader.problems, key=lambda problem: problem.line or _AT_THE_END))
    if found:
        return Read(None, found)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Read(Template(kind=kind, version=version, sha256=sha256, **made))


def _refused(words: str, line: int = 0) -> Read:
    return Read(None, (Problem(line, "", words),))


def _not_toml(words: str) -> Read:
    """What the reader of TOML says, with the line in front."""
    found = _AT_LINE.search(words)
    line = int(found["line"] or 0) if found else 0
    said = _AT_LINE.sub("", words)[:120]
    if "end of document" in words:
        return _refused(f"the file ends too early, as one does that was cut off while it was saved or sent ({said})")
    return _refused(f"this cannot be read as a template ({said[:1].lower()}{said[1:]})", line)


@dataclass
class _Reader:
    """Goes through what the text holds and collects what is wrong, so that all of it is told at once."""

    kind: str
    form: Form
    places: Places
    signed: bool = False
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    own_titles: list[tuple[str, str]] = field(default_factory=list)

    def template(self, content: Mapping[str, Any]) -> dict[str, Any]:
        self._known(content, _TOP, "")
        self._heading(content)
        page_one = self._sections(content, "page_one", self.form.page_one)
        body = self._sections(content, "body", self.form.body)
        self._told_apart((*page_one, *body))
        self._all_there("page_one", self.form.page_one, page_one)
        self._all_there("body", self.form.body, body)
        return {
            "title": self._forms(content, "", "title", LONGEST_TITLE, required=True, kind=Words.HEADING),
            "page_one": page_one,
            "body": body,
            "actions": self._actions(content),
            "sentences": self._sentences(content),
        }

    def _all_there(self, zone: str, parts: Sequence[str], sections: Sequence[Section]) -> None:
        """What is not there although every letter of this kind has it; a part that was refused was told of already."""
        placed = {section.part for section in sections} | self.refused
        missing = [part for part in parts if part in self.form.compulsory and part not in placed]
        if missing:
            self._say("", zone, f"every letter of this kind has {', '.join(missing)} here: not found")

    def _heading(self, content: Mapping[str, Any]) -> None:
        if type(content.get("form")) is not int or content["form"] != FORM:
            self._say("", "form", f"this program reads form = {FORM}")
        if content.get("kind") != self.kind:
            self._say("", "kind", f'this is not a template for this kind of letter, which is "{self.kind}"')

    # -- parts

    def _sections(self, content: Mapping[str, Any], zone: str, parts: Sequence[str]) -> tuple[Section, ...]:
        listed = content.get(zone, [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self._say("", zone, f"is written as [[{zone}]], once for each part")
            return ()
        made: list[Section] = []
        for number, each in enumerate(listed):
            section = self._section(each, f"{zone} {number}", parts)
            if section is None:
                continue
            if section.key in {other.key for other in made}:
                self._say(f"{zone} {number}", "part", f"{section.name or section.part} stands here a second time")
                continue
            made.append(section)
        if sum(section.part == OWN for section in made) > MOST_OWN:
            self._say("", zone, f"holds more than {MOST_OWN} paragraphs of your own")
        return tuple(made)

    def _section(self, each: Mapping[str, Any], table: str, parts: Sequence[str]) -> Section | None:
        part = each.get("part")
        if part != OWN and part not in parts:
            allowed = ", ".join((*parts, OWN))
            self._say(table, "part", f"{_shown(part)} is no part of this page; there are {allowed}")
            return None
        own = part == OWN
        known = ("part", "print", "title", *(("name", "words") if own else ()))
        self._known(each, (*known, *(("short_title",) if part in SHORT_TITLED else ())), table)
        if not self._printed(each, table, str(part)):
            return None
        title = self._title(each, table, "title", required="title" in each and part not in MAY_BE_UNTITLED)
        self._over(str(part), title, table, "title")
        short = self._title(each, table, "short_title", required=part in SHORT_TITLED and "short_title" in each)
        self._over(str(part), short, table, "short_title")
        if not own:
            return Section(str(part), title, short)
        if title:
            self.own_titles.append((table, title))
        words = self._forms(each, table, "words", LONGEST_WORDS, required=False, kind=Words.PARAGRAPHS)
        if not words:
            self._say(table, "words", "are missing: what shall be printed here?")
        return Section(OWN, title, name=self._name(each, table), words=words)

    def _printed(self, each: Mapping[str, Any], table: str, part: str) -> bool:
        shown = each.get("print", True)
        if not isinstance(shown, bool):
            self._say(table, "print", "is true or false")
            return True
        if not shown and part in self.form.compulsory:
            self._say(table, "print", f"the part {part} cannot be left out: every letter of this kind has it")
            return True
        return shown

    def _name(self, each: Mapping[str, Any], table: str) -> str:
        name = each.get("name")
        if isinstance(name, str) and _NAME.fullmatch(name):
            return name
        self._say(table, "name", "a paragraph of your own has a name of small letters, digits and _, such as parking")
        return ""

    # -- words

    def _actions(self, content: Mapping[str, Any]) -> dict[str, str]:
        given = self._table(content, "actions", ACTION_WORDS if self.form.actions else ())
        made = {name: self._title(given, "actions", name, required=True) for name in ACTION_WORDS if self.form.actions}
        for name, words in made.items():
            self._over(name, words, "actions", name)
        return made

    def _sentences(self, content: Mapping[str, Any]) -> dict[str, Alternatives]:
        names = (*self.form.sentences, *self.form.further)
        given = self._table(content, "sentences", names)
        made = {
            name: self._forms(
                given, "sentences", name, LONGEST_SENTENCE, required=name in self.form.sentences, kind=_kind_of(name)
            )
            for name in names
        }
        for name in CHOICES.keys() & made.keys():
            for each in made[name]:
                self._over(name, each, "sentences", name)
        return made

    def _table(self, content: Mapping[str, Any], name: str, known: Sequence[str]) -> Mapping[str, Any]:
        given = content.get(name, {})
        if not isinstance(given, dict):
            self._say("", name, f"is written as [{name}], with a line for each of its words")
            return {}
        self._known(given, known, name)
        return given

    def _title(self, given: Mapping[str, Any], table: str, name: str, *, required: bool) -> str:
        value = given.get(name, "")
        if not isinstance(value, str):
            self._say(table, name, 'is written in quotation marks, as "Summary"')
            return ""
        if not value.strip():
            if required:
                self._say(table, name, "is missing or empty")
            return ""
        self._check(value, table, name, LONGEST_TITLE, _kind_of(name, Words.HEADING))
        if PLACEHOLDER.search(value):
            self._say(table, name, "a heading holds no placeholder")
        return value.strip()

    def _forms(
        self,
        given: Mapping[str, Any],
        table: str,
        name: str,
        longest: int,
        *,
        required: bool,
        kind: Words = Words.SENTENCE,
    ) -> Alternatives:
        value = given.get(name, [])
        forms = [value] if isinstance(value, str) else value
        if not isinstance(forms, list) or not all(isinstance(each, str) for each in forms):
            self._say(table, name, "is one sentence in quotation marks, or a list of them")
            return ()
        kept = tuple(each.strip() for each in forms if each.strip())
        if len(kept) > MOST_FORMS:
            self._say(table, name, f"has more than {MOST_FORMS} forms")
        for each in kept[:MOST_FORMS]:
            self._check(each, table, name, longest, kind)
        if required and not kept:
            self._say(table, name, "is missing or empty")
        elif required and (open_ := (set(PLACEHOLDER.findall(kept[-1])) & PLACEHOLDERS.keys()) - ALWAYS):
            self._say(
                table,
                name,
                f"needs a last form that can always be printed: {{{min(open_)}}} may lack a value",
            )
        return kept

    def _check(self, text: str, table: str, name: str, longest: int, kind: Words) -> None:
        for words in problems_with(text, longest, kind, signed=self.signed):
            self._say(table, name, words)

    def _over(self, part: str, title: str, table: str, key: str) -> None:
        """What keeps a title from standing over that part, which may be an action group or a paragraph of one's own."""
        if title and not self.signed:
            for words in problems_over(part, title, short=key == "short_title"):
                self._say(table, key, words)

    def _told_apart(self, sections: Sequence[Section]) -> None:
        """A paragraph of one's own under the title of a part would be read as that part."""
        of_parts = {plain_title(each.title) for each in sections if each.part != OWN}
        of_parts |= {plain_title(part) for part in (*self.form.page_one, *self.form.body)}
        for table, title in self.own_titles:
            if not self.signed and plain_title(title) in of_parts:
                self._say(table, "title", f'"{_shown_key(title)}" is the title of a part; give your paragraph another')

    # -- problems

    def _known(self, given: Mapping[str, Any], known: Sequence[str], table: str) -> None:
        for name in given:
            if name not in known:
                listed = ", ".join(known) or "nothing"
                self._say(table, name, f"is not known here; this place takes {listed}")

    def _say(self, table: str, key: str, words: str) -> None:
        line = self.places.line(table, key)
        zone, _, number = table.partition(" ")
        place = f"{zone} {int(number) + 1}" if number else zone
        self.problems.append(Problem(line, ", ".join(x for x in (place, _shown_key(key)) if x), words))


def _kind_of(name: str, kind: Words = Words.SENTENCE) -> Words:
    if name in OF_AN_ABSENCE:
        return Words.OF_AN_ABSENCE
    return Words.ABOUT if name == "about" else Words.MEANING if name in MEANINGS else kind


def _shown(value: object) -> str:
    return f'"{_shown_key(value)}"' if isinstance(value, str) else "this"


def _shown_key(key: str) -> str:
    """Somebody's own word, short and on one line."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in key)
    return printable if len(printable) <= 40 else printable[:39] + "…"
