"""What the first visits find: a full assessment, with the gaps that real ones have."""

from datetime import date

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, State, Value
from poems_registry.domain.records import Sex
from poems_registry.services.training.course import Course, Story
from poems_registry.services.training.fortune import Fortune

SKIN = ("hyperpigmentation", "hypertrichosis", "glomeruloid_haemangioma", "plethora", "acrocyanosis", "white_nails",
        "flushing", "cherry_angioma")  # fmt: skip
AXES = ("gonadal", "thyroid", "pituitary", "adrenal", "parathyroid", "glucose")


def said(item: str, value: Value, attribution: Attribution | None = None) -> Finding:
    """A recorded finding."""
    return Finding(item, value, attribution=attribution)


def unsaid(item: str, state: State, note: str = "") -> Finding:
    """A finding that says why there is no value."""
    return Finding(item, None, state, note=note)


def present(item: str, there: bool) -> Finding:
    """A sign, present or absent."""
    return Finding(item, "present" if there else "absent")


def assessment(fortune: Fortune, course: Course, on: date, sex: Sex | None) -> list[Finding]:
    """Imaging, marrow, endocrine axes, skin and eyes at diagnosis."""
    found = _nerves(fortune, course, on) + _clone(fortune, course, on) + _bones(fortune, course, on)
    found += organs(fortune, course, on, imaged=fortune.happens(0.93)) + _axes(fortune, course, sex)
    found += skin(fortune, course, 1.0, examined=fortune.happens(0.95))
    found += _fluid(fortune, course) + _eyes(fortune, course)
    return found


def _nerves(fortune: Fortune, course: Course, on: date) -> list[Finding]:
    found = [
        said("p_status", "present"),
        said("distribution", ("length_dependent",) if fortune.happens(0.93) else ("non_length_dependent",)),
        present("motor_weakness", True),
        said("weakness_sites", ("distal_legs", "distal_arms") if course.traits.onls[0] > 1 else ("distal_legs",)),
        present("sensory_loss", True),
        said("sensory_level", ("ankle",) if course.traits.onls[1] < 4 else ("knee", "fingers")),
        said("reflex_ankle", "absent"),
        said("reflex_knee", "absent" if course.traits.onls[1] > 3 else "reduced"),
        present("neuropathic_pain", fortune.happens(0.75)),
        said("first_symptom", PartialDate(course.onset.year, course.onset.month)),
    ]
    if fortune.happens(0.92):
        found += [
            said("ncs_on", PartialDate.of(on)),
            said("ncs_pattern", fortune.one_of(("demyelinating", "mixed", "axonal"), (62, 34, 4))),
        ]
    return found


def _clone(fortune: Fortune, course: Course, on: date) -> list[Finding]:
    traits = course.traits
    if course.story is Story.CASTLEMAN_VARIANT:
        return [said("m_status", "absent"), said("spep", "not_detected"), said("ife_serum", "negative"),
                said("ife_urine", "negative"), said("marrow_on", PartialDate.of(on)),
                said("marrow_flow", "polyclonal")]  # fmt: skip
    if course.story is Story.SUSPECTED:
        return [said("m_status", "not_assessed"), unsaid("ife_serum", State.PENDING)]
    found = [
        said("m_status", "present"),
        said("heavy_chain", traits.heavy),
        said("light_chain", traits.light),
        said("spep", "quantified" if traits.m_protein else "too_small"),
        said("ife_serum", "positive"),
        said("ife_urine", "positive" if fortune.happens(0.35) else "negative"),
    ]
    if fortune.happens(0.9):
        cells = round(fortune.skewed(4, 0.6, 1, 14), 1)
        flow = f"clonal_{traits.light}" if fortune.happens(0.8) else "polyclonal"
        found += [said("marrow_on", PartialDate.of(on)), measured("marrow_pc_trephine", cells, "%"),
                  said("marrow_flow", flow), present("megakaryocytes", fortune.happens(0.54))]  # fmt: skip
    return found


def _bones(fortune: Fortune, course: Course, on: date) -> list[Finding]:
    if not fortune.happens(0.9):
        return [unsaid("bone_lesion_type", State.NOT_DONE)]
    found = [
        said("bone_imaging", fortune.one_of(("pet_ct", "ldct"), (75, 25))),
        said("bone_imaged_on", PartialDate.of(on)),
        said("bone_lesion_type", course.traits.bone),
    ]
    if course.traits.bone != "none":
        number = fortune.one_of(("1", "2", "3", "4-10", "11+"), (22, 18, 15, 30, 15))
        found += [said("bone_lesion_count", number), said("extent", "solitary" if number == "1" else "more")]
    return found


def organs(fortune: Fortune, course: Course, on: date, *, imaged: bool) -> list[Finding]:
    """Spleen, liver and nodes; without imaging the feature is not assessed, which is not absent."""
    traits = course.traits
    if not imaged:
        return [said("o_status", "not_assessed")]
    found = [
        said("o_status", "present" if traits.organs else "absent"),
        said("organ_method", (fortune.one_of(("ct", "pet_ct", "ultrasound"), (40, 45, 15)),)),
        said("organ_imaged_on", PartialDate.of(on)),
        present("splenomegaly", traits.spleen),
        present("hepatomegaly", traits.liver),
        present("lymphadenopathy", traits.nodes),
    ]
    length = fortune.near(14.6, 1.0, 13.2, 20) if traits.spleen else fortune.near(11, 0.9, 8, 12.8)
    found.append(measured("spleen_length", round(length, 1)))
    if traits.nodes:
        found.append(measured("node_short_axis", float(round(fortune.near(15, 4, 10, 32)))))
        if traits.castleman:
            kind = fortune.one_of(("hyaline_vascular", "plasma_cell", "mixed"), (50, 25, 25))
            found += [said("castleman", kind), said("castleman_extent", "multicentric")]
        elif fortune.happens(0.35):
            found.append(said("castleman", "no"))
    return found


def measured(item: str, value: float, unit: str = "") -> Finding:
    """A number as reported in the item's own unit."""
    return Finding(item, float(value), reported=f"{value:g}", reported_unit=unit)


def _axes(fortune: Fortune, course: Course, sex: Sex | None) -> list[Finding]:
    bad = course.traits.endocrine
    seen = [axis for axis in AXES if fortune.happens(0.9)]
    qualifying = [axis for axis in bad if axis in seen]
    status = "present" if qualifying else ("absent" if len(seen) == len(AXES) else "not_assessed")
    found = [said("e_status", status)]
    found += [said(f"axis_{axis}", "abnormal" if axis in bad else "normal") for axis in seen]
    if "gonadal" in seen:
        low = "gonadal" in bad
        item, limits = ("testosterone", (8.6, 29.0)) if sex is Sex.MALE else ("fsh", (1.5, 12.4))
        normal = fortune.between(limits[0] * 1.1, limits[1] * 0.8)
        odd = fortune.between(2, 8) if sex is Sex.MALE else fortune.between(14, 40)
        found.append(limited(item, odd if low else normal, limits, "nmol/L" if sex is Sex.MALE else "IU/L"))
        if sex is Sex.MALE and low and fortune.happens(0.4):
            found.append(present("gynaecomastia", True))
    if "pituitary" in seen:
        high = "pituitary" in bad
        value = fortune.between(520, 900) if high else fortune.between(110, 300)
        found.append(limited("prolactin", round(value), (86.0, 496.0), "mIU/L"))
    if "adrenal" in seen:
        value = fortune.between(60, 140) if "adrenal" in bad else fortune.between(260, 520)
        found.append(limited("cortisol_9am", round(value), (150.0, 550.0), "nmol/L"))
    if "thyroid" in seen:
        value = fortune.between(6, 18) if "thyroid" in bad else fortune.between(0.6, 3.8)
        found.append(limited("tsh", round(value, 2), (0.27, 4.2), "mIU/L"))
    return found


def limited(item: str, value: float, limits: tuple[float, float], unit: str) -> Finding:
    """A hormone with the laboratory's own limits."""
    value = float(round(value, 1)) if item != "tsh" else value
    return Finding(item, float(value), reported=f"{value:g}", reported_unit=unit, limit_low=limits[0],
                   limit_high=limits[1], sample_time="08:50" if item == "cortisol_9am" else "")  # fmt: skip


def skin(fortune: Fortune, course: Course, left: float, *, examined: bool) -> list[Finding]:
    """Skin signs; `left` is the share of signs still there."""
    if not examined:
        return [said("s_status", "not_assessed")]
    there = {sign for sign in course.traits.skin if fortune.happens(left)}
    found = [said("s_status", "present" if there else "absent")]
    return found + [present(sign, sign in there) for sign in SKIN]


def _fluid(fortune: Fortune, course: Course) -> list[Finding]:
    fluid = course.traits.fluid
    found = [said("oedema", fortune.one_of(("ankle", "knee"), (70, 30)) if "oedema" in fluid else "none")]
    if fortune.happens(0.93):
        found += [present(site, site in fluid) for site in ("pleural_effusion", "ascites")]
    return found


def _eyes(fortune: Fortune, course: Course) -> list[Finding]:
    if not fortune.happens(0.7):
        return []
    return [
        said("fundi_method", fortune.one_of(("fundoscopy", "oct"))),
        present("papilloedema_right", course.traits.discs),
        present("papilloedema_left", course.traits.discs),
    ]
