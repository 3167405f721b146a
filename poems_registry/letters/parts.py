"""The parts of letters: what the record says of each, and the author's own words where there are any.

Generated text is never lost: an edit stands beside it and can be put back. The order is the template's (`arranging`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from poems_registry.domain.records import Action as Request
from poems_registry.domain.records import ActionFor, ClinicProfile, Encounter
from poems_registry.letters import closing, result_days, results, results_words
from poems_registry.letters.diagnoses import diagnoses
from poems_registry.letters.features import Feature, features
from poems_registry.letters.journey import figure, treatments
from poems_registry.letters.medicines import (
    MEDICINES_WITH_CHANGES,
    allergies,
    medicines,
    medicines_title,
    medicines_words,
)
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Action, Block, Figure, Item, Numbered, Paragraph, Run, plain, words


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter.

    `text` is what the record says, `own` the author's words instead of it (None: none). `title` names it on the desk,
    `heading` stands over the generated `blocks` on the page; `actions` and `feature` stand for parts that share a box
    or a table with others. `short`: its longer title would promise too much.
    """

    key: str
    title: str
    text: str
    editable: bool
    source_words: str
    own: str | None = None
    blocks: tuple[Block, ...] = ()
    actions: tuple[Action, ...] = ()
    feature: Feature | None = None
    heading: str = ""
    short: bool = False

    @property
    def edited(self) -> bool:
        """Whether the author's words stand instead of the record's."""
        return self.own is not None

    @property
    def words(self) -> str:
        """What will be printed."""
        return self.text if self.own is None else self.own


ACTION_PARTS = {
    "actions_gp": (ActionFor.GP, "For your GP"),
    "actions_you": (ActionFor.PATIENT, "For you"),
    "actions_hospital": (ActionFor.HOSPITAL, "For the hospital team"),
}
ADDRESSEE = "addressee"
FEATURE_PARTS = tuple(f"feature_{letter}" for letter in "poems")


def own_words_in(part: Part, edits: Mapping[str, str]) -> Part:
    """The part with the author's words; a feature that was emptied keeps the record's, for it is never blank."""
    own = edits.get(part.key)
    if own is None or not part.editable or own == part.text or (part.feature is not None and not own.strip()):
        return part
    return replace(part, own=own)


def printed_blocks(part: Part) -> tuple[Block, ...]:
    """The blocks of a part as printed, the author's words instead of the record's where there are any."""
    if part.own is None:
        return part.blocks
    if part.key == "diagnoses":
        items = [_without_number(line) for line in part.own.splitlines() if line.strip()]
        return (Numbered(tuple(Item(plain(line)) for line in items)),) if items else ()
    return closing.paragraphs(part.own)


def printed_actions(part: Part) -> tuple[Action, ...]:
    """The actions of a part as printed: of an edited line the bracket at its end is the *by when*.

    A line that the author left as it was is the record's own action: its bracket may be part of what is asked.
    """
    if part.own is None:
        return part.actions
    told = [_without_number(line) for line in part.text.splitlines()]
    kept = dict(zip(told, part.actions, strict=True)) if len(told) == len(part.actions) else {}
    lines = [_without_number(line) for line in part.own.splitlines() if line.strip()]
    return tuple(kept.get(line) or _read_action(line) for line in lines)


def text_part(key: str, title: str, text: str, source: str, *, editable: bool = True) -> Part:
    return Part(key, title, text, editable, source, blocks=closing.paragraphs(text))


def blocks_part(key: str, title: str, blocks: tuple[Block, ...], text: str, source: str) -> Part:
    return Part(key, title, text, False, source, blocks=blocks)


def diagnoses_part(visit: Visit, standing: Standing, source: str) -> Part:
    listed = diagnoses(visit, standing)
    text = "\n".join(f"{number}. {each.words}" for number, each in enumerate(listed, start=1))
    block = Numbered(tuple(Item(each.runs) for each in listed))
    return Part("diagnoses", "Diagnoses", text, True, source, blocks=(block,))


def action_parts(encounter: Encounter, source: str) -> list[Part]:
    """The three groups; numbers run through, as in print."""
    made, number = [], 1
    for key, (group, title) in ACTION_PARTS.items():
        asked = [a for a in encounter.actions if a.group is group]
        text = "\n".join(f"{number + i}. {_action_line(a)}" for i, a in enumerate(asked))
        number += len(asked)
        actions = tuple(Action(plain(_what(a)), a.by_when) for a in asked)
        made.append(Part(key, title, text, True, source, actions=actions))
    return made


def _what(action: Request) -> str:
    return f"{action.what.rstrip('.')} ({action.who})." if action.who else action.what


def _action_line(action: Request) -> str:
    return _what(action) + (f" ({action.by_when})" if action.by_when else "")


def _read_action(what: str) -> Action:
    if what.endswith(")") and " (" in what:
        what, _, when = what.removesuffix(")").rpartition(" (")
        return Action(plain(what), when)
    return Action(plain(what))


def _without_number(line: str) -> str:
    """A line of a list without its `2.`; figures without the point are the author's own, such as `2 tablets`."""
    head, _, rest = line.strip().partition(" ")
    return rest.strip() if rest and head.endswith(".") and head[:-1].isdigit() else line.strip()


def medicines_part(visit: Visit, source: str) -> Part:
    title = medicines_title(visit)
    made = blocks_part("medicines", title, medicines(visit), medicines_words(visit), source)
    return replace(made, short=title != MEDICINES_WITH_CHANGES)


def allergies_part(visit: Visit) -> Part:
    runs = allergies(visit.file.patient)
    return blocks_part("allergies", "Allergies", (Paragraph(runs),), words(runs), "from details")


def feature_parts(visit: Visit, source: str) -> list[Part]:
    rows = zip(FEATURE_PARTS, features(visit), strict=True)
    return [Part(key, f"{row.letter}: {row.name}", words(row.found), True, source, feature=row) for key, row in rows]


def results_part(visit: Visit, standing: Standing, source: str) -> Part:
    """The results of a visit beside those of before."""
    shown = result_days.dates_shown(visit)
    return told_results(visit, standing, source, shown, results.series(visit, shown))


def told_results(
    visit: Visit,
    standing: Standing,
    source: str,
    shown: Sequence[result_days.When],
    rows: Sequence[results.Series],
    others_are: str = "Other results of this visit.",
) -> Part:
    """Series as a table, a sentence for those that need no row, and what the tests are."""
    if not rows:
        return blocks_part("results", "Blood results and scores", (), "", source)
    in_table, told = results_words.sorted_out(shown, rows)
    notes = results_words.explanations((*in_table, *told), dict(standing.levels), first=visit.first)
    blocks: list[Block] = [results.table(shown, in_table)] if in_table else []
    others = results_words.told(shown, told)
    if others:
        blocks.append(Paragraph((Run(others_are, bold=True), Run(f" {others}"))))
    if notes:
        blocks.append(Paragraph(plain(notes), small=True, quiet=True))
    text = "\n".join(line for line in (results_words.lines(shown, in_table), others, notes) if line)
    return blocks_part("results", "Blood results and scores", tuple(blocks), text, source)


def journey_part(visit: Visit, standing: Standing) -> Part:
    drawing, lines = figure(visit, standing), treatments(visit)
    blocks: list[Block] = [drawing] if isinstance(drawing, Figure) else []
    if lines:
        blocks.append(Paragraph(plain(lines), small=True, quiet=drawing is not None))
    title = "Results and treatment over time" if drawing else "Treatment"
    return replace(blocks_part("journey", title, tuple(blocks), lines, "from the record"), short=drawing is None)


def safety_part(visit: Visit, clinic: ClinicProfile) -> Part:
    made = closing.safety(visit, clinic)
    text = "\n".join(words(paragraph.runs) for paragraph in made)
    return Part("safety", "When to get help", text, True, "from settings and medicines", blocks=made)


def copies_part(visit: Visit) -> Part:
    """The default recipients; the author's list is an edit like any other."""
    text = "\n".join(closing.recipients(visit.file.patient, None))
    return Part(closing.COPIES, "Copies to", text, True, "from details")
