"""A section's findings as sentences: what was recorded, why something was not, and what silence must not hide.

Every word comes from the catalogue; this module decides only what is said, behind what, and in which order.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.comparable import taken_otherwise
from poems_registry.catalogue.item import Derived, Item, Section, lower_first
from poems_registry.catalogue.kinds import Choice, YesNo
from poems_registry.catalogue.wording import PAIRED, derived_words, sentence, value_in_letter
from poems_registry.domain.dates import letter_date
from poems_registry.domain.findings import Attribution, Finding, State
from poems_registry.domain.records import Encounter
from poems_registry.letters.visit import Visit

ASKED_EACH_TIME = frozenset({"neuropathic_pain", "autonomic"})
_HARMLESS = frozenset({"none", "normal", "absent", "no"})


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence without its full stop. A `bare_no` may be joined to its neighbours: "No a, no b and no c".

    Sentences with the same `tail` behind their `name` may share it: "Thyroid and adrenal glands: normal".
    """

    item: str
    text: str
    bare_no: bool = False
    present: bool = False
    name: str = ""
    tail: str = ""


Leave = Callable[[Item], bool]


def tell(visit: Visit, section: Section, leave: Leave = lambda _: False, assessed: bool = True) -> tuple[Said, ...]:
    """What the visit says about a section, in the order of the form.

    `leave` names items that are printed elsewhere. Only when the section was `assessed` can silence about an item be
    read as "no": then an item that was present the last time is said to be not recorded.
    """
    totals = [d for d in section.derived if d.in_letter and not any(CATALOGUE.item(n).lab for n in d.needs)]
    parts = {need for total in totals for need in total.needs}
    said: list[Said] = []
    for item in section.items:
        if item.code in parts or leave(item) or not speaks(item) or _told_with_another(visit, item, leave):
            continue
        one = tell_item(visit, item, silence_counts=assessed)
        if one is not None:
            said.append(one)
    told = [total for total in totals if not leave(CATALOGUE.item(total.needs[0]))]
    return (*said, *(one for total in told for one in _total(visit, total)))


def speaks(item: Item) -> bool:
    """Whether an item is one for sentences: results stand in the table, research and notes nowhere."""
    return item.in_letter and not (item.lab or item.research or item.retired)


def tell_item(visit: Visit, item: Item, *, silence_counts: bool = False) -> Said | None:
    """One item's sentence with its details; None when there is nothing to say."""
    finding, last = visit.finding(item.code), visit.last(item.code)
    if finding is None:
        if silence_counts and last is not None and _silence_misleads(item, last[1]):
            return _without_value(item, None, last)
        return None
    text = sentence(item, finding, last)
    if not text:
        return None
    if finding.state is not State.RECORDED:
        return _without_value(item, finding, last)
    details = _details(visit, item, finding) + cause(finding)
    negative = isinstance(item.kind, YesNo) and finding.value == "absent"
    present = isinstance(item.kind, YesNo) and finding.value == "present"
    name, colon, value = text.partition(": ")
    shared = bool(colon) and isinstance(item.kind, Choice) and not details
    return Said(
        item.code,
        text + details,
        bare_no=negative and not details,
        present=present,
        name=name if shared else "",
        tail=value if shared else "",
    )


def _without_value(item: Item, finding: Finding | None, last: tuple[date, Finding] | None) -> Said:
    text = sentence(item, finding, last)
    name, _, tail = text.partition(": ")
    return Said(item.code, text, name=name, tail=tail)


def cause(finding: Finding) -> str:
    """What the clinician takes the finding to come from, when that is not POEMS or not certain."""
    if finding.attribution is Attribution.UNCERTAIN:
        return " (cause uncertain)"
    if finding.attribution is Attribution.OTHER:
        words = f": {finding.attribution_text}" if finding.attribution_text else ""
        return f" (thought to have another cause{words})"
    return ""


def joined(said: Sequence[Said]) -> str:
    """The sentences as one paragraph; neighbouring negatives become one sentence, and so do equal answers."""
    sentences: list[str] = []
    run: list[str] = []
    for one in _shared(_in_pairs(said)):
        if one.bare_no:
            run.append(one.text)
            continue
        sentences += _negatives(run)
        run = []
        sentences.append(one.text)
    return stops([*sentences, *_negatives(run)])


def _in_pairs(said: Sequence[Said]) -> list[Said]:
    """Two sides with the same answer told as one: "no swelling at the back of either eye"."""
    out = list(said)
    for (one, other), (both, neither) in PAIRED.items():
        first = next((s for s in out if s.item == one), None)
        second = next((s for s in out if s.item == other), None)
        if first is None or second is None:
            continue
        together = None
        if first.bare_no and second.bare_no:
            together = replace(first, text=neither)
        elif first.tail and first.tail == second.tail:
            together = replace(first, text=f"{both}: {first.tail}", name=both)
        elif _bare(first) and _bare(second):
            together = replace(first, text=both)
        if together is not None:
            out[out.index(first)] = together
            out.remove(second)
    return out


def _bare(said: Said) -> bool:
    """A presence without anything said about it, such as its cause."""
    return said.present and said.text == sentence(CATALOGUE.item(said.item), Finding(said.item, "present"))


def _shared(said: Sequence[Said]) -> list[Said]:
    """Each answer that several items share is told once, where the first of them stands."""
    out: list[Said] = []
    told: set[str] = set()
    for one in said:
        same = [s for s in said if one.tail and _alike(one, s)]
        if len(same) < 2:
            out.append(one)
        elif one.item not in told:
            told.update(s.item for s in same)
            names = [s.name if s is one else lower_first(s.name) for s in same]
            out.append(Said(one.item, f"{', '.join(names[:-1])} and {names[-1]}: {one.tail}"))
    return out


def _alike(one: Said, other: Said) -> bool:
    """Whether two answers may share a sentence: the same words to the same kind of question."""
    return other.tail == one.tail and CATALOGUE.item(other.item).kind == CATALOGUE.item(one.item).kind


def stops(sentences: Iterable[str]) -> str:
    """Sentences set one behind the other, each with one full stop."""
    return " ".join(s if s.endswith((".", "!", "?")) else s + "." for s in (s.strip() for s in sentences) if s)


def _negatives(run: list[str]) -> list[str]:
    if not run:
        return []
    first, *rest = run
    lowered = [first, *(text[:1].lower() + text[1:] for text in rest)]
    return [lowered[0] if not rest else ", ".join(lowered[:-1]) + " and " + lowered[-1]]


def _told_with_another(visit: Visit, item: Item, leave: Leave) -> bool:
    """Whether the item is said behind another one that is recorded and said here."""
    if not item.told_with or not _recorded(visit.finding(item.code)):
        return False
    leader = CATALOGUE.item(item.told_with)
    found = visit.finding(leader.code)
    told = speaks(leader) and not leave(leader) and found is not None and _recorded(found)
    return told and found is not None and _asked(item, found) and _suits(item, found)


def _details(visit: Visit, item: Item, finding: Finding) -> str:
    words = ""
    for follower in CATALOGUE.section_of[item.code].items:
        if follower.told_with != item.code:
            continue
        detail = visit.finding(follower.code)
        if not _recorded(detail) or detail is None or not (_asked(follower, finding) and _suits(follower, finding)):
            continue
        value = follower.detail.format(value_in_letter(follower, detail))
        words += value if value.startswith((" ", ",", ":")) else ", " + value
        words += cause(detail)
    return words


def _asked(follower: Item, leader: Finding) -> bool:
    when = follower.shown_when
    return when is None or when.item != leader.item or leader.value in when.codes


def _suits(follower: Item, leader: Finding) -> bool:
    """ "No nerve pain, at worst 5 out of 10" would be nonsense: such a detail then speaks for itself."""
    return leader.value == "present" or not follower.detail_of_presence


def _recorded(finding: Finding | None) -> bool:
    return finding is not None and finding.state is State.RECORDED


def _silence_misleads(item: Item, last: Finding) -> bool:
    """Whether saying nothing today could be read as "it has gone"."""
    if not (item.sign or item.own_cause or item.code in ASKED_EACH_TIME):
        return False
    if CATALOGUE.section_of[item.code].feature == "M":
        return False  # a marrow or a bone scan is not repeated at each visit; the diagnoses name what it showed
    return isinstance(item.kind, YesNo | Choice) and last.value not in _HARMLESS


def _total(visit: Visit, total: Derived) -> list[Said]:
    """`ONLS (...): 3 today, 4 on 12 August 2026`; with a part missing, the parts and what is missing, never a guess.

    Of two that were taken in different ways how each was: `3 today by questionnaire, 4 by observation on ...`.
    """
    value = CATALOGUE.compute(visit.encounter.findings).get(total.code)
    name = total.plain or total.label
    if value is not None:
        earlier = _last_total(visit, total)
        if earlier is None:
            return [Said(total.code, f"{name}: {derived_words(total, value)}")]
        before, was = earlier
        apart = taken_otherwise(total, _answers(visit.encounter), _answers(before))
        ways = tuple(f" {way}" for way in apart) if apart is not None else ("", "")
        now = f"{derived_words(total, value)} today{ways[0]}"
        then = f"{derived_words(total, was)}{ways[1]} on {letter_date(before.on)}"
        return [Said(total.code, f"{name}: {now}, {then}")]
    needs = [CATALOGUE.item(code) for code in total.needs]
    if not any(visit.finding(item.code) for item in needs):
        return []
    return [Said(i.code, sentence(i, visit.finding(i.code), visit.last(i.code))) for i in needs]


def _answers(encounter: Encounter) -> dict[str, Finding]:
    return {finding.item: finding for finding in encounter.findings if not finding.instance}


def _last_total(visit: Visit, total: Derived) -> tuple[Encounter, float] | None:
    for encounter in reversed(visit.before):
        value = CATALOGUE.compute(encounter.findings).get(total.code)
        if value is not None:
            return encounter, value
    return None
