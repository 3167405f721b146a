"""Puts the parts of a letter into the order of its template, under its titles, and prints them so.

No template loses words of an author: those for a part that it leaves out, or has no more, are printed
at the end of the body.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from poems_registry.letters import closing
from poems_registry.letters.features_table import features_table
from poems_registry.letters.parts import (
    ACTION_PARTS,
    ADDRESSEE,
    FEATURE_PARTS,
    Part,
    own_words_in,
    printed_actions,
    printed_blocks,
    text_part,
)
from poems_registry.letters.template import OWN, Section, Template, Wording, filled
from poems_registry.letters.template_form import FROM_TEMPLATE, MAY_BE_UNTITLED
from poems_registry.pages.document import ActionGroup, Actions, Block, Heading, Paragraph, Run, bold, plain

OPENING, CLOSING = "opening", "closing"
_GROUPS = {"actions": tuple(ACTION_PARTS), "features": FEATURE_PARTS}
_RUN_IN = frozenset({"information"})
"""Short parts whose title stands in bold before their words."""
_ACTION_TITLES = {"actions_gp": "gp", "actions_you": "you", "actions_hospital": "hospital"}
_FIRST, _BETWEEN, _LAST = (ADDRESSEE, "attendance"), ("greeting",), (closing.COPIES,)


def in_order(made: Sequence[Part], wording: Wording, edits: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts of a letter in print order with the author's words, without those that the template leaves out."""
    given = {part.key: own_words_in(part, edits) for part in made}
    template = wording.template
    fixed = {key: _fixed(key, title, wording, edits) for key, title in ((OPENING, "Opening"), (CLOSING, "Closing"))}
    page_one = [part for section in template.page_one for part in _of(section, given, wording, edits)]
    body = [part for section in template.body for part in _of(section, given, wording, edits)]
    placed = {part.key for part in (*page_one, *body)} | {*_FIRST, *_BETWEEN, *_LAST}
    left_over = [part for part in given.values() if part.key not in placed and part.edited]
    left_over += [_without_place(key, words) for key, words in edits.items() if key not in placed and _is_own(key)]
    return (
        *_present(given, _FIRST),
        *page_one,
        *_present(given, _BETWEEN),
        *fixed[OPENING],
        *body,
        *left_over,
        *fixed[CLOSING],
        *_present(given, _LAST),
    )


def page_one(made: Sequence[Part], template: Template) -> tuple[Block, ...]:
    """What the GP needs: who saw whom when, then the template's parts."""
    by_key = {part.key: part for part in made}
    attendance = by_key.get("attendance")
    first = (Paragraph(plain(attendance.words), small=True),) if attendance is not None else ()
    return (*first, *(block for section in template.page_one for block in _printed(section, by_key, template)))


def body(made: Sequence[Part], template: Template) -> tuple[Block, ...]:
    """What is said to whom the letter is addressed, from the greeting to what is left before the sign-off."""
    by_key = {part.key: part for part in made}
    blocks: list[Block] = [Paragraph(plain(by_key["greeting"].words), leads=True)]
    blocks += headed(by_key[OPENING]) if OPENING in by_key else ()
    for section in template.body:
        blocks += _printed(section, by_key, template)
    placed = {key for section in template.sections for key in _GROUPS.get(section.part, (section.key,))}
    rest = [part for part in made if part.key not in placed | {*_FIRST, *_BETWEEN, *_LAST, OPENING, CLOSING}]
    for part in rest:
        blocks += headed(part)
    return (*blocks, *(headed(by_key[CLOSING]) if CLOSING in by_key else ()))


def actions_box(made: Mapping[str, Part], template: Template) -> Actions:
    """The box with its groups, each printed even if nothing is asked."""
    groups = (ActionGroup(made[key].title, printed_actions(made[key])) for key in ACTION_PARTS)
    words = template.actions
    return Actions(tuple(groups), title=words["title"], when_label=words["by_when"], nothing=words["nothing"])


def headed(part: Part) -> tuple[Block, ...]:
    """A part under its heading; an empty part prints nothing."""
    blocks = printed_blocks(part)
    if not blocks or not part.heading:
        return blocks
    if part.key in _RUN_IN and isinstance(blocks[0], Paragraph):
        first = replace(blocks[0], runs=(*bold(f"{part.heading.rstrip('.')}."), Run(" "), *blocks[0].runs))
        return (first, *blocks[1:])
    return (Heading(part.heading), *blocks)


def _of(section: Section, given: Mapping[str, Part], wording: Wording, edits: Mapping[str, str]) -> Iterator[Part]:
    if section.part == OWN:
        words = filled(section.words, wording.values)
        fixed = text_part(section.key, section.title or "Fixed words", words, FROM_TEMPLATE)
        yield own_words_in(replace(fixed, heading=section.title), edits)
        return
    for key in _GROUPS.get(section.part, (section.part,)):
        part = given.get(key)
        if part is None:
            continue
        if key in _ACTION_TITLES and section.part == "actions":
            yield replace(part, title=wording.template.actions[_ACTION_TITLES[key]])
        elif section.part in _GROUPS:
            yield part
        else:
            heading = _heading(section, part)
            yield replace(part, title=heading or part.title, heading=heading)


def _heading(section: Section, part: Part) -> str:
    """The template's title; its own where the template gives none, unless it is a part that needs none."""
    wanted = section.short_title if part.short else section.title
    return wanted or ("" if part.key in MAY_BE_UNTITLED else part.title)


def _printed(section: Section, by_key: Mapping[str, Part], template: Template) -> tuple[Block, ...]:
    if section.part == "actions":
        return (actions_box(by_key, template),)
    if section.part == "features":
        five = [by_key[key] for key in FEATURE_PARTS]
        return (Heading(section.title or "The five features"), features_table(five))
    part = by_key.get(section.key)
    return headed(part) if part is not None else ()


def _fixed(key: str, title: str, wording: Wording, edits: Mapping[str, str]) -> tuple[Part, ...]:
    words = wording.sentence(key)
    if not words and key not in edits:
        return ()
    return (own_words_in(text_part(key, title, words, FROM_TEMPLATE), edits),)


def _is_own(key: str) -> bool:
    return key.startswith(f"{OWN}_")


def _without_place(key: str, words: str) -> Part:
    return replace(text_part(key, "Your own words", "", "no place in the template"), own=words)


def _present(given: Mapping[str, Part], keys: Sequence[str]) -> tuple[Part, ...]:
    return tuple(given[key] for key in keys if key in given)
