"""Scores of function that belong to no single feature (clinical.md 2.1 and 2.6)."""

from poems_registry.catalogue.formulas import total
from poems_registry.catalogue.item import Derived, Item, Section
from poems_registry.catalogue.kinds import Number

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
        ),
        Item("karnofsky", "Karnofsky, 0 to 100", Number("%", (0, 100), whole=True, censored=False, better="higher")),
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
        ),
        Item("incat_arm", "INCAT arm, 0 to 5", Number(hard=(0, 5), whole=True, censored=False, better="lower")),
        Item("incat_leg", "INCAT leg, 0 to 5", Number(hard=(0, 5), whole=True, censored=False, better="lower")),
        Item("irods_raw", "I-RODS, 0 to 48", Number(hard=(0, 48), whole=True, censored=False, better="higher")),
        Item(
            "irods_centile", "I-RODS centile", Number(hard=(0, 100), whole=True, censored=False, better="higher", mic=4)
        ),
        Item("fatigue_nrs", "Fatigue, 0 to 10", Number(hard=(0, 10), whole=True, censored=False, better="lower")),
    ),
    derived=(
        Derived(
            "incat_total",
            "INCAT total",
            Number(hard=(0, 10), whole=True, better="lower", mic=1),
            needs=("incat_arm", "incat_leg"),
            formula=total,
        ),
    ),
)
