"""What a line of treatment was made of, in sentences: drugs with doses, radiotherapy, stem cell transplants."""

from collections.abc import Iterator
from datetime import date

from poems_registry.domain.dates import NO_BREAK_SPACE, PartialDate, letter_date
from poems_registry.domain.treatments import LineDrug, RadiotherapyCourse, Transplant, TreatmentLine


def parts_in_words(line: TreatmentLine, today: date) -> tuple[str, ...]:
    """One sentence for the drugs, one for each course of radiotherapy and each transplant; what comes later is left."""
    drugs = [_drug(drug) for drug in _last_doses(line, today)]
    sentences = [f"Drugs: {'; '.join(drugs)}."] if drugs else []
    sentences += [_course(course) for course in line.radiotherapy if _begun(course.start, today)]
    sentences += [_transplant(given) for given in line.transplants if _begun(given.infused, today)]
    return tuple(sentences)


def _last_doses(line: TreatmentLine, today: date) -> Iterator[LineDrug]:
    """Each drug once, in each part of the programme, at the dose that was given last."""
    known = {(drug.name.casefold(), drug.part): drug for drug in line.drugs if _begun(drug.start, today)}
    yield from known.values()


def _drug(drug: LineDrug) -> str:
    dose = f"{drug.dose:g}{NO_BREAK_SPACE}{drug.unit}".rstrip() if drug.dose is not None else ""
    how = ", ".join(each for each in (dose, drug.schedule) if each)
    return f"{drug.name} {how}".rstrip()


def _course(course: RadiotherapyCourse) -> str:
    """`Radiotherapy to the sacrum, 45 Gy in 25 fractions, from April 2024.`"""
    dose = f"{course.dose_gy:g}{NO_BREAK_SPACE}Gy" if course.dose_gy is not None else "dose not recorded"
    fractions = f" in {course.fractions} fraction{'' if course.fractions == 1 else 's'}" if course.fractions else ""
    when = f", from {letter_date(course.start)}" if course.start is not None else ""
    return f"Radiotherapy to the {course.site}, {dose}{fractions}{when}."


def _transplant(given: Transplant) -> str:
    """`Stem cell transplant on 5 November 2024 after melphalan 200 mg/m²; neutrophils recovered after 11 days.`"""
    when = f" {_on_or_in(given.infused)}" if given.infused is not None else ""
    dose = f" after melphalan {given.melphalan}{NO_BREAK_SPACE}mg/m²" if given.melphalan is not None else ""
    days = _days(given.infused, given.neutrophils)
    back = f"; neutrophils recovered after {days} days" if days is not None else ""
    syndrome = {True: "; with engraftment syndrome", False: "; without engraftment syndrome", None: ""}
    return f"Stem cell transplant{when}{dose}{back}{syndrome[given.engraftment_syndrome]}."


def _on_or_in(day: PartialDate) -> str:
    return f"{'in' if day.day is None else 'on'} {letter_date(day)}"


def _days(first: PartialDate | None, last: PartialDate | None) -> int | None:
    if first is None or last is None or first.day is None or last.day is None:
        return None
    return (last.earliest() - first.earliest()).days


def _begun(day: PartialDate | None, today: date) -> bool:
    return day is None or day.earliest() <= today
