"""Volume overload, eyes, heart, lungs and weight (clinical.md 2.6)."""

from poems_registry.catalogue.formulas import body_mass_index
from poems_registry.catalogue.item import YES_NO, Derived, Found, Item, Section, ShownWhen, hpo, loinc, snomed
from poems_registry.catalogue.kinds import Choice, Conversion, Number, Text, options

GRADE = Choice(options(("0", "Grade 0"), ("1", "Grade 1"), ("2", "Grade 2"), ("3", "Grade 3"), ("4", "Grade 4")))
SIDE = Choice(
    options(
        ("both", "Both sides", "on both sides"), ("left", "Left", "on the left"), ("right", "Right", "on the right")
    )
)
SEEN_BY = Choice(
    options(
        ("examination", "Examination"),
        ("xray", "X-ray"),
        ("ultrasound", "Ultrasound or echo"),
        ("ct", "CT or PET-CT"),
    )
)
ACUITY = Choice(
    options(
        ("6_4", "6/4"),
        ("6_5", "6/5"),
        ("6_6", "6/6"),
        ("6_9", "6/9"),
        ("6_12", "6/12"),
        ("6_18", "6/18"),
        ("6_24", "6/24"),
        ("6_36", "6/36"),
        ("6_60", "6/60"),
        ("3_60", "3/60"),
        ("1_60", "1/60"),
        ("counts_fingers", "Counts fingers", "counts fingers only"),
        ("hand_movements", "Hand movements", "sees hand movements only"),
        ("light", "Perception of light", "sees light only"),
        ("no_light", "No perception of light", "cannot see light"),
    )
)
"""Snellen, as read in clinics here; best corrected."""
PERCENT = Number("%", (5, 200), (50, 200), 0, ucum="%", better="higher")
POUND = Conversion(0.45359237, source="international avoirdupois pound, exact")
INCH = Conversion(2.54, source="international inch, exact")
METRE = Conversion(100.0, source="definition")

OTHER = Section(
    "other",
    "Other features",
    short="Other",
    items=(
        Item(
            "oedema",
            "Oedema",
            Choice(
                options(
                    ("none", "No oedema", "no swelling"),
                    ("ankle", "Ankle", "swelling at the ankles"),
                    ("knee", "To the knee", "swelling up to the knees"),
                    ("thigh", "To the thigh", "swelling up to the thighs"),
                    ("anasarca", "Anasarca", "swelling of the whole body"),
                )
            ),
            own_cause=True,
            plain="swelling",
            coding=(hpo("HP:0000969"), snomed("267038008"), hpo("HP:0012398"), snomed("271809000")),
        ),
        Item(
            "oedema_side",
            "Oedema side",
            SIDE,
            shown_when=ShownWhen("oedema", ("ankle", "knee", "thigh")),
            told_with="oedema",
            detail=", {}",
            plain="swelling",
        ),
        Item(
            "oedema_grade",
            "Oedema, CTCAE grade",
            Choice(options(("0", "Grade 0"), ("1", "Grade 1"), ("2", "Grade 2"), ("3", "Grade 3"))),
            in_letter=False,
        ),
        Item(
            "pleural_effusion",
            "Pleural effusion",
            YES_NO,
            own_cause=True,
            plain="fluid around the lungs",
            coding=(hpo("HP:0002202"), snomed("60046008")),
        ),
        Item(
            "pleural_effusion_method",
            "Pleural effusion, seen by",
            SEEN_BY,
            shown_when=ShownWhen("pleural_effusion", ("present",)),
            in_letter=False,
        ),
        Item(
            "pleural_effusion_grade",
            "Pleural effusion, grade",
            GRADE,
            shown_when=ShownWhen("pleural_effusion", ("present",)),
            in_letter=False,
        ),
        Item(
            "pleural_effusion_drained",
            "Pleural effusion, drained",
            Number("mL", (0, 30000), decimals=0, ucum="mL"),
            shown_when=ShownWhen("pleural_effusion", ("present",)),
            told_with="pleural_effusion",
            detail=", {} drained",
            plain="fluid around the lungs, drained",
        ),
        Item(
            "ascites",
            "Ascites",
            YES_NO,
            own_cause=True,
            plain="fluid in the abdomen",
            coding=(hpo("HP:0001541"), snomed("389026000")),
        ),
        Item(
            "ascites_method",
            "Ascites, seen by",
            SEEN_BY,
            shown_when=ShownWhen("ascites", ("present",)),
            in_letter=False,
        ),
        Item(
            "ascites_grade",
            "Ascites, grade",
            GRADE,
            shown_when=ShownWhen("ascites", ("present",)),
            in_letter=False,
        ),
        Item(
            "ascites_drained",
            "Ascites, drained",
            Number("mL", (0, 30000), decimals=0, ucum="mL"),
            shown_when=ShownWhen("ascites", ("present",)),
            told_with="ascites",
            detail=", {} drained",
            plain="fluid in the abdomen, drained",
        ),
        Item(
            "pericardial_effusion",
            "Pericardial effusion",
            YES_NO,
            own_cause=True,
            plain="fluid around the heart",
            coding=(hpo("HP:0001698"), snomed("373945007")),
        ),
        Item(
            "pericardial_effusion_method",
            "Pericardial effusion, seen by",
            SEEN_BY,
            shown_when=ShownWhen("pericardial_effusion", ("present",)),
            in_letter=False,
        ),
        Item(
            "pericardial_effusion_grade",
            "Pericardial effusion, grade",
            GRADE,
            shown_when=ShownWhen("pericardial_effusion", ("present",)),
            in_letter=False,
        ),
        Item(
            "pericardial_effusion_drained",
            "Pericardial effusion, drained",
            Number("mL", (0, 30000), decimals=0, ucum="mL"),
            shown_when=ShownWhen("pericardial_effusion", ("present",)),
            told_with="pericardial_effusion",
            detail=", {} drained",
            plain="fluid around the heart, drained",
        ),
        Item("effusion_grade", "Worst effusion, CTCAE grade", GRADE, in_letter=False, retired=True),
        Item("drained_volume", "Fluid drained", Number("mL", (0, 30000), decimals=0, ucum="mL"), retired=True),
        Item(
            "papilloedema_right",
            "Papilloedema, right eye",
            YES_NO,
            own_cause=True,
            negative="No papilloedema, right eye",
            coding=(hpo("HP:0001085"), snomed("423341008")),
            plain="swelling at the back of the right eye (papilloedema)",
        ),
        Item(
            "papilloedema_left",
            "Papilloedema, left eye",
            YES_NO,
            own_cause=True,
            negative="No papilloedema, left eye",
            coding=(hpo("HP:0001085"), snomed("423341008")),
            plain="swelling at the back of the left eye (papilloedema)",
        ),
        Item(
            "fundi_method",
            "Fundi seen by",
            Choice(options(("fundoscopy", "Fundoscopy"), ("oct", "OCT"))),
            in_letter=False,
        ),
        Item("visual_acuity_right", "Visual acuity, right", ACUITY, plain="sight of the right eye (visual acuity)"),
        Item("visual_acuity_left", "Visual acuity, left", ACUITY, plain="sight of the left eye (visual acuity)"),
        Item("visual_acuity", "Visual acuity", Text(80), plain="sight (visual acuity)", retired=True),
        Item("weight", "Weight", Number("kg", (25, 300), decimals=1, ucum="kg", units={"lb": POUND, "lbs": POUND})),
        Item("height", "Height", Number("cm", (100, 230), decimals=0, ucum="cm", units={"in": INCH, "m": METRE})),
        Item(
            "fvc",
            "FVC, % predicted",
            PERCENT,
            coding=(loinc("19872-1"), hpo("HP:0002091"), snomed("36485005")),
            plain="lung volume (FVC), compared with expected",
        ),
        Item("fev1", "FEV1, % predicted", PERCENT, plain="breath out in one second (FEV1), compared with expected"),
        Item(
            "tlco",
            "TLCO, % predicted",
            Number("%", (5, 200), (40, 200), 0, ucum="%", better="higher"),
            coding=(loinc("19913-3"), hpo("HP:0045051")),
            plain="gas transfer in the lungs (TLCO), compared with expected",
        ),
        Item(
            "kco",
            "KCO, % predicted",
            Number("%", (5, 200), (40, 200), 0, ucum="%", better="higher"),
            plain="gas transfer for lung size (KCO), compared with expected",
        ),
        Item(
            "pasp",
            "PASP by echo",
            Number("mmHg", (5, 150), (5, 39.9), 0, ucum="mm[Hg]", better="lower"),
            coding=(hpo("HP:0002092"), snomed("70995007"), hpo("HP:0004890")),
            plain="pressure in the lung arteries on heart scan (PASP)",
        ),
        Item(
            "lvef",
            "LVEF",
            Number("%", (5, 90), (45, 90), 0, ucum="%", better="higher"),
            plain="pumping of the heart (ejection fraction)",
        ),
        Item("weight_loss", "Weight loss", YES_NO, coding=(hpo("HP:0001824"), snomed("89362005", Found.SOURCE))),
        Item("other_note", "Note", Text(lines=2), in_letter=False, shown_when=None),
    ),
    derived=(
        Derived(
            "bmi",
            "Body mass index",
            Number("kg/m2", (5, 120), decimals=1, ucum="kg/m2"),
            needs=("weight", "height"),
            formula=body_mass_index,
            in_letter=False,
        ),
    ),
)
