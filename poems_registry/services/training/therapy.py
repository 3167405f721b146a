"""Treatment of a made-up course in the detail of a real record: drugs with doses, fields and fractions, transplants.

Doses and schedules are those of clinical.md 5. Draws come from a source of their own, so that who the people are and
how they fare stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.treatments import LineDrug, RadiotherapyCourse, Transplant, TreatmentLine
from poems_registry.services.training.course import Course, Treatment
from poems_registry.services.training.fortune import Fortune, working_day

CONTINUED = {"DARA_RD": 0.75, "POM_DEX": 0.7, "DARA_VD": 0.55, "LEN_DEX": 0.25, "ASCT_MEL200": 0.12}
"""How often a programme goes on until it stops working: maintenance, or treatment without a planned end."""
FIELDS = (("pelvis", 45.0, 25), ("sacrum", 50.0, 25), ("iliac bone", 45.0, 25), ("thoracic spine", 40.0, 20),
          ("sternum", 50.0, 25), ("rib", 40.0, 20))  # fmt: skip
MISGUIDED = {"IVIg": "IVIG", "prednisolone": "STEROIDS", "plasma exchange": "PLASMA_EXCHANGE"}
MOBILISED = ("gcsf", "cyclo_gcsf", "gcsf_plerixafor", "cyclo_gcsf_plerixafor")
_MG, _MG_M2, _MOUTH, _SC, _IV = "mg", "mg/m²", "by mouth", "under the skin", "into a vein"
_LEN = ("lenalidomide", 15.0, _MG, _MOUTH, "days 1 to 21 of 28")
_DEX = ("dexamethasone", 20.0, _MG, _MOUTH, "once a week")
_DARA = ("daratumumab", 1800.0, _MG, _SC, "weekly in cycles 1 and 2, every 2 weeks to cycle 6, then monthly")
_BORT = ("bortezomib", 1.3, _MG_M2, _SC, "days 1, 8, 15 and 22 of 28")
Dosed = tuple[str, float, str, str, str]
"""Name, dose, unit, route, on which days."""
DOSES: dict[str, tuple[Dosed, ...]] = {
    "ASCT_MEL200": (_LEN, _DEX),
    "LEN_DEX": (_LEN, _DEX),
    "MDEX": (("melphalan", 10.0, _MG_M2, _MOUTH, "days 1 to 4 of 28"),
             ("dexamethasone", 40.0, _MG, _MOUTH, "days 1 to 4 of 28")),
    "VCD": (_BORT, ("cyclophosphamide", 500.0, _MG, _MOUTH, "once a week"), _DEX),
    "DARA_RD": (_DARA, _LEN, _DEX),
    "DARA_VD": (_DARA, _BORT, _DEX),
    "POM_DEX": (("pomalidomide", 4.0, _MG, _MOUTH, "days 1 to 21 of 28"), _DEX),
}  # fmt: skip


def continued(fortune: Fortune, course: Course) -> Course:
    """The course, with some programmes going on until the relapse after them, and none beyond a death."""
    given: list[Treatment] = []
    for place, each in enumerate(course.treatments):
        following = course.treatments[place + 1].start if place + 1 < len(course.treatments) else None
        relapse = next((day for day in course.relapses if day > each.start), None)
        stop = (relapse or following) if fortune.happens(CONTINUED.get(each.category, 0)) else each.stop
        ends = [day for day in (stop, following, course.died) if day is not None]
        given.append(replace(each, stop=min(ends) if ends else None))
    return replace(course, treatments=tuple(given))


def lines_of(fortune: Fortune, course: Course) -> tuple[TreatmentLine, ...]:
    """Every line with its parts, those before the diagnosis first."""
    before = (_misguided(fortune, course, index, name) for index, name in enumerate(course.misguided))
    after = (_line(fortune, course, number, given) for number, given in enumerate(course.treatments, start=1))
    return (*before, *after)


def _misguided(fortune: Fortune, course: Course, index: int, name: str) -> TreatmentLine:
    start = course.onset + (course.diagnosed - course.onset) * (0.35 + 0.15 * index)
    stop = start + (course.diagnosed - start) * 0.5
    doses = {
        "IVIg": LineDrug(name="immunoglobulin", dose=2, unit="g/kg", route=_IV, schedule="over 5 days, every 6 weeks"),
        "prednisolone": LineDrug(name="prednisolone", dose=60, unit=_MG, route=_MOUTH, schedule="once a day"),
        "plasma exchange": LineDrug(name="plasma exchange", schedule="5 exchanges each course"),
    }
    begun, ended = PartialDate(start.year, start.month), PartialDate(stop.year, stop.month)
    return TreatmentLine(
        number=0,
        name=name,
        category=MISGUIDED[name],
        start=begun,
        stop=max(begun, ended),
        stop_reason="no_response",
        cycles_given=fortune.one_of((1, 2, 3, 4, 6, 8)) if name != "prednisolone" else None,
        steroid=name == "prednisolone",
        drugs=(replace(doses[name], start=begun, stop=max(begun, ended), stop_reason="no_response"),),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """From when to when a line goes; `stop` None while it goes on. `why` it stopped."""

    start: date
    stop: date | None
    why: str
    until: date

    @property
    def last(self) -> date:
        """The last day there can be anything to tell of it."""
        return self.stop or self.until


def _line(fortune: Fortune, course: Course, number: int, given: Treatment) -> TreatmentLine:
    span = _Span(given.start, given.stop, _why(course, given), course.until)
    transplanted = given.category == "ASCT_MEL200"
    reduced = transplanted and fortune.happens(0.12)
    line = TreatmentLine(
        number=number,
        name=given.name,
        category="ASCT_MEL140" if reduced else given.category,
        start=PartialDate.of(span.start),
        stop=_day(span.stop),
        stop_reason=span.why,
        cycles_planned=given.cycles,
        cycles_given=_cycles(given, span),
        steroid=given.category != "RT_RADICAL",
        intent="radical",
        cause="first" if number == 1 else "progression",
        planned=("induction", "transplant", "maintenance") if transplanted else (),
        trial=fortune.happens(0.06),
    )
    if line.trial:
        line = replace(line, trial_name="Made-up trial of the training registry")
    if given.category == "RT_RADICAL":
        return _irradiated(fortune, line, span)
    if transplanted:
        return _transplanted(fortune, course, line, span)
    return replace(line, drugs=tuple(_drugs(fortune, given.category, span)))


def _why(course: Course, given: Treatment) -> str:
    """A programme that ran until a relapse stopped because of it."""
    if given.stop is None:
        return ""
    if given.stop == course.died:
        return "died"
    return "progression" if given.stop in course.relapses else "completed"


def _cycles(given: Treatment, span: _Span) -> int | None:
    if given.cycles is None or span.stop is None:
        return None
    return min(given.cycles, max(1, (span.stop - span.start).days // 28))


def _drugs(fortune: Fortune, category: str, span: _Span, part: str = "") -> Iterator[LineDrug]:
    """Each drug from the first day to the last; of lenalidomide sometimes more at the beginning."""
    for name, dose, unit, route, schedule in DOSES.get(category, ()):
        own = LineDrug(
            name=name, dose=dose, unit=unit, route=route, schedule=schedule, part=part,
            start=PartialDate.of(span.start), stop=_day(span.stop), stop_reason=span.why,
        )  # fmt: skip
        change = span.start + timedelta(days=28 * fortune.one_of((1, 2, 3)))
        if name == "lenalidomide" and fortune.happens(0.3) and change < span.last:
            why = "toxicity" if fortune.happens(0.3) else "dose_change"
            yield replace(own, dose=25.0, stop=PartialDate.of(change), stop_reason=why)
            own = replace(own, start=PartialDate.of(change))
        yield own


def _irradiated(fortune: Fortune, line: TreatmentLine, span: _Span) -> TreatmentLine:
    site, gray, fractions = fortune.one_of(FIELDS)
    last = working_day(span.start + timedelta(days=fractions // 5 * 7))
    stop = min(last, span.stop) if span.stop is not None else None
    course = RadiotherapyCourse(site=site, dose_gy=gray, fractions=fractions, start=line.start, stop=_day(stop))
    return replace(line, name=f"Radiotherapy to the {site}, {gray:g} Gy", stop=_day(stop), radiotherapy=(course,))


def _transplanted(fortune: Fortune, course: Course, line: TreatmentLine, span: _Span) -> TreatmentLine:
    """Induction, mobilisation, transplant and for some maintenance, all of one programme."""
    infused = next((each.transplant for each in course.treatments if each.start == span.start), None)
    melphalan = 140 if line.category == "ASCT_MEL140" else 200
    if infused is None or (span.stop is not None and infused > span.stop):
        return replace(line, drugs=tuple(_drugs(fortune, "ASCT_MEL200", span, "induction")))
    last = working_day(infused - timedelta(days=45))
    induction = _Span(span.start, max(last, span.start), "next_part", span.until)
    high = LineDrug(
        name="melphalan", dose=melphalan, unit=_MG_M2, route=_IV, schedule="once", part="transplant",
        start=PartialDate.of(infused - timedelta(days=2)), stop=PartialDate.of(infused - timedelta(days=2)),
        stop_reason="completed",
    )  # fmt: skip
    drugs = [*_drugs(fortune, "ASCT_MEL200", induction, "induction"), high]
    again = working_day(infused + timedelta(days=100))
    if (span.last - infused).days > 150:
        drugs.append(
            LineDrug(
                name="lenalidomide", dose=10, unit=_MG, route=_MOUTH, schedule="days 1 to 21 of 28", part="maintenance",
                start=PartialDate.of(again), stop=_day(span.stop), stop_reason=span.why,
            )
        )  # fmt: skip
    taken = fortune.one_of((10, 11, 12, 13, 14))
    given = Transplant(
        mobilised=PartialDate.of(working_day(infused - timedelta(days=30))),
        mobilisation=fortune.one_of(
            ("gcsf", "cyclo_gcsf", "gcsf_plerixafor", "cyclo_gcsf_plerixafor"), (50, 32, 12, 6)
        ),
        cd34=round(fortune.skewed(4.4, 0.4, 1.4, 14), 1),
        melphalan=melphalan,
        infused=PartialDate.of(infused),
        neutrophils=_within(infused + timedelta(days=taken), span.last),
        platelets=_within(infused + timedelta(days=taken + fortune.one_of((1, 2, 4, 6))), span.last),
        engraftment_syndrome=fortune.happens(0.23),
    )
    return replace(line, drugs=tuple(drugs), transplants=(given,))


def _within(day: date, last: date) -> PartialDate | None:
    return PartialDate.of(day) if day <= last else None


def _day(day: date | None) -> PartialDate | None:
    return PartialDate.of(day) if day is not None else None
