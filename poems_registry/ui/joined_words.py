"""Two records made one, in words: for the record that stayed, and for the list of all of them."""

from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import label
from poems_registry.domain.nhs_number import show as show_number
from poems_registry.domain.records import Patient
from poems_registry.services.joining import Joined
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import identity_of
from poems_registry.ui.reasons import Act, ReasonShown


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
    lines = [who(other), tr("Joined {when} by {name}. {moved}.", when=_when(joining.at), name=joining.by, moved=moved)]
    lines.append(tr("Because: {why}", why=joining.reason))
    if joining.undone_at is not None:
        when = _when(joining.undone_at)
        lines.append(
            tr("Undone {when} by {name}: {why}", when=when, name=joining.undone_by, why=joining.undone_because)
        )
    state = tr("Was joined, parted again") if joining.undone_at is not None else tr("Holds the record of")
    return JoinedWords(state, tuple(lines))


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
