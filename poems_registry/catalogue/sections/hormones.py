"""Hormone tests with calcium and glucose: units, limits and conversions (clinical.md 2.3, 7.4).

Total and adjusted calcium, random and fasting glucose are different items (decision 12). Conversion factors follow from
molar masses, which each entry states.
"""

from poems_registry.catalogue.item import Found, Item, Section, loinc
from poems_registry.catalogue.kinds import Conversion, Number
from poems_registry.catalogue.sections.laboratory import WITH_BLOOD

CALCIUM_MG_DL = Conversion(0.24951, source="calcium, 40.078 g/mol")
GLUCOSE_MG_DL = Conversion(0.0555075, source="glucose, 180.156 g/mol")

HORMONES = Section(
    "hormones",
    "Hormone tests",
    short="Hormones",
    kinds=WITH_BLOOD,
    items=(
        Item(
            "testosterone",
            "Testosterone",
            lab=True,
            coding=(loinc("14913-8", Found.SOURCE),),
            kind=Number(
                "nmol/L",
                (0, 100),
                (1, 50),
                1,
                ucum="nmol/L",
                units={"ng/dL": Conversion(0.034672, source="testosterone, 288.42 g/mol")},
            ),
            help="Taken 8 to 11 in the morning, twice.",
        ),
        Item(
            "shbg",
            "SHBG",
            Number("nmol/L", (1, 400), decimals=0, ucum="nmol/L"),
            lab=True,
            coding=(loinc("13967-5"),),
            plain="SHBG, a hormone test",
        ),
        Item(
            "oestradiol",
            "Oestradiol",
            Number("pmol/L", (5, 20000), (5, 5000), 0, ucum="pmol/L"),
            lab=True,
            coding=(loinc("14715-7"),),
        ),
        Item(
            "fsh",
            "FSH",
            Number("IU/L", (0, 250), (0, 150), 1, ucum="[IU]/L"),
            lab=True,
            coding=(loinc("15067-2", Found.SOURCE),),
            plain="FSH, a hormone test",
        ),
        Item(
            "lh",
            "LH",
            Number("IU/L", (0, 250), (0, 120), 1, ucum="[IU]/L"),
            lab=True,
            coding=(loinc("10501-5", Found.SOURCE),),
            plain="LH, a hormone test",
        ),
        Item(
            "prolactin",
            "Prolactin",
            Number("mIU/L", (5, 500000), (5, 5000), 0, ucum="m[IU]/L"),
            lab=True,
            coding=(loinc("15081-3", Found.SOURCE),),
        ),
        Item(
            "igf1",
            "IGF-1",
            lab=True,
            kind=Number(
                "nmol/L",
                (0.5, 200),
                decimals=1,
                ucum="nmol/L",
                units={
                    "ug/L": Conversion(0.13073, source="IGF-1, 7,649 g/mol"),
                    "ng/mL": Conversion(0.13073, source="IGF-1, 7,649 g/mol"),
                },
            ),
            plain="IGF-1, a growth hormone test",
        ),
        Item(
            "tsh",
            "TSH",
            Number("mIU/L", (0, 500), (0, 100), 2, ucum="m[IU]/L"),
            lab=True,
            plain="TSH, a thyroid test",
            coding=(loinc("3016-3"),),
        ),
        Item(
            "free_t4",
            "Free T4",
            Number("pmol/L", (0.5, 150), (5, 60), 1, ucum="pmol/L"),
            lab=True,
            coding=(loinc("14920-3", Found.SOURCE),),
            plain="free T4, a thyroid test",
        ),
        Item(
            "free_t3",
            "Free T3",
            Number("pmol/L", (0.3, 60), decimals=1, ucum="pmol/L"),
            lab=True,
            plain="free T3, a thyroid test",
        ),
        Item(
            "cortisol_9am",
            "Cortisol, 9 am",
            Number("nmol/L", (1, 3000), (1, 1200), 0, ucum="nmol/L"),
            lab=True,
            help="Sample time required. Steroids within 14 days confound it.",
            coding=(loinc("14675-3", Found.SOURCE),),
        ),
        Item(
            "synacthen_0",
            "Short Synacthen, 0 min",
            Number("nmol/L", (1, 3000), decimals=0, ucum="nmol/L"),
            lab=True,
            plain="adrenal test (short Synacthen), start",
        ),
        Item(
            "synacthen_30",
            "Short Synacthen, 30 min",
            Number("nmol/L", (1, 3000), decimals=0, ucum="nmol/L"),
            lab=True,
            help="430 nmol/L or more passes by default; the cut-off depends on the assay.",
            plain="adrenal test (short Synacthen), 30 minutes",
        ),
        Item(
            "acth",
            "ACTH",
            Number("ng/L", (1, 5000), decimals=0, ucum="ng/L"),
            lab=True,
            coding=(loinc("2141-0"),),
            plain="ACTH, an adrenal test",
        ),
        Item(
            "pth",
            "PTH",
            Number("pmol/L", (0.1, 500), (0.1, 100), 1, ucum="pmol/L"),
            lab=True,
            coding=(loinc("14866-8"),),
            plain="PTH, a parathyroid test",
        ),
        Item(
            "calcium_adjusted",
            "Calcium, adjusted",
            lab=True,
            kind=Number("mmol/L", (0.8, 5), (1.9, 3), 2, ucum="mmol/L", units={"mg/dL": CALCIUM_MG_DL}),
        ),
        Item(
            "calcium_total",
            "Calcium, total",
            lab=True,
            kind=Number("mmol/L", (0.8, 5), (1.9, 3), 2, ucum="mmol/L", units={"mg/dL": CALCIUM_MG_DL}),
        ),
        Item(
            "vitamin_d",
            "25-OH vitamin D",
            Number("nmol/L", (3, 500), decimals=0, ucum="nmol/L"),
            lab=True,
            plain="vitamin D",
        ),
        Item(
            "hba1c",
            "HbA1c",
            lab=True,
            plain="HbA1c, a test of blood sugar over months",
            kind=Number(
                "mmol/mol",
                (10, 200),
                (10, 120),
                0,
                ucum="mmol/mol",
                units={"%": Conversion(10.929, -23.518, "IFCC-NGSP master equation: (% - 2.152) x 10.929")},
            ),
            help="Not valid after a transfusion or transplant.",
            coding=(loinc("59261-8"),),
        ),
        Item(
            "glucose_fasting",
            "Glucose, fasting",
            lab=True,
            coding=(loinc("14771-0"),),
            kind=Number("mmol/L", (0.5, 60), (0.5, 30), 1, ucum="mmol/L", units={"mg/dL": GLUCOSE_MG_DL}),
        ),
        Item(
            "glucose_random",
            "Glucose, random",
            lab=True,
            kind=Number("mmol/L", (0.5, 60), (0.5, 30), 1, ucum="mmol/L", units={"mg/dL": GLUCOSE_MG_DL}),
        ),
    ),
)
