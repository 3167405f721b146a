"""The letter as an ordered row of parts: what the record says of each, and the author's own words where there are any.

The order is the print order of nhs.md 3.1. Generated text is never lost: an edit stands beside it and can be put back.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from poems_registry.domain.dates import show_date
from poems_registry.domain.records import Action as Request
from poems_registry.domain.records import ActionFor, ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters import closing, result_days, results, results_words
from poems_registry.letters.diagnoses import diagnoses
from poems_registry.letters.features import Feature, features, other_findings
from poems_registry.letters.identity import greeting
from poems_registry.letters.journey import figure, treatments
from poems_registry.letters.medicines import allergies, medicines, medicines_title, medicines_words
from poems_registry.letters.response import response_words
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Action, Block, Figure, Item, Numbered, Paragraph, Run, plain, words


class Reader(StrEnum):
    """For whom a letter is written; a colleague's copy and a second, plainer render will stand here too."""

    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter.

    `text` is what the record says, `own` the author's words instead of it (None: none). `blocks` are the generated
    blocks under the heading `title`; `actions` and `feature` stand for parts that share a box or a table with others.
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
FEATURE_PARTS = tuple(f"feature_{letter}" for letter in "poems")


def parts(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    letter: LetterRecord,
    standing: Standing | None = None,
) -> tuple[Part, ...]:
    """All parts in print order, also the empty ones, so that an author can fill them."""
    visit = Visit(file, encounter)
    known = standing or (Standing.frozen(encounter.verdict) if encounter.verdict else Standing())
    source = f"from visit {show_date(encounter.on)}"
    made = [
        _text("attendance", "Attendance", closing.attendance(visit), source, editable=False),
        _diagnoses(visit, known, source),
        *_actions(encounter, source),
        _blocks("medicines", medicines_title(visit), medicines(visit), medicines_words(visit), source),
        _allergies(visit),
        _text("greeting", "Greeting", greeting(file.patient), "from details", editable=False),
        _text("summary", "Summary", visit.answer("summary"), source),
        _text("concerns", "What you told us", visit.answer("concerns"), source),
        *_features(visit, source),
        _text("other", "Other findings", other_findings(visit), source),
        _results(visit, known, source),
        _text("response", "Response to treatment", response_words(known.response), source),
        _journey(visit, known),
        _text("next", "What happens next", closing.what_next(visit), source),
        _safety(visit, clinic),
        _text("information", "Information given", visit.answer("information_given"), source),
        _text("needs", "Research and needs", closing.needs(file.patient), "from details"),
        _copies(visit),
    ]
    edits = dict(letter.edits)
    return tuple(_with_own_words(part, edits) for part in made)


def _with_own_words(part: Part, edits: dict[str, str]) -> Part:
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
    """The actions of a part as printed: of an edited line the bracket at its end is the *by when*."""
    if part.own is None:
        return part.actions
    return tuple(_read_action(line) for line in part.own.splitlines() if line.strip())


def _text(key: str, title: str, text: str, source: str, *, editable: bool = True) -> Part:
    return Part(key, title, text, editable, source, blocks=closing.paragraphs(text))


def _blocks(key: str, title: str, blocks: tuple[Block, ...], text: str, source: str) -> Part:
    return Part(key, title, text, False, source, blocks=blocks)


def _diagnoses(visit: Visit, standing: Standing, source: str) -> Part:
    listed = diagnoses(visit, standing)
    text = "\n".join(f"{number}. {each.words}" for number, each in enumerate(listed, start=1))
    block = Numbered(tuple(Item(each.runs) for each in listed))
    return Part("diagnoses", "Diagnoses", text, True, source, blocks=(block,))


def _actions(encounter: Encounter, source: str) -> list[Part]:
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


def _read_action(line: str) -> Action:
    what = _without_number(line)
    if what.endswith(")") and " (" in what:
        what, _, when = what.removesuffix(")").rpartition(" (")
        return Action(plain(what), when)
    return Action(plain(what))


def _without_number(line: str) -> str:
    """A line of a list without its `2.`; figures without the point are the author's own, such as `2 tablets`."""
    head, _, rest = line.strip().partition(" ")
    return rest.strip() if rest and head.endswith(".") and head[:-1].isdigit() else line.strip()


def _allergies(visit: Visit) -> Part:
    runs = allergies(visit.file.patient)
    return _blocks("allergies", "Allergies", (Paragraph(runs),), words(runs), "from details")


def _features(visit: Visit, source: str) -> list[Part]:
    rows = zip(FEATURE_PARTS, features(visit), strict=True)
    return [Part(key, f"{row.letter}: {row.name}", words(row.found), True, source, feature=row) for key, row in rows]


def _results(visit: Visit, standing: Standing, source: str) -> Part:
    shown = result_days.dates_shown(visit)
    rows = results.series(visit, shown)
    if not rows:
        return _blocks("results", "Blood results and scores", (), "", source)
    in_table, told = results_words.sorted_out(shown, rows)
    notes = results_words.explanations((*in_table, *told), dict(standing.levels), first=visit.first)
    blocks: list[Block] = [results.table(shown, in_table)] if in_table else []
    others = results_words.told(shown, told)
    if others:
        blocks.append(Paragraph((Run("Other results of this visit.", bold=True), Run(f" {others}"))))
    if notes:
        blocks.append(Paragraph(plain(notes), small=True, quiet=True))
    text = "\n".join(line for line in (results_words.lines(shown, in_table), others, notes) if line)
    return _blocks("results", "Blood results and scores", tuple(blocks), text, source)


def _journey(visit: Visit, standing: Standing) -> Part:
    drawing, lines = figure(visit, standing), treatments(visit)
    blocks: list[Block] = [drawing] if isinstance(drawing, Figure) else []
    if lines:
        blocks.append(Paragraph(plain(lines), small=True, quiet=drawing is not None))
    title = "Results and treatment over time" if drawing else "Treatment"
    return _blocks("journey", title, tuple(blocks), lines, "from the record")


def _safety(visit: Visit, clinic: ClinicProfile) -> Part:
    made = closing.safety(visit, clinic)
    text = "\n".join(words(paragraph.runs) for paragraph in made)
    return Part("safety", "When to get help", text, True, "from settings and medicines", blocks=made)


def _copies(visit: Visit) -> Part:
    """The default recipients; the author's list is an edit like any other."""
    text = "\n".join(closing.recipients(visit.file.patient, None))
    return Part(closing.COPIES, "Copies to", text, True, "from details")
