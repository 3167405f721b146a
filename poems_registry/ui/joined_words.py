"""Two records made one, in words: for the record that stayed, and for the list of all of them."""

from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import label
from poems_registry.domain.nhs_number import show as show_number
from poems_registry.domain.records import Patient
from poems_registry.services.joining import Joined
from poems_registry.services.proposing import ProposalState, Proposed, SecondPeople
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import identity_of
from poems_registry.ui.reasons import Act, ReasonShown

_NAMED = 3


@dataclass(frozen=True, slots=True)
class JoinedWords:
    """Which record, and what happened to it."""

    label: str
    lines: tuple[str, ...]


def who(patient: Patient) -> str:
    """`SMITH, Ann, born 14-Jul-1955, NHS No. 999 000 0050`: what tells one person from another."""
    name = formal(patient.family_name, patient.given_name) or patient.study_number
    born = tr("born {day}", day=show_date(patient.born)) if patient.born is not None else ""
    number = ""
    if patient.nhs_number:  # in one line, always
        number = f"{label(patient.nhs_number)} {show_number(patient.nhs_number)}".replace(" ", "\u00a0")
    number = number or patient.study_number
    return ", ".join(part for part in (name, born, number) if part)


def joined_words(joined: Joined, seen_from: int = 0) -> JoinedWords:
    """One merge; the other record is named, seen from the one that is open."""
    joining = joined.joining
    other = joined.hidden if seen_from == joined.staying.id else joined.staying
    moved = tr_count("{count} entry moved", "{count} entries moved", joining.moved) if joining.moved else ""
    moved = moved or tr("Nothing had to move")
    lines = [who(other)]
    if joined.proposal is not None:
        lines.append(tr("Proposed {when} by {name}", when=_when(joined.proposal.at), name=joined.proposal.by))
    lines.append(tr("Joined {when} by {name}. {moved}.", when=_when(joining.at), name=joining.by, moved=moved))
    lines.append(tr("Because: {why}", why=joining.reason))
    if joining.undone_at is not None:
        when = _when(joining.undone_at)
        lines.append(
            tr("Undone {when} by {name}: {why}", when=when, name=joining.undone_by, why=joining.undone_because)
        )
    state = tr("Was joined, parted again") if joining.undone_at is not None else tr("Holds the record of")
    return JoinedWords(state, tuple(lines))


_ENDS = {
    ProposalState.WAITING: "Proposed to be joined with",
    ProposalState.CONFIRMED: "Was proposed and joined with",
    ProposalState.DECLINED: "Not joined, declined",
    ProposalState.TAKEN_BACK: "Not joined, taken back",
    ProposalState.LAPSED: "Not joined, lapsed",
}


def proposed_words(proposed: Proposed, seen_from: int) -> JoinedWords:
    """One proposal and what came of it; the other record is named, seen from the one that is open."""
    proposal = proposed.proposal
    other = proposed.other if seen_from == proposed.staying.id else proposed.staying
    lines = [who(other), tr("Proposed {when} by {name}", when=_when(proposal.at), name=proposal.by)]
    lines.append(tr("Because: {why}", why=proposal.reason))
    ended = ended_words(proposed)
    return JoinedWords(tr(_ENDS[proposal.state]), (*lines, ended) if ended else tuple(lines))


def ended_words(proposed: Proposed) -> str:
    """What came of a proposal that waits no more, by whom, when and why; '' for one that waits."""
    proposal = proposed.proposal
    if proposal.ended_at is None:
        return ""
    said = {"when": _when(proposal.ended_at), "name": proposal.ended_by, "why": proposal.ended_because}
    match proposal.state:
        case ProposalState.CONFIRMED:
            return tr("Confirmed {when} by {name}: the two records are one.", **said)
        case ProposalState.DECLINED:
            return tr("Declined {when} by {name}: {why}", **said)
        case ProposalState.TAKEN_BACK:
            return tr("Taken back {when} by {name}.", **said)
        case _:
            return tr("It ended by itself {when}: {name} joined one of the two records with another one.", **said)


def waiting_words(proposed: Proposed, seen_from: int) -> str:
    """'Dr A Rahman proposed on 23-Nov-2026 to join this record with SMYTH, Ann, born …'."""
    proposal = proposed.proposal
    other = proposed.other if seen_from == proposed.staying.id else proposed.staying
    day = show_date(proposal.at.astimezone().date())
    return tr("{name} proposed on {day} to join this record with {who}.", name=proposal.by, day=day, who=who(other))


def second_words(second: SecondPeople) -> str:
    """Who can confirm what one proposes; where nobody can, who could be allowed it, and by whom."""
    if second.may:
        named = ", ".join(second.may[:_NAMED])
        rest = len(second.may) - _NAMED
        named = tr("{names} or {count} more", names=named, count=rest) if rest > 0 else named
        return tr("Somebody else has to confirm it: {names}. Nothing changes before.", names=named)
    words = [tr("Nobody else here may join records, so nobody can confirm it yet. It waits until somebody may.")]
    words += [tr("{name} lacks the right to {rights}.", name=name, rights=rights) for name, rights in second.could]
    keepers = ", ".join(second.keepers) or tr("An administrator")
    words.append(tr("Rights are given, and people added, under Admin by: {names}.", names=keepers))
    return " ".join(words)


def asked_to_decline(proposed: Proposed, today: date) -> ReasonShown:
    """The question before a proposal is declined."""
    name = formal(proposed.staying.family_name, proposed.staying.given_name) or proposed.staying.study_number
    return ReasonShown(
        Act.DECLINE,
        identity_of(proposed.staying, today, clinical=False),
        tr("Decline to join the two records"),
        tr("{name} will find your reason with both records. Both stay as they are.", name=proposed.proposal.by),
        tr("Keep two records of {who}", who=name),
        tr("Why they should stay two records"),
    )


def asked_to_part(joined: Joined, today: date) -> ReasonShown:
    """The question before two records are parted again."""
    name = formal(joined.staying.family_name, joined.staying.given_name) or joined.staying.study_number
    return ReasonShown(
        Act.TAKE_BACK,
        identity_of(joined.staying, today, clinical=False),
        tr("Part the two records again"),
        tr(
            "Everything that came with {who} goes back into its own record, and so do its numbers. What was written"
            " since stays in this one.",
            who=who(joined.hidden),
        ),
        tr("Part the records of {who}", who=name),
        tr("How you know that these are two people"),
    )


def _when(at: datetime) -> str:
    local = at.astimezone()
    return f"{show_date(local.date())} {show_time(local)}"
