"""Courses of treatment as a clinic would record them, for the tests of response; all people are made up."""

from datetime import date, timedelta

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.evidence_kinds import FixationResult, FixationSpecimen, Specimen
from poems_registry.domain.findings import Sign
from poems_registry.domain.intervals import Interval
from poems_registry.domain.response import Course, Domain, DomainResponse, Line, Response, judge_response
from poems_registry.domain.response_rules.course import (
    Fixation,
    LesionClone,
    MarrowClone,
    MProtein,
    PetScan,
    Score,
    VegfValue,
)
from poems_registry.domain.response_thresholds import ClinicalMeasure
from poems_registry.domain.thresholds import Thresholds

START = date(2022, 3, 1)
BEFORE = date(2022, 2, 20)
YEAR = date(2023, 4, 1)
STANDARD = Thresholds()
FIRST_LINE = Course(lines=(Line(1, PartialDate.of(START)),))


def read(text: str | float) -> Interval:
    """A result as it is written: 300, "<31", ">8000"."""
    told = str(text)
    sign = {"<": Sign.BELOW, ">": Sign.ABOVE}.get(told[0], Sign.EQUAL)
    return Interval.of(sign, float(told.lstrip("<>")))


def months(count: float) -> date:
    """So long after the first dose."""
    return START + timedelta(days=round(count * 30.5))


def vegf(
    value: str | float, on: date, specimen: Specimen = Specimen.SERUM, assay: str = "", because: tuple[str, ...] = ()
) -> Course:
    """One VEGF result."""
    return Course(vegf=(VegfValue(on, read(value), specimen, None, assay, because),))


def plasma(value: str | float, on: date) -> Course:
    """One VEGF result in plasma."""
    return vegf(value, on, Specimen.PLASMA)


def fixed(serum: str, urine: str, on: date) -> Course:
    """Immunofixation of serum and urine: +, -, ~ (equivocal), or nothing for not done."""
    answers = {"+": FixationResult.POSITIVE, "-": FixationResult.NEGATIVE, "~": FixationResult.EQUIVOCAL}
    told = ((FixationSpecimen.SERUM, serum), (FixationSpecimen.URINE, urine))
    return Course(fixations=tuple(Fixation(on, specimen, answers[sign]) for specimen, sign in told if sign))


def band(value: str | float, on: date) -> Course:
    """M-protein in g/L."""
    return Course(m_proteins=(MProtein(on, read(value)),))


def marrow(clonal: bool, on: date) -> Course:
    """A marrow."""
    return Course(marrows=(MarrowClone(on, clonal),))


def lesion(on: date) -> Course:
    """A clonal biopsy of a lesion."""
    return Course(lesions=(LesionClone(on, True),))


def pet(avid: float | None, suv: str | float | None, on: date, *, new: bool | None = None) -> Course:
    """A PET-CT with the number of avid lesions and the sum of their SUVmax."""
    count = Interval.exactly(avid) if avid is not None else None
    return Course(scans=(PetScan(on, count, read(suv) if suv is not None else None, new),))


def onls(arm: int, leg: int, on: date) -> Course:
    """An ONLS."""
    return Course(scores=(Score(on, ClinicalMeasure.ONLS, (float(arm), float(leg))),))


def treated(*parts: Course) -> Course:
    """All parts together, under a first line of therapy begun on START."""
    whole = FIRST_LINE
    for part in parts:
        whole = whole.plus(part)
    return whole


def response(*parts: Course, thresholds: Thresholds = STANDARD, on: date | None = None) -> Response:
    """The response to the first line, begun on START."""
    return judge_response(treated(*parts), thresholds, on)


def answer(domain: Domain, *parts: Course, thresholds: Thresholds = STANDARD, on: date | None = None) -> DomainResponse:
    """One domain's answer."""
    return response(*parts, thresholds=thresholds, on=on).current.domains[domain]
