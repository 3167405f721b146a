"""Scores of function that belong to no single feature (clinical.md 2.1 and 2.6)."""

from poems_registry.catalogue.formulas import total
from poems_registry.catalogue.item import Derived, Item, Section
from poems_registry.catalogue.kinds import Number
from poems_registry.catalogue.sections.score_tasks import BY_TASKS, QUALITY_OF_LIFE, SCORE_TASKS

SCORES = Section(
    "scores",
    "Scores",
    short="Scores",
    items=(
        Item(
            "ecog",
            "ECOG, 0 to 5",
            Number(
                hard=(0, 5),
                warn=(0, 4),
                whole=True,
                censored=False,
                better="lower",
                meanings=(
                    "fully active",
                    "restricted in strenuous activity",
                    "up more than half the day",
                    "in bed or chair more than half the day",
                    "in bed or chair all day",
                    "died",
                ),
            ),
            plain="daily activity (ECOG, lower is better)",
        ),
        Item(
            "karnofsky",
            "Karnofsky, 0 to 100",
            Number("%", (0, 100), whole=True, censored=False, better="higher", step=10),
            plain="daily activity (Karnofsky, higher is better)",
        ),
        Item(
            "mrs",
            "Modified Rankin, 0 to 6",
            Number(
                hard=(0, 6),
                warn=(0, 5),
                whole=True,
                censored=False,
                better="lower",
                meanings=(
                    "no symptoms",
                    "symptoms, no disability",
                    "slight disability",
                    "moderate, walks unaided",
                    "needs help to walk",
                    "severe, bedbound",
                    "died",
                ),
            ),
            plain="disability (modified Rankin, lower is better)",
        ),
        Item(
            "incat_arm",
            "INCAT arm, 0 to 5",
            Number(
                hard=(0, 5),
                whole=True,
                censored=False,
                better="lower",
                meanings=(
                    "no problems",
                    "symptoms, no task affected",
                    "tasks affected, none prevented",
                    "one or two tasks prevented",
                    "three or all tasks prevented, some movement remains",
                    "no purposeful movement",
                ),
            ),
            plain="INCAT arms (disability, lower is better)",
        ),
        Item(
            "incat_leg",
            "INCAT leg, 0 to 5",
            Number(
                hard=(0, 5),
                whole=True,
                censored=False,
                better="lower",
                meanings=(
                    "walking not affected",
                    "affected, walks alone outdoors",
                    "one support outdoors",
                    "two supports outdoors",
                    "wheelchair outdoors, a few steps with help",
                    "cannot stand and walk a few steps with help",
                ),
            ),
            plain="INCAT legs (disability, lower is better)",
        ),
        Item(
            "irods_raw",
            "I-RODS, 0 to 48",
            Number(hard=(0, 48), whole=True, censored=False, better="higher"),
            plain="daily tasks (I-RODS, higher is better)",
        ),
        Item(
            "irods_centile",
            "I-RODS centile",
            Number(hard=(0, 100), whole=True, censored=False, better="higher"),
            help="The minimal important change, 4, is on the scale of logits: without its table none is computed.",
            plain="daily tasks (I-RODS centile, higher is better)",
        ),
        Item(
            "fatigue_nrs",
            "Fatigue, 0 to 10",
            Number(hard=(0, 10), whole=True, censored=False, better="lower"),
            plain="tiredness (lower is better)",
        ),
        *SCORE_TASKS,
        *QUALITY_OF_LIFE,
    ),
    derived=(
        Derived(
            "incat_total",
            "INCAT total",
            Number(hard=(0, 10), whole=True, better="lower", mic=1),
            needs=("incat_arm", "incat_leg"),
            formula=total,
        ),
        *BY_TASKS,
    ),
)
