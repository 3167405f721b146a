"""Medicines with what changed at this visit, and allergies in their four states and words (nhs.md 2.7, 3.3)."""

from dataclasses import replace

from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.domain.records import ALLERGY_WORDS, AllergyState, Encounter, Medicine, MedicineChange, Patient
from poems_registry.letters import medicine_lines
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Block, Column, Paragraph, Row, Run, Runs, Table, bold, plain, words

NOT_REVIEWED = "Medicines not reviewed today."
REVIEW_NOT_RECORDED = "Whether medicines were reviewed today is not recorded."
NOT_RECORDED = "not recorded"
MEDICINES_WITH_CHANGES = "Medicines, with changes made today"
NONE_TAKEN = "Medicines reviewed today: none taken."
ON_RECORD = " The list shows what was on record and may not be what you take now."
_CHANGE_WORDS = {
    MedicineChange.CONTINUED: "Continued",
    MedicineChange.STARTED: "Started",
    MedicineChange.CHANGED: "Changed",
    MedicineChange.STOPPED: "Stopped",
}
_COLUMNS = (
    Column("Medicine", 31, together=True),
    Column("Dose and how often", 42),
    Column("Route", 25),
    Column("Change", 22, together=True),
    Column("Why, and when", 34),
    Column("Supply", 18, together=True),
)


def listed(encounter: Encounter) -> tuple[Medicine, ...]:
    """In the order recorded, stopped ones last, each written by the rules of a medicine line."""
    return tuple(_written(m) for m in sorted(encounter.medicines, key=lambda m: m.change is MedicineChange.STOPPED))


def _written(medicine: Medicine) -> Medicine:
    return replace(
        medicine,
        name=medicine_lines.name(medicine.name.strip()),
        dose=medicine_lines.dose(medicine.dose),
        route=medicine_lines.route(medicine.route),
        why=medicine_lines.amounts(medicine.why.strip()),
        when=medicine.when.strip(),
        supply=medicine.supply.strip(),
    )


def current(encounter: Encounter) -> tuple[Medicine, ...]:
    """What is taken after this visit."""
    return tuple(m for m in encounter.medicines if m.change is not MedicineChange.STOPPED)


def medicines_title(visit: Visit) -> str:
    """The heading promises changes only when the medicines were looked at."""
    return "Medicines" if _notice(visit) else MEDICINES_WITH_CHANGES


def medicines(visit: Visit) -> tuple[Block, ...]:
    """The table, and before it a sentence whenever the table alone could mislead."""
    taken = listed(visit.encounter)
    notice = _notice(visit)
    blocks: list[Block] = [Paragraph((Run(notice, bold=True), Run(ON_RECORD if taken else "")))] if notice else []
    if taken:
        blocks.append(Table(_COLUMNS, tuple(_row(medicine, reviewed=not notice) for medicine in taken)))
    return tuple(blocks)


def medicines_words(visit: Visit) -> str:
    """One line a medicine, for the editor."""
    notice = _notice(visit)
    lines = [
        " ".join("".join(r.text for r in runs) for runs in _lines(m, reviewed=not notice))
        for m in listed(visit.encounter)
    ]
    return "\n".join([*([notice + (ON_RECORD if lines else "")] if notice else []), *lines])


def _notice(visit: Visit) -> str:
    answer = visit.answer("medicines_reviewed")
    if answer == "not_reviewed":
        return NOT_REVIEWED
    if answer != "reviewed":
        return REVIEW_NOT_RECORDED
    return "" if visit.encounter.medicines else NONE_TAKEN


def _change(medicine: Medicine, reviewed: bool) -> str:
    """Nobody continued what nobody reviewed."""
    if medicine.change is MedicineChange.CONTINUED and not reviewed:
        return "Not reviewed"
    return _CHANGE_WORDS[medicine.change]


def _row(medicine: Medicine, reviewed: bool) -> Row:
    touched = medicine.change is not MedicineChange.CONTINUED
    change = _change(medicine, reviewed)
    cells = (
        bold(medicine.name),
        plain(medicine.dose or NOT_RECORDED),
        plain(_route(medicine)),
        bold(change) if touched else plain(change),
        plain(_why(medicine) or NOT_RECORDED),
        plain(medicine.supply or NOT_RECORDED),
    )
    silent = tuple(
        index for index, cell in enumerate(cells) if words(cell).replace(NO_BREAK_SPACE, " ") == NOT_RECORDED
    )
    return Row(cells, emphasised=touched, lines=_lines(medicine, reviewed), quiet=silent)


def _route(medicine: Medicine) -> str:
    """`by mouth` stays on one line, longer routes may wrap."""
    route = medicine.route.strip() or NOT_RECORDED
    return route.replace(" ", NO_BREAK_SPACE) if route.count(" ") == 1 else route


def _why(medicine: Medicine) -> str:
    words = ", ".join(part for part in (medicine.why.strip(), medicine.when.strip()) if part)
    return words[:1].upper() + words[1:]


def _lines(medicine: Medicine, reviewed: bool) -> tuple[Runs, ...]:
    """Two lines: what is taken and how; what changed and why."""
    dose = medicine.dose or "dose not recorded"
    how = f" {dose}, {_route(medicine)}." if medicine.route.strip() else f" {dose}."
    why = f" {_why(medicine)}." if _why(medicine) else ""
    supply = f" Supply: {medicine.supply}." if medicine.supply else ""
    change = Run(_change(medicine, reviewed) + ".", bold=medicine.change is not MedicineChange.CONTINUED)
    return (Run(medicine.name, bold=True), Run(how)), (change, Run(why + supply))


def allergies(patient: Patient) -> Runs:
    """`Known allergies: penicillin (rash). Last updated 18 November 2026.`"""
    state = patient.allergy_state
    words = ALLERGY_WORDS[state]
    runs: list[Run] = [Run(words)]
    if state is AllergyState.KNOWN:
        runs.append(Run(": "))
        for index, allergy in enumerate(patient.allergies):
            runs += [Run(", " if index else ""), Run(allergy.agent, bold=True)]
            runs.append(Run(f" ({allergy.reaction})" if allergy.reaction else ""))
        if not patient.allergies:
            runs.append(Run("substance not recorded"))
    updated = patient.allergies_updated_on
    runs.append(Run(f". Last updated {letter_date(updated)}." if updated else "."))
    return tuple(run for run in runs if run.text)
