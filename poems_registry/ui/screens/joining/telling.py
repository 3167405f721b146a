"""Two records in words, side by side: each field as both say it and as the joined record will, and what will happen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from poems_registry.domain.address import one_line
from poems_registry.domain.dates import show_date
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import show as show_number
from poems_registry.domain.records import Patient, PatientSummary
from poems_registry.services.joining import Pair
from poems_registry.services.proposing import Proposed
from poems_registry.ui import person_facts
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import identity_of
from poems_registry.ui.joined_words import ended_words, who
from poems_registry.ui.person_facts import FactGroup, FactShown
from poems_registry.ui.screens.joining.shown import (
    After,
    CandidateRow,
    ConfirmShown,
    FieldLine,
    LineGroup,
    PairShown,
    ProposedShown,
)

HANGS = {
    "encounter:clinic": "Visits",
    "encounter:sample": "Samples with results",
    "encounter:imaging": "Imaging",
    "encounter:neurophysiology": "Neurophysiology",
    "encounter:questionnaire": "Questionnaires",
    "encounter:phone": "Calls",
    "treatment_line": "Lines of treatment",
    "supportive_care": "Supportive care",
    "event": "Events",
    "letter": "Letters",
    "consent": "Answers about consent",
    "referral": "Referrals to the clinic",
    "onward_referral": "Onward referrals",
    "advice_call": "Calls for advice",
    "mdt_entry": "MDT entries",
    "status_change": "Changes of status",
    "hospital_number": "Hospital numbers",
}
"""What is counted by its name; anything else that moves is counted together."""

_PARTS = frozenset({"line_drug", "radiotherapy", "transplant", "letter_copy"})
"""Parts of what is counted already."""


def row_of(patient: Patient) -> CandidateRow:
    """Somebody the registry says is alike."""
    numbers = [show_number(patient.nhs_number)] if patient.nhs_number else []
    numbers += [number.value for number in patient.hospital_numbers]
    return CandidateRow(
        patient.id,
        formal(patient.family_name, patient.given_name, patient.title) or patient.study_number,
        show_date(patient.born) if patient.born is not None else tr("Not recorded"),
        ", ".join(numbers) or patient.study_number or tr("Not recorded"),
        one_line(patient.address, patient.postcode) or tr("Not recorded"),
    )


def row_of_summary(row: PatientSummary) -> CandidateRow:
    """Somebody who was searched for; where they live stands in the comparison."""
    number = show_number(row.nhs_number) if row.nhs_number else ""
    numbers = ", ".join(part for part in (number, row.hospital_number, row.study_number) if part)
    born = show_date(row.born) if row.born is not None else tr("Not recorded")
    return CandidateRow(row.id, row.name, born, numbers or tr("Not recorded"), tr("See the comparison"))


def pair_shown(pair: Pair, second: str = "", proposed: ProposedShown | None = None) -> PairShown:
    """Everything that a person needs to decide."""
    groups = tuple(_groups(pair))
    return PairShown(
        staying=who(pair.staying),
        other=who(pair.other),
        groups=groups,
        hangs=tuple(_hangs(pair)),
        warnings=pair.differences,
        blocked=_blocked(pair),
        steps=tuple(_steps(pair, groups)),
        button=tr("Propose to join into the record of {name}", name=_name(pair.staying)),
        second=second,
        proposed=proposed,
    )


def proposed_shown(proposed: Proposed, second: str) -> ProposedShown:
    """What was proposed, and what whoever looks can do about it; `second` says who can confirm one's own."""
    said = {"name": proposed.proposal.by, "day": show_date(proposed.proposal.at.astimezone().date())}
    both = {"other": who(proposed.other), "staying": who(proposed.staying)}
    title = tr("{name} proposed on {day} to join {other} into the record of {staying}.", **said, **both)
    reason = proposed.proposal.reason
    if not proposed.proposal.waits:
        return ProposedShown(title, reason, "", ended_words(proposed))
    changed = ""
    if proposed.changed:
        changed = tr("One of the two records was changed since it was proposed: both are shown as they are now.")
    if proposed.mine:
        return ProposedShown(title, reason, second, "", changed, take_back=tr("Take the proposal back"))
    if not proposed.may_decide:
        return ProposedShown(title, reason, tr("Somebody who may join records has to confirm it."), "", changed)
    return ProposedShown(
        title,
        reason,
        tr("You are the second person. Nothing has changed yet: compare both records yourself, then decide."),
        "",
        changed,
        confirm=tr("Confirm…"),
        decline=tr("Decline…"),
    )


def asked_to_confirm(proposed: Proposed, pair: Pair, today: date) -> ConfirmShown:
    """The question for the password, with what moves."""
    return ConfirmShown(
        identity_of(proposed.staying, today, clinical=False),
        tr("Join two records of one person"),
        tr("{name} proposed it. Your password says that you compared both yourself.", name=proposed.proposal.by),
        (tr("{who} stays.", who=who(pair.staying)), tr("{who} goes into it.", who=who(pair.other)), moving(pair)),
        tr("Join into the record of {name}", name=_name(pair.staying)),
    )


def _name(patient: Patient) -> str:
    return formal(patient.family_name, patient.given_name) or patient.study_number


def _blocked(pair: Pair) -> str:
    if pair.two_people:
        return tr(
            "Each record has an NHS number that is verified, and the numbers differ: these are two people. If one"
            " of the numbers is wrong, correct it in Details first."
        )
    return ""


def _all_groups(patient: Patient) -> tuple[FactGroup, ...]:
    of = person_facts
    return (of.person(patient), of.reach(patient), of.practice(patient), of.needs(patient), of.clinical(patient))


def _groups(pair: Pair) -> Iterator[LineGroup]:
    """Only lines of which at least one record says something."""
    staying, other, after = (_all_groups(each) for each in (pair.staying, pair.other, pair.filled))
    for mine, theirs, then in zip(staying, other, after, strict=True):
        labels = list(dict.fromkeys(fact.label for fact in (*then.facts, *mine.facts, *theirs.facts)))
        said = [{fact.label: fact for fact in group.facts} for group in (mine, theirs, then)]
        lines = tuple(_line(label, *(each.get(label) for each in said)) for label in labels if _known(label, said))
        if lines:
            yield LineGroup(mine.title, lines)


def _known(label: str, said: Sequence[Mapping[str, FactShown]]) -> bool:
    return any(label in each and each[label].known for each in said[:2])


def _words(fact: FactShown | None) -> str:
    return "\n".join(fact.lines) if fact is not None else tr("Not recorded")


def _line(label: str, mine: FactShown | None, theirs: FactShown | None, then: FactShown | None) -> FieldLine:
    a, b, c = _words(mine), _words(theirs), _words(then)
    says = theirs is not None and theirs.known
    if a == b:
        fate = After.SAME
    elif c == a:
        fate = After.NOT_TAKEN if says else After.KEPT
    else:
        fate = After.TAKEN if c == b else After.TOGETHER
    return FieldLine(label, a, b, c, fate)


def _hangs(pair: Pair) -> Iterator[tuple[str, str, str]]:
    for name, words in HANGS.items():
        mine, theirs = pair.staying_has.get(name, 0), pair.other_has.get(name, 0)
        if mine or theirs:
            yield tr(words), f"{mine:,}", f"{theirs:,}"
    rest = [sum(n for name, n in has.items() if name not in HANGS and name not in _PARTS) for has in _both(pair)]
    if any(rest):
        yield tr("Other entries"), f"{rest[0]:,}", f"{rest[1]:,}"


def _both(pair: Pair) -> tuple[Mapping[str, int], Mapping[str, int]]:
    return pair.staying_has, pair.other_has


def moving(pair: Pair) -> str:
    """What moves, counted."""
    things = [f"{words.lower()} {theirs}" for words, _, theirs in _hangs(pair) if theirs != "0"]
    if not things:
        return tr("Nothing hangs on the other record, so nothing moves.")
    return tr("Into it moves all that hangs on the other record: {things}.", things=", ".join(things))


def _steps(pair: Pair, groups: Sequence[LineGroup]) -> Iterator[str]:
    yield tr("{who} stays.", who=who(pair.staying))
    yield moving(pair)
    for fates, words in (
        ((After.TAKEN, After.TOGETHER), tr("Taken over or put together: {fields}.")),
        ((After.NOT_TAKEN,), tr("Both say something else of these, and the record that stays is believed: {fields}.")),
    ):
        fields = [line.label for group in groups for line in group.lines if line.fate in fates]
        if fields:
            yield words.format(fields=", ".join(fields))
    yield tr("The other record is hidden. Its name and numbers find this one, and lists and letters lead here.")
    yield tr("Signed visits and letters stay exactly as they were signed.")
    if pair.queued:
        yield tr_count(
            "{count} copy of a letter has not left yet: it stays where it waits, in the record that stays.",
            "{count} copies of letters have not left yet: they stay where they wait, in the record that stays.",
            pair.queued,
        )
    yield tr("All of it happens at once or not at all. It can be undone from Details, or under Admin by who may.")
