"""E: endocrinopathy by axis (clinical.md 2.3); the hormone tests themselves stand with the laboratory."""

from poems_registry.catalogue.item import YES_NO, Item, Section, change, hpo, snomed, status
from poems_registry.catalogue.kinds import Choice, Text, options

AXIS = Choice(options(("normal", "Normal"), ("abnormal", "Abnormal"), ("not_assessed", "Not assessed")))

ENDOCRINE = Section(
    "endocrine",
    "Endocrinopathy",
    feature="E",
    short="E",
    plain="Hormone problems",
    plain_words="glands make too little or too much of a hormone",
    items=(
        status("e", "Endocrinopathy", hpo("HP:0000818")),
        change("e", "Endocrinopathy"),
        Item(
            "axis_gonadal",
            "Gonadal axis",
            AXIS,
            own_cause=True,
            plain="sex hormones",
            coding=(hpo("HP:0000135"), snomed("48130008")),
        ),
        Item(
            "axis_thyroid",
            "Thyroid",
            AXIS,
            own_cause=True,
            plain="thyroid",
            coding=(hpo("HP:0000821"), snomed("40930008")),
        ),
        Item(
            "axis_pituitary",
            "Pituitary, prolactin",
            AXIS,
            own_cause=True,
            coding=(hpo("HP:0000870"), snomed("237662005"), hpo("HP:0040075"), snomed("74728003")),
            plain="pituitary gland (prolactin)",
        ),
        Item(
            "axis_adrenal",
            "Adrenal",
            AXIS,
            own_cause=True,
            plain="adrenal glands",
            coding=(hpo("HP:0000846"), snomed("111563005")),
        ),
        Item(
            "axis_parathyroid",
            "Parathyroid",
            AXIS,
            own_cause=True,
            plain="parathyroid glands",
            coding=(hpo("HP:0000829"), snomed("36976004")),
        ),
        Item(
            "axis_glucose",
            "Glucose",
            AXIS,
            own_cause=True,
            plain="blood sugar",
            coding=(hpo("HP:0000819"), snomed("73211009"), hpo("HP:0001952")),
        ),
        Item(
            "replacement_gonadal",
            "Testosterone or oestrogen replacement",
            YES_NO,
            plain="testosterone or oestrogen treatment",
        ),
        Item("replacement_thyroid", "Thyroxine replacement", YES_NO, plain="thyroxine treatment"),
        Item("replacement_adrenal", "Hydrocortisone replacement", YES_NO, plain="hydrocortisone treatment"),
        Item(
            "replacement_pituitary",
            "Dopamine agonist or pituitary replacement",
            YES_NO,
            plain="treatment for the pituitary gland",
        ),
        Item(
            "replacement_parathyroid",
            "Calcium or vitamin D treatment",
            YES_NO,
            plain="calcium or vitamin D treatment",
        ),
        Item("treated_diabetes", "Diabetes treatment", YES_NO, plain="diabetes treatment"),
        Item(
            "gynaecomastia",
            "Gynaecomastia",
            YES_NO,
            sign=True,
            coding=(hpo("HP:0000771"), snomed("4754008")),
            plain="breast swelling",
        ),
        Item("amenorrhoea", "Amenorrhoea", YES_NO, sign=True, plain="missed periods"),
        Item(
            "erectile_dysfunction",
            "Erectile dysfunction",
            YES_NO,
            coding=(hpo("HP:0100639"),),
            plain="erection difficulty",
        ),
        Item("e_note", "Note", Text(lines=2), in_letter=False),
    ),
)
