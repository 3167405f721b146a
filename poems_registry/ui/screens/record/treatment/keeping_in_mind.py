"""What is told beside a form while one types: how the rule counts the line, and cautions with their sources."""

from dataclasses import dataclass, replace
from datetime import date

from poems_registry.catalogue.treatment_facts import facts_of, given_of, running
from poems_registry.domain.cautions_treatment import Caution, Given, cautions
from poems_registry.domain.line_counting import SOURCE, Counted, changed_for_toxicity, counted, told
from poems_registry.domain.records import PatientFile
from poems_registry.domain.treatment_checks import line_of
from poems_registry.domain.treatments import Entry, LineDrug, SupportiveCare, Transplant, TreatmentLine
from poems_registry.ui.i18n import tr


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence beside the form: what it is about, what to keep in mind, where that comes from.

    `line_id` of a line to which this could be added instead; 0 for none.
    """

    about: str
    words: str
    source: str = ""
    line_id: int = 0


def notes_on(entry: Entry, file: PatientFile, today: date) -> tuple[Note, ...]:
    """Everything that is told about an entry as it stands in the form."""
    rule = (_counting(entry, file),) if isinstance(entry, TreatmentLine) else ()
    change = _change_of_drug(entry, file) if isinstance(entry, LineDrug) else ()
    told_ = cautions(_given(entry), facts_of(file, today))
    return (*rule, *change, *(_note(each) for each in told_))


def running_cautions(file: PatientFile, today: date) -> tuple[Note, ...]:
    """What is to be kept in mind of everything that goes on now, each once."""
    facts = facts_of(file, today)
    lines = [line for line in file.lines if _goes_on(line, today)]
    gives = [given_of(line) for line in lines]
    given = Given(
        frozenset().union(*(each.drugs for each in gives)),
        frozenset().union(*(each.classes for each in gives)),
        frozenset(care.kind for care in file.supportive if running(care, today)),
        any(each.transplant and not line.transplants for each, line in zip(gives, lines, strict=True)),
    )
    return tuple(_note(each) for each in cautions(given, facts))


def count(entry: TreatmentLine, file: PatientFile) -> Counted:
    """How the rule counts a line as it stands in the form."""
    return counted(entry, file.lines, file.patient.diagnosed)


def _counting(line: TreatmentLine, file: PatientFile) -> Note:
    said = count(line, file)
    if said.belongs_to is not None:
        whose = next(each for each in file.lines if each.number == said.belongs_to)
        about = tr("Part of {line}", line=told(whose))
        return Note(about, said.why, SOURCE, 0 if line.id else whose.id)
    about = (
        tr("Line {number}", number=said.number) if said.settled else tr("Probably line {number}", number=said.number)
    )
    return Note(about, said.why, SOURCE)


def _change_of_drug(drug: LineDrug, file: PatientFile) -> tuple[Note, ...]:
    line = line_of(drug, file)
    if line is None:
        return ()
    if drug.stop_reason in ("progression", "no_response"):
        words = tr("What is given after progression or lack of response is a new line, not another drug of this one.")
        return (Note(tr("A new line follows"), words, SOURCE),)
    if changed_for_toxicity(replace(line, drugs=(*line.drugs, drug))):
        words = tr("A change for toxicity within the same class stays in the line, and is flagged.")
        return (Note(tr("Flagged: changed for toxicity"), words, SOURCE),)
    return ()


def _given(entry: Entry) -> Given:
    if isinstance(entry, TreatmentLine):
        return given_of(entry)
    if isinstance(entry, LineDrug):
        return Given.of((entry.name,))
    if isinstance(entry, SupportiveCare):
        return Given.of((entry.what,), (entry.kind,))
    return Given.of((), transplant=isinstance(entry, Transplant))


def _goes_on(line: TreatmentLine, today: date) -> bool:
    begun = line.start is not None and line.start.earliest() <= today
    return begun and (line.stop is None or line.stop.latest() >= today)


def _note(caution: Caution) -> Note:
    return Note(caution.about, caution.words, caution.source)
