"""How a made-up patient's disease goes: what is present, when it is treated, how active it is on any day.

Shares follow the published ranges of clinical.md 6.2; the course its section 3.2: VEGF falls within months, nerves
improve over two to three years, three in ten relapse after about three and a half years.
"""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from poems_registry.services.training.fortune import Fortune, working_day

MONTH = timedelta(days=30)
VEGF_TAU, NERVE_TAU, RELAPSE_TAU = 75.0, 480.0, 70.0
"""Days in which the distance to the new level shrinks to a third."""


class Story(StrEnum):
    """What kind of patient this is."""

    POEMS = "poems"
    SUSPECTED = "suspected"
    OTHER = "other"
    CASTLEMAN_VARIANT = "castleman_variant"


OTHER_LABELS = ("POEMS syndrome", "MGUS neuropathy", "")
"""What those were first told who were not told CIDP; the last was not recorded."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One line: its words, category, and the level of activity it reaches."""

    name: str
    category: str
    start: date
    stop: date | None
    reaches: float
    cycles: int | None
    transplant: date | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """Which features this person has, and how strongly at diagnosis (VEGF in pg/mL, M-protein in g/L)."""

    organs: bool
    spleen: bool
    liver: bool
    nodes: bool
    castleman: bool
    endocrine: tuple[str, ...]
    skin: tuple[str, ...]
    fluid: tuple[str, ...]
    discs: bool
    bone: str
    counts_high: bool
    vegf: float
    plasma: bool
    m_protein: float
    heavy: str
    light: str
    onls: tuple[int, int]
    onls_best: tuple[int, int]
    platelets: float
    lambda_flc: float
    weight: float
    grip: float
    tlco: float
    pasp: float


@dataclass(frozen=True, slots=True)
class Course:
    """The whole story, from the first symptom to today or death."""

    story: Story
    onset: date
    diagnosed: date
    traits: Traits
    treatments: tuple[Treatment, ...] = ()
    relapses: tuple[date, ...] = ()
    died: date | None = None
    first_label: str = ""
    misguided: tuple[str, ...] = ()
    until: date = field(default=date.max)

    def activity(self, on: date) -> float:
        """1 at diagnosis, towards 0 in remission; follows treatment and relapse with a delay."""
        level, target, since, tau = 1.0, 1.0, self.diagnosed, VEGF_TAU
        turns = [(t.start, t.reaches, VEGF_TAU) for t in self.treatments]
        turns += [(r - 4 * MONTH, 0.75, RELAPSE_TAU) for r in self.relapses]
        for start, reaches, speed in sorted(turns):
            if start >= on:
                break
            level = _approach(level, target, (start - since).days, tau)
            target, since, tau = reaches, start, speed
        return _approach(level, target, max(0, (on - since).days), tau)

    def disability(self, on: date) -> tuple[int, int]:
        """ONLS arm and leg: slow towards the person's best, a grade worse after a relapse."""
        if not self.treatments:
            return self.traits.onls
        gone = (on - self.treatments[0].start).days
        rest = math.exp(-max(0, gone) / NERVE_TAU)
        worse = 0.9 if any(timedelta() <= on - r + 2 * MONTH < 16 * MONTH for r in self.relapses) else 0.0
        arm, leg = (
            min(top, max(0, round(best + (start - best) * rest + worse)))
            for start, best, top in zip(self.traits.onls, self.traits.onls_best, (5, 7), strict=True)
        )
        return arm, leg

    def treated_on(self, on: date) -> Treatment | None:
        """The line being given on a day."""
        return next((t for t in self.treatments if t.start < on and (t.stop is None or on <= t.stop)), None)


def _approach(level: float, target: float, days: int, tau: float) -> float:
    return target + (level - target) * math.exp(-days / tau)


def story_of(fortune: Fortune, index: int, until: date) -> Course:
    """The course of the `index`-th patient up to a day."""
    kind = _kind(index)
    recent = kind is not Story.POEMS or fortune.happens(0.12)
    span = (0.05, 0.9) if recent else (0.9, 16.0)
    diagnosed = working_day(until - timedelta(days=int(fortune.between(*span) * 365)))
    delay = fortune.skewed(13, 0.65, 1, 77)
    onset = diagnosed - timedelta(days=int(delay * 30.4))
    traits = traits_of(fortune, kind)
    mistaken = "CIDP" if fortune.happens(0.55) else fortune.one_of(OTHER_LABELS, (6, 2, 1))
    misguided = tuple(n for n, p in (("IVIg", 0.8), ("prednisolone", 0.5), ("plasma exchange", 0.2))
                      if mistaken == "CIDP" and fortune.happens(p))  # fmt: skip
    course = Course(kind, onset, diagnosed, traits, first_label=mistaken, misguided=misguided, until=until)
    return _treated(fortune, course) if kind in (Story.POEMS, Story.CASTLEMAN_VARIANT) else course


def _kind(index: int) -> Story:
    """Of 150: 137 with POEMS, 7 suspected, 4 with another diagnosis, 2 Castleman variants; spread over the list."""
    place = (index * 37) % 150
    if place < 7:
        return Story.SUSPECTED
    if place < 11:
        return Story.OTHER
    return Story.CASTLEMAN_VARIANT if place < 13 else Story.POEMS


def traits_of(fortune: Fortune, kind: Story) -> Traits:
    """Features of one person; shares as in clinical.md 6.2."""
    real = kind in (Story.POEMS, Story.CASTLEMAN_VARIANT)
    share = 1.0 if real else 0.25
    variant = kind is Story.CASTLEMAN_VARIANT
    nodes = variant or fortune.happens(0.33 * share)
    spleen, liver = fortune.happens(0.34 * share), fortune.happens(0.27 * share)
    arm, leg = fortune.one_of(((1, 2), (2, 3), (2, 4), (3, 4), (3, 5), (1, 3), (4, 6)), (10, 24, 20, 20, 14, 8, 4))
    best = (
        max(0, arm - fortune.one_of((1, 2, 0), (5, 3, 2))),
        max(0, leg - fortune.one_of((1, 2, 3, 0), (3, 4, 2, 1))),
    )
    high = fortune.happens(0.72 * share)
    tlco = fortune.near(66, 14, 25, 110)
    return Traits(
        organs=nodes or spleen or liver,
        spleen=spleen,
        liver=liver,
        nodes=nodes,
        castleman=variant or (nodes and fortune.happens(0.5)),
        endocrine=_axes(fortune, share),
        skin=_signs(fortune, share),
        fluid=tuple(f for f, p in (("oedema", 0.5), ("pleural_effusion", 0.22), ("ascites", 0.14))
                    if fortune.happens(p * share)),
        discs=fortune.happens(0.42 * share),
        bone="none" if not real or fortune.happens(0.2) else fortune.one_of(("sclerotic", "mixed"), (7, 3)),
        counts_high=high,
        vegf=fortune.skewed(4400, 0.55, 900, 14000) if real else fortune.near(420, 180, 90, 700),
        plasma=fortune.happens(0.1),
        m_protein=0.0 if fortune.happens(0.27) else round(fortune.skewed(4, 0.5, 1, 18), 1),
        heavy=fortune.one_of(("IgA", "IgG"), (55, 45)),
        light="lambda" if fortune.happens(0.97) else "kappa",
        onls=(arm, leg),
        onls_best=best,
        platelets=fortune.near(560, 80, 455, 780) if high else fortune.near(310, 60, 170, 440),
        lambda_flc=fortune.skewed(55, 0.5, 15, 260),
        weight=fortune.near(72, 13, 44, 118),
        grip=fortune.near(20, 8, 3, 48),
        tlco=tlco,
        pasp=fortune.near(32 if tlco > 50 else 46, 9, 18, 85),
    )  # fmt: skip


def _axes(fortune: Fortune, share: float) -> tuple[str, ...]:
    if not fortune.happens(0.8 * share):
        return ("glucose",) if fortune.happens(0.1) else ()
    odds = (("gonadal", 0.72), ("thyroid", 0.32), ("pituitary", 0.24), ("adrenal", 0.18), ("parathyroid", 0.08),
            ("glucose", 0.3))  # fmt: skip
    return tuple(axis for axis, p in odds if fortune.happens(p)) or ("gonadal",)


def _signs(fortune: Fortune, share: float) -> tuple[str, ...]:
    if not fortune.happens(0.78 * share):
        return ()
    odds = (("hyperpigmentation", 0.66), ("hypertrichosis", 0.4), ("glomeruloid_haemangioma", 0.14), ("plethora", 0.2),
            ("acrocyanosis", 0.24), ("white_nails", 0.3), ("flushing", 0.1), ("cherry_angioma", 0.35))  # fmt: skip
    return tuple(sign for sign, p in odds if fortune.happens(p)) or ("hyperpigmentation",)


Regimen = tuple[str, str, int | None, bool, float]
"""Name, category, cycles, whether a transplant belongs to it, and the activity it reaches."""
FIRST: tuple[Regimen, ...] = (("Lenalidomide and dexamethasone, then transplant", "ASCT_MEL200", 5, True, 0.06),
         ("Lenalidomide and dexamethasone", "LEN_DEX", 6, False, 0.11),
         ("Radiotherapy 45 Gy", "RT_RADICAL", None, False, 0.12),
         ("Melphalan and dexamethasone", "MDEX", 6, False, 0.13),
         ("Bortezomib, cyclophosphamide and dexamethasone", "VCD", 4, False, 0.14))  # fmt: skip
LATER: tuple[Regimen, ...] = (("Daratumumab, lenalidomide and dexamethasone", "DARA_RD", 12, False, 0.08),
         ("Daratumumab, bortezomib and dexamethasone", "DARA_VD", 8, False, 0.1),
         ("Pomalidomide and dexamethasone", "POM_DEX", 8, False, 0.15))  # fmt: skip


def _treated(fortune: Fortune, course: Course) -> Course:
    until = course.until
    treatments: list[Treatment] = []
    relapses: list[date] = []
    start = working_day(course.diagnosed + timedelta(days=int(fortune.between(14, 60))))
    options: tuple[Regimen, ...] = FIRST
    weights: tuple[int, ...] = (42, 26, 16, 9, 7)
    while start < until:
        treatments.append(_line(fortune, options, weights, start, until))
        if len(relapses) == 2 or not fortune.happens(0.34):
            break
        relapse = working_day(start + timedelta(days=int(fortune.skewed(42, 0.4, 12, 110) * 30.4)))
        if relapse >= until:
            break
        relapses.append(relapse)
        start = working_day(relapse + timedelta(days=int(fortune.between(10, 45))))
        options, weights = LATER, (50, 25, 25)
    died = None
    if fortune.happens(0.024 * (until - course.diagnosed).days / 365):
        died = fortune.day(course.diagnosed + 5 * MONTH, until)
        treatments = [t for t in treatments if t.start < died]
        relapses = [r for r in relapses if r < died]
    return Course(
        course.story, course.onset, course.diagnosed, course.traits, tuple(treatments), tuple(relapses), died,
        course.first_label, course.misguided, until,
    )  # fmt: skip


def _line(
    fortune: Fortune,
    options: tuple[Regimen, ...],
    weights: tuple[int, ...],
    start: date,
    until: date,
) -> Treatment:
    name, category, cycles, transplant, reaches = fortune.one_of(options, weights)
    poor = fortune.one_of((1.0, 2.2, 5.0), (70, 20, 10))
    months = cycles if cycles is not None else 2
    stop = working_day(start + timedelta(days=months * 28 + (75 if transplant else 0)))
    on = working_day(stop - timedelta(days=30)) if transplant and stop < until else None
    return Treatment(name, category, start, stop if stop < until else None, min(0.9, reaches * poor), cycles, on)
