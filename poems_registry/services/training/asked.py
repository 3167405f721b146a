"""What a made-up person is asked and examined for in detail: tasks behind scores, muscles, eyes, lesions on PET.

Its draws are its own, so that nothing else about a made-up patient depends on them; whatever it says agrees with the
grades and sums that the visit records already.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Final

from poems_registry.catalogue import grading
from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.services.training.baseline import limited, measured, present, said
from poems_registry.services.training.course import Course
from poems_registry.services.training.fortune import Fortune

Codes = Mapping[str, object]
ARM_TASKS: Final = ("task_hair", "task_key", "task_cutlery", "task_buttons", "task_dress")
MUSCLES: Final = CATALOGUE.by_tasks["mrc_sum"].asked
DISTAL: Final = ("mrc_wrist", "mrc_ankle", "mrc_fdi")
LEGS: Final = ("mrc_hip", "mrc_knee", "mrc_ankle")
LESION_SITES: Final = ("sacrum", "thoracic_spine", "pelvis_left", "lumbar_spine", "rib_right")
KARNOFSKY: Final = ((100, 90), (90, 80), (70, 60), (50, 40), (30, 20))
DAYS_OF_A_CYCLE: Final = 28


def asked(course: Course, on: date, found: Sequence[Finding]) -> list[Finding]:
    """What is added to the findings of a visit."""
    fortune = Fortune(Random(f"asked/{course.onset}/{course.traits.vegf}/{on}"))
    codes = {f.item: f.value for f in found if f.state is State.RECORDED and f.sign is Sign.EQUAL}
    parts = (
        _head(fortune, course, on),
        _arms(fortune, codes),
        _legs(fortune, codes),
        _muscles(fortune, course, codes),
        _general(fortune, codes),
        _quality(fortune, codes),
        _fluid_and_eyes(fortune, codes),
        _lesions(codes),
        _blood(fortune, codes),
    )
    return [finding for part in parts for finding in part]


def _head(fortune: Fortune, course: Course, on: date) -> Iterator[Finding]:
    team = ["haematology", "neurology", "cns"] + (["physiotherapy"] if fortune.happens(0.4) else [])
    yield said("disciplines", tuple(team))
    treatment = course.treated_on(on)
    if treatment is not None:
        yield measured("current_line", float(course.treatments.index(treatment) + 1))
        yield measured("current_cycle", float(min(99, (on - treatment.start).days // DAYS_OF_A_CYCLE + 1)))


def _arms(fortune: Fortune, codes: Codes) -> Iterator[Finding]:
    """The ONLS tasks that give the recorded grade; with some of them the coins of INCAT, and its grade."""
    grade = codes.get("onls_arm")
    if not isinstance(grade, float) or not fortune.happens(0.3):
        return
    answers = dict(zip(ARM_TASKS, _arm_answers(fortune, int(grade)), strict=True))
    symptoms = "absent" if grade == 0 else "present"
    movement = "absent" if grade == 5 else "present"
    for task, answer in answers.items():
        yield said(task, answer)
    yield said("arm_symptoms", symptoms)
    if grade >= 4:
        yield said("arm_movement", movement)
    if fortune.happens(0.6):
        coins = answers["task_buttons"]
        incat = grading.incat_arm(
            answers["task_buttons"], answers["task_hair"], answers["task_cutlery"], coins, symptoms, movement
        )
        yield said("task_coins", coins)
        yield from [measured("incat_arm", incat)] if incat is not None else []


def _arm_answers(fortune: Fortune, grade: int) -> list[str]:
    """Five answers of this grade, the fine tasks worst."""
    if grade <= 1:
        return ["not_affected"] * 5
    if grade >= 4:
        return ["prevented"] * 5
    answers = ["affected" if fortune.happens(0.5) else "not_affected" for _ in ARM_TASKS]
    answers[3] = "affected"
    if grade == 3:
        answers[3] = "prevented"
        answers[1] = "prevented" if fortune.happens(0.4) else "affected"
    return answers


def _legs(fortune: Fortune, codes: Codes) -> Iterator[Finding]:
    """What gives the recorded ONLS leg grade, and often the INCAT one."""
    grade = codes.get("onls_leg")
    if not isinstance(grade, float) or not fortune.happens(0.3):
        return
    support = ("none", "none", "none", "one", "two", "wheelchair", "wheelchair", "wheelchair")[int(grade)]
    affected = "absent" if grade == 0 else "present"
    yield said("leg_support", support)
    yield said("leg_activities", affected)
    if support == "none":
        yield said("gait_abnormal", "present" if grade == 2 else "absent")
    if support == "wheelchair":
        yield said("walks_1m", "present" if grade == 5 else "absent")
    if grade >= 6:
        yield said("leg_movement", "present" if grade == 6 else "absent")
    if fortune.happens(0.6):
        steps = "present" if grade == 5 else "absent" if grade > 5 else None
        yield said("outdoor_support", support)
        yield from [said("few_steps", steps)] if steps is not None else []
        incat = grading.incat_leg(support, affected, steps)
        yield from [measured("incat_leg", incat)] if incat is not None else []


def _muscles(fortune: Fortune, course: Course, codes: Codes) -> Iterator[Finding]:
    """The MRC grid and its sum; a person is always examined for the same number of muscles."""
    arm, leg = codes.get("onls_arm"), codes.get("onls_leg")
    if not isinstance(arm, float) or not isinstance(leg, float) or not fortune.happens(0.2):
        return
    variant = "14" if course.onset.toordinal() % 3 else "12"
    tested = MUSCLES if variant == "14" else MUSCLES[:12]
    strengths = {code: _strength(fortune, code, leg / 7 if code.startswith(LEGS) else arm / 5) for code in tested}
    yield said("mrc_variant", variant)
    for code, strength in strengths.items():
        yield measured(code, strength)
    yield measured("mrc_sum", sum(strengths.values()))


def _strength(fortune: Fortune, code: str, weak: float) -> float:
    """Distal muscles are the weakest."""
    lost = weak * (3.6 if code.startswith(DISTAL) else 1.7)
    return float(round(fortune.near(5 - lost, 0.3, 0, 5)))


def _general(fortune: Fortune, codes: Codes) -> Iterator[Finding]:
    """Karnofsky beside ECOG; the questions of ECOG and modified Rankin; the aid of the 10 m walk."""
    ecog, rankin, leg = codes.get("ecog"), codes.get("mrs"), codes.get("onls_leg")
    if isinstance(ecog, float) and fortune.happens(0.2):
        yield measured("karnofsky", float(fortune.one_of(KARNOFSKY[int(ecog)])), "%")
        steps = ("ecog_strenuous", "ecog_light_work", "ecog_up_half", "ecog_self_care")
        yield from (present(step, place >= ecog) for place, step in enumerate(steps) if place <= ecog)
    if isinstance(rankin, float) and rankin >= 1 and fortune.happens(0.2):
        yield present("mrs_symptoms", True)
        ladder = ("mrs_usual", "mrs_own_affairs", "mrs_walks")
        yield from (present(step, place >= rankin) for place, step in enumerate(ladder, 1) if place <= rankin)
        if rankin >= 4:
            yield present("mrs_bedbound", rankin == 5)
    if "walk_10m" in codes and isinstance(leg, float):
        yield said("walk_10m_aid", ("none", "none", "none", "one_stick", "two_sticks", "person")[min(5, int(leg))])


def _quality(fortune: Fortune, codes: Codes) -> Iterator[Finding]:
    pain, leg = codes.get("pain_nrs"), codes.get("onls_leg")
    if not isinstance(pain, float) or not isinstance(leg, float):
        return
    if fortune.happens(0.4):
        yield measured("fatigue_nrs", float(round(fortune.near(1 + leg * 0.8, 1.2, 0, 10))))
    if fortune.happens(0.12):
        level = str(min(5, 1 + int(leg) // 2))
        yield from (said(f"eq5d_{dimension}", level) for dimension in ("mobility", "activities"))
        yield said("eq5d_self_care", str(min(5, 1 + int(leg) // 3)))
        yield said("eq5d_pain", str(min(5, 1 + int(pain) // 2)))
        yield said("eq5d_anxiety", fortune.one_of(("1", "2", "3"), (5, 4, 1)))
        yield measured("eq5d_vas", float(round(fortune.near(88 - 8 * leg, 6, 5, 100))))
    if fortune.happens(0.35):
        kinds = tuple(kind for kind in ("orthostatic", "sweating", "bowel") if fortune.happens(0.3))
        yield present("autonomic", bool(kinds))
        yield from [said("autonomic_kinds", kinds)] if kinds else []


def _fluid_and_eyes(fortune: Fortune, codes: Codes) -> Iterator[Finding]:
    if codes.get("oedema") in ("ankle", "knee", "thigh"):
        yield said("oedema_side", "both")
        yield said("oedema_grade", "1" if codes["oedema"] == "ankle" else "2")
    for site, method in (("pleural_effusion", "ct"), ("ascites", "ultrasound"), ("pericardial_effusion", "ultrasound")):
        if codes.get(site) == "present":
            yield said(f"{site}_method", method)
            yield said(f"{site}_grade", fortune.one_of(("1", "2", "3"), (5, 3, 1)))
            if site != "pericardial_effusion" and fortune.happens(0.2):
                yield measured(f"{site}_drained", float(fortune.one_of((500, 800, 1200))), "mL")
    if "papilloedema_right" in codes:
        for side in ("right", "left"):
            swollen = codes.get(f"papilloedema_{side}") == "present"
            lines = ("6_9", "6_12", "6_18") if swollen else ("6_5", "6_6", "6_9")
            yield said(f"visual_acuity_{side}", fortune.one_of(lines))


def _lesions(codes: Codes) -> Iterator[Finding]:
    """The avid lesions by site; their SUVs add up to the recorded sum, to the last tenth."""
    count, total = codes.get("fdg_avid_count"), codes.get("suv_sum")
    if not isinstance(count, float) or not isinstance(total, float) or not 1 <= count <= len(LESION_SITES):
        return
    tenths, whole = round(total * 10), int(count)
    shares = [tenths // whole + (place < tenths % whole) for place in range(whole)]
    for place, (site, share) in enumerate(zip(LESION_SITES, shares, strict=False), 1):
        yield said(f"lesion_{place}_site", site)
        yield measured(f"lesion_{place}_suv", share / 10, "SUV")


def _blood(fortune: Fortune, codes: Codes) -> Iterator[Finding]:
    """Calcium and CRP with most blood counts, each with its laboratory's limits."""
    if "platelets" in codes and fortune.happens(0.4):
        yield limited("calcium_adjusted", round(fortune.near(2.38, 0.06, 2.21, 2.59), 2), (2.2, 2.6), "mmol/L")
        yield limited("crp", round(fortune.skewed(2.5, 0.7, 0.3, 40), 1), (0, 5), "mg/L")
