"""Two forms of one visit, compared field by field with what both began from: two people, or one at two PCs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import typed_form
from poems_registry.catalogue.wording import NOT_RECORDED_WORDS
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.findings import STATE_WORDS
from poems_registry.domain.merging import Merge, Side, three_way
from poems_registry.domain.records import Action, Encounter, Medicine, PatientFile, VisitType
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.conflict.shown import ConflictShown, lines_of, taken_of
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.visit.opening import short_name
from poems_registry.ui.screens.visit.shown import Head
from poems_registry.ui.visit_words import VISIT_TYPE_WORDS

Part = str | tuple[str, ...] | FieldDraft | Medicine | Action
_HEAD = {Head.ON: "Visit date", Head.TIME: "Time", Head.VISIT_TYPE: "Type", Head.SEEN_BY: "Seen by"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two forms that began from the same one: what is here, and what was signed or kept meanwhile.

    `by` says who did that and when, `began` what both began from, `keep` stores what comes of it.
    """

    file: PatientFile
    base: VisitDraft
    mine: VisitDraft
    theirs: VisitDraft
    title: str
    by: str
    began: str
    keep: Callable[[VisitDraft], object]

    @property
    def merge(self) -> Merge[Part]:
        """Field by field; medicines and actions line by line, by name."""
        return three_way(parts_of(self.base), parts_of(self.mine), parts_of(self.theirs))

    def settled(self, choices: dict[str, Side]) -> VisitDraft:
        """The draft that comes of it, on top of theirs."""
        return draft_of(self.merge.choose(choices))

    def shown(self, today: date) -> ConflictShown:
        """The question in words."""
        merge, blank = self.merge, tr(NOT_RECORDED_WORDS)
        taken = taken_of(merge, label_of, words_of, blank)
        return ConflictShown(
            who=identity_of(self.file.patient, today, clinical=True),
            title=self.title,
            lines=lines_of(merge.clashes, label_of, words_of, blank),
            theirs_by=self.by,
            button=tr("Go on with these for {who}", who=short_name(self.file.patient)),
            before_when=self.began,
            mine_when=tr("your draft"),
            taken=tuple(tr("Taken from theirs: {words}", words=words) for words in taken),
        )


def two_amendments(
    file: PatientFile, base: Encounter, mine: VisitDraft, theirs: Encounter, keep: Callable[[VisitDraft], object]
) -> Meeting:
    """My amendment of one version, and the version somebody else signed meanwhile."""
    signature, by = theirs.signature, ""
    if signature is not None:
        at = signature.at.astimezone()
        by = tr("{name}, {time}", name=signature.name, time=f"{show_date(at.date())} {show_time(at)}")
    began = tr("version {number}", number=base.version_number)
    old, new = typed_form(CATALOGUE, base), typed_form(CATALOGUE, theirs)
    return Meeting(file, old, mine, new, tr("Two people amended this visit"), by, began, keep)


def two_places(opened: OpenVisit, base: VisitDraft, mine: VisitDraft, keep: Callable[[VisitDraft], object]) -> Meeting:
    """The same person's draft, typed into at two PCs."""
    by = tr("you, elsewhere")
    if opened.saved_at is not None:
        by = tr("you, elsewhere, {time}", time=show_time(opened.saved_at.astimezone()))
    title, began = tr("You went on with this draft at another PC"), tr("before both")
    return Meeting(opened.file, base, mine, opened.draft, title, by, began, keep)


def parts_of(draft: VisitDraft) -> dict[str, Part]:
    """A form as parts that are compared one by one."""
    head = {Head.ON: draft.on, Head.TIME: draft.time, Head.VISIT_TYPE: draft.visit_type}
    parts: dict[str, Part] = {f"head:{key}": text for key, text in head.items() if text}
    if draft.seen_by:
        parts[f"head:{Head.SEEN_BY}"] = draft.seen_by
    parts |= {f"field:{code}": field for code, field in draft.fields.items()}
    for kind, named in (
        ("medicine", [(m.name, m) for m in draft.medicines]),
        ("action", [(a.what, a) for a in draft.actions]),
    ):
        for name, line in named:
            key, number = f"{kind}:{name}", 2
            while key in parts:
                key, number = f"{kind}:{name}#{number}", number + 1
            parts[key] = line
    return parts


def draft_of(parts: dict[str, Part]) -> VisitDraft:
    """The form again."""
    head: dict[str, str] = {}
    seen_by: tuple[str, ...] = ()
    medicines: list[Medicine] = []
    actions: list[Action] = []
    fields: dict[str, FieldDraft] = {}
    for key, part in parts.items():
        match part:
            case FieldDraft():
                fields[key.partition(":")[2]] = part
            case Medicine():
                medicines.append(part)
            case Action():
                actions.append(part)
            case tuple():
                seen_by = part
            case str():
                head[key.partition(":")[2]] = part
    return VisitDraft(
        on=head.get(Head.ON, ""),
        time=head.get(Head.TIME, ""),
        visit_type=head.get(Head.VISIT_TYPE, ""),
        seen_by=seen_by,
        fields=fields,
        medicines=tuple(medicines),
        actions=tuple(actions),
    )


def label_of(key: str) -> str:
    """What a part is called."""
    kind, _, code = key.partition(":")
    if kind == "head":
        return tr(_HEAD[Head(code)])
    if kind == "field":
        return CATALOGUE.item(code).label if code in CATALOGUE.items else code
    return code or tr("A line without a name")


def words_of(key: str, part: Part) -> str:
    """What a part says."""
    match part:
        case FieldDraft():
            return _field(key.partition(":")[2], part)
        case Medicine():
            told = (part.dose, part.route, tr(part.change.value), part.why, part.when, part.supply)
            return ", ".join(text for text in told if text)
        case Action():
            return ", ".join(text for text in (tr(part.group.value), part.who, part.by_when) if text)
        case tuple():
            return "; ".join(part)
        case str():
            return tr(VISIT_TYPE_WORDS[VisitType(part)]) if key == f"head:{Head.VISIT_TYPE}" else part


def _field(code: str, field: FieldDraft) -> str:
    said = tr(STATE_WORDS[field.state]) if field.state is not None else _value(code, field.text)
    beside = (field.attribution_text, field.assay, field.sample_time, field.note)
    limits = f"{field.limit_low} to {field.limit_high}" if field.limit_low or field.limit_high else ""
    return ", ".join(text for text in (said, limits, *beside) if text)


def _value(code: str, text: str) -> str:
    item = CATALOGUE.items.get(code)
    if item is not None and item.unit and text.strip() and not any(letter.isalpha() for letter in text):
        return f"{text} {item.unit}"  # as it would be read: a unit of its own is kept
    options = {option.code: option.label for option in getattr(item.kind, "options", ())} if item is not None else {}
    return ", ".join(options.get(part, part) for part in text.split("|")) if options else text
