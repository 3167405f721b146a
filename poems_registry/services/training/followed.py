"""What a made-up person is followed by beside blood: PET with its avid lesions, urine, a repeated marrow, hormones.

Its draws are its own, so that nothing else about a made-up patient depends on them.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.services.training.baseline import limited, measured, present, said
from poems_registry.services.training.course import Course, Story
from poems_registry.services.training.fortune import Fortune

PET_MONTHS = ((4.5, 8.5), (14.0, 20.5))
"""Months after a line began in which a visit brings a PET."""
MARROW_MONTHS = (8.0, 15.0)
NEAR_RELAPSE = timedelta(days=12)
CLEARS = 0.7
"""How many lose the band in whom hardly any activity is left: with those who respond less, about half of the
transplanted are then in complete response, as told by EBMT (48.5 %, clinical.md 6.1)."""
SUV_OF_LESION = 5.5


def followed(course: Course, on: date, found: list[Finding]) -> list[Finding]:
    """What is added to the findings of a visit."""
    if course.story is not Story.POEMS:
        return []
    fortune = Fortune(Random(f"{course.onset}/{course.traits.vegf}/{on}"))
    codes = {finding.item: finding.value for finding in found}
    judged = [*_urine(fortune, codes), *_marrow(fortune, course, on, codes), *_pet(fortune, course, on, codes)]
    return [*judged, *_hormones(fortune, course, codes)]


def band_gone(course: Course, on: date) -> bool:
    """Whether immunofixation of the serum finds nothing on a day; the same person clears, or does not, each time."""
    activity, person = course.activity(on), Random(f"{course.onset}/{course.traits.vegf}/clears")
    return activity < 0.12 and course.traits.m_protein * activity < 0.5 and person.random() < CLEARS


def _urine(fortune: Fortune, codes: Mapping[str, object]) -> list[Finding]:
    """With most immunofixations of the serum; negative where that is, mostly negative anyway."""
    if "ife_serum" not in codes or "ife_urine" in codes or not fortune.happens(0.8):
        return []
    negative = codes["ife_serum"] == "negative" or fortune.happens(0.7)
    return [said("ife_urine", "negative" if negative else "positive")]


def _marrow(fortune: Fortune, course: Course, on: date, codes: Mapping[str, object]) -> list[Finding]:
    """Repeated about a year after treatment began, where serum has cleared."""
    due = any(MARROW_MONTHS[0] <= _months(t.start, on) <= MARROW_MONTHS[1] for t in course.treatments)
    if codes.get("ife_serum") != "negative" or not due or not fortune.happens(0.6):
        return []
    clear = "polyclonal" if fortune.happens(0.85) else f"clonal_{course.traits.light}"
    return [said("marrow_on", PartialDate.of(on)), said("marrow_flow", clear)]


def _pet(fortune: Fortune, course: Course, on: date, codes: Mapping[str, object]) -> list[Finding]:
    first = codes.get("bone_imaging") == "pet_ct"
    relapsed = any(timedelta() <= on - relapse <= NEAR_RELAPSE for relapse in course.relapses)
    due = any(low <= _months(t.start, on) <= high for t in course.treatments for low, high in PET_MONTHS)
    if (not first and not (relapsed or due)) or not fortune.happens(0.85):
        return []
    avid, suv = _lesions(course, on)
    new = relapsed and fortune.happens(0.5)
    found = [measured("fdg_avid_count", float(avid + new)), measured("suv_sum", round(suv + 4.2 * new, 1), "SUV")]
    if first:
        return found
    return [
        said("bone_imaging", "pet_ct"),
        said("bone_imaged_on", PartialDate.of(on)),
        *found,
        present("fdg_new_lesion", new),
    ]


def _lesions(course: Course, on: date) -> tuple[int, float]:
    """Number of avid lesions and the sum of SUVmax; none where the disease has gone quiet."""
    whole = 0 if course.traits.bone == "none" else 1 + int(course.traits.vegf) % 4
    activity = course.activity(on)
    if not whole or activity < 0.16:
        return 0, 0.0
    left = max(1, round(whole * min(1.0, activity * 1.3)))
    return left, left * SUV_OF_LESION * min(1.0, 0.35 + activity)


def _hormones(fortune: Fortune, course: Course, codes: Mapping[str, object]) -> list[Finding]:
    """The thyroid is looked at again at most visits; what is raised stays so."""
    if "tsh" in codes or not fortune.happens(0.75):
        return []
    value = fortune.between(6, 18) if "thyroid" in course.traits.endocrine else fortune.between(0.6, 3.8)
    return [limited("tsh", round(value, 2), (0.27, 4.2), "mIU/L")]


def _months(start: date, on: date) -> float:
    return (on - start).days / 30.4
