"""Up to five lesions followed by PET: each its site, which names it, and its SUVmax (clinical.md 2.4)."""

from poems_registry.catalogue.formulas import tracked_total
from poems_registry.catalogue.item import Derived, Item, ShownWhen
from poems_registry.catalogue.kinds import Choice, Number, options

SITE = Choice(
    options(
        ("skull", "Skull"),
        ("cervical_spine", "Cervical spine"),
        ("thoracic_spine", "Thoracic spine"),
        ("lumbar_spine", "Lumbar spine"),
        ("sacrum", "Sacrum"),
        ("pelvis_left", "Pelvis, left"),
        ("pelvis_right", "Pelvis, right"),
        ("rib_left", "Rib, left"),
        ("rib_right", "Rib, right"),
        ("sternum", "Sternum"),
        ("clavicle_scapula_left", "Clavicle or scapula, left"),
        ("clavicle_scapula_right", "Clavicle or scapula, right"),
        ("humerus_left", "Humerus, left"),
        ("humerus_right", "Humerus, right"),
        ("femur_left", "Femur, left"),
        ("femur_right", "Femur, right"),
        ("node", "Lymph node"),
        ("other", "Other"),
    )
)
SUV = Number("SUV", (0, 100), (0, 25), 1, ucum="{SUV}", better="lower", censored=False)
SITES = tuple(option.code for option in SITE.options)

TRACKED_LESIONS = (
    Item("lesion_1_site", "Tracked lesion 1", SITE, in_letter=False),
    Item("lesion_1_suv", "Lesion 1, SUVmax", SUV, in_letter=False, shown_when=ShownWhen("lesion_1_site", SITES)),
    Item("lesion_2_site", "Tracked lesion 2", SITE, in_letter=False, shown_when=ShownWhen("lesion_1_site", SITES)),
    Item("lesion_2_suv", "Lesion 2, SUVmax", SUV, in_letter=False, shown_when=ShownWhen("lesion_2_site", SITES)),
    Item("lesion_3_site", "Tracked lesion 3", SITE, in_letter=False, shown_when=ShownWhen("lesion_2_site", SITES)),
    Item("lesion_3_suv", "Lesion 3, SUVmax", SUV, in_letter=False, shown_when=ShownWhen("lesion_3_site", SITES)),
    Item("lesion_4_site", "Tracked lesion 4", SITE, in_letter=False, shown_when=ShownWhen("lesion_3_site", SITES)),
    Item("lesion_4_suv", "Lesion 4, SUVmax", SUV, in_letter=False, shown_when=ShownWhen("lesion_4_site", SITES)),
    Item("lesion_5_site", "Tracked lesion 5", SITE, in_letter=False, shown_when=ShownWhen("lesion_4_site", SITES)),
    Item("lesion_5_suv", "Lesion 5, SUVmax", SUV, in_letter=False, shown_when=ShownWhen("lesion_5_site", SITES)),
)
MOST_TRACKED = 5
SUV_TRACKED = Derived(
    "suv_sum_by_lesions",
    "Sum of SUVmax, from lesions",
    Number("SUV", (0, 500), decimals=1, ucum="{SUV}", better="lower"),
    needs=("lesion_1_suv",),
    optional=(
        *(f"lesion_{number}_suv" for number in range(2, MOST_TRACKED + 1)),
        *(f"lesion_{number}_site" for number in range(1, MOST_TRACKED + 1)),
        "fdg_avid_count",
    ),
    formula=tracked_total,
    grade="suv_sum",
    asked=tuple(item.code for item in TRACKED_LESIONS),
    in_letter=False,
)
