"""The other kinds of letters, of Thomas Hartley's visit: results, a missed appointment, a colleague, plain words."""

from dataclasses import dataclass, replace
from datetime import date

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState
from poems_registry.letters.plain_words import plain_words
from poems_registry.pages.document import Document
from tests.golden.letters.people import LIMITS, NOW, Case, follow_up, limited, typed

COLLEAGUE = "Dr M Lee, consultant neurologist\nSample Infirmary\n2 Infirmary Road\nSampleford\nSW1A 9ZZ"


@dataclass(frozen=True)
class PlainCase(Case):
    """A signed letter told again in plain words."""

    def document(self) -> Document:
        return plain_words(self.file, self.encounter, self.clinic, self.standing, letter=self.letter, now=NOW)


def sample(day: date, number: int, **texts: str) -> Encounter:
    """Results that came back on a day, and nobody was seen."""
    findings = limited(typed(day, **texts), **LIMITS)
    return Encounter(
        id=number, patient_id=2, kind=EncounterKind.SAMPLE, on=day, state=EncounterState.RECORDED, findings=findings
    )


def results() -> Case:
    """Two days of results after the visit, one of them high."""
    case = follow_up()
    later = (
        sample(date(2026, 11, 19), 31, tsh="6.1", vegf_serum="600"),
        sample(date(2026, 11, 20), 32, creatinine="80", platelets="520"),
    )
    letter = replace(
        case.letter,
        kind=LetterKind.RESULTS,
        about_on=date(2026, 11, 21),
        edits=(
            ("actions_gp", "Start levothyroxine 25 micrograms once a day (this week)"),
            ("summary", "Your thyroid works a little less than it should. This is new and can be treated."),
        ),
    )
    return replace(case, file=replace(case.file, encounters=(*case.file.encounters, *later)), letter=letter)


def did_not_attend() -> Case:
    """An appointment that nobody came to."""
    case = follow_up()
    letter = replace(case.letter, kind=LetterKind.DID_NOT_ATTEND, about_on=date(2026, 11, 19), edits=())
    return replace(case, letter=letter)


def professional() -> Case:
    """To a colleague, with a copy for the patient."""
    case = follow_up()
    said = (
        "Relapsed POEMS, responding to daratumumab and lenalidomide. I would value your opinion on the left foot drop."
    )
    letter = replace(case.letter, kind=LetterKind.PROFESSIONAL, edits=(("addressee", COLLEAGUE), ("summary", said)))
    return replace(case, letter=letter)


def in_plain_words() -> Case:
    """The follow-up letter, easy to read."""
    return PlainCase(**{name: getattr(follow_up(), name) for name in Case.__dataclass_fields__})


MORE = {
    "results": results,
    "did_not_attend": did_not_attend,
    "professional": professional,
    "plain_words": in_plain_words,
}
