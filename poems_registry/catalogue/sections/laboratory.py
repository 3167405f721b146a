"""Blood and urine tests with units, limits and conversions (clinical.md 1.5, 2.3, 2.4, 2.6, 7.4).

Total and adjusted calcium, random and fasting glucose, serum and plasma VEGF are different items (decision 12).
Conversion factors follow from molar masses, which each entry states.
"""

from poems_registry.catalogue.formulas import ratio
from poems_registry.catalogue.item import Derived, Found, Item, Section, hpo, loinc, snomed
from poems_registry.catalogue.kinds import Choice, Choices, Conversion, Number, options
from poems_registry.domain.records import EncounterKind

WITH_BLOOD = (EncounterKind.CLINIC, EncounterKind.SAMPLE, EncounterKind.PHONE)
TENFOLD = Conversion(10.0, source="1 dL is 0.1 L")
SAME = Conversion(1.0, source="the same quantity, written otherwise")
CALCIUM_MG_DL = Conversion(0.24951, source="calcium, 40.078 g/mol")
GLUCOSE_MG_DL = Conversion(0.0555075, source="glucose, 180.156 g/mol")

BLOOD = Section(
    "blood",
    "Blood and urine tests",
    short="Blood",
    kinds=WITH_BLOOD,
    items=(
        Item(
            "vegf_serum",
            "VEGF, serum",
            lab=True,
            specimen="serum",
            kind=Number("pg/mL", (1, 200000), (1, 20000), 0, ucum="pg/mL", units={"ng/L": SAME}, better="lower"),
            help="Never in one series with plasma. State the laboratory's limit and the assay.",
            plain="VEGF, a blood marker of POEMS",
            coding=(loinc("75628-8", Found.SOURCE), hpo("HP:0031052")),
        ),
        Item(
            "vegf_plasma",
            "VEGF, plasma",
            lab=True,
            specimen="plasma",
            kind=Number("pg/mL", (1, 200000), (1, 5000), 0, ucum="pg/mL", units={"ng/L": SAME}, better="lower"),
            help="Never in one series with serum. State the laboratory's limit and the assay.",
            plain="VEGF in plasma, a blood marker of POEMS",
            coding=(loinc("75628-8", Found.SOURCE), hpo("HP:0031052")),
        ),
        Item(
            "vegf_confounders",
            "May have raised VEGF",
            Choices(
                options(
                    ("iron_deficiency", "iron deficiency"),
                    ("copd", "COPD"),
                    ("sleep_apnoea", "sleep apnoea"),
                    ("cancer", "another cancer"),
                    ("vasculitis", "vasculitis"),
                    ("inflammation", "chronic inflammation"),
                    ("acute_illness", "acute illness"),
                )
            ),
            in_letter=False,
        ),
        Item(
            "m_protein",
            "M-protein",
            lab=True,
            kind=Number("g/L", (0, 100), (0, 30), 1, ucum="g/L", units={"g/dL": TENFOLD}, better="lower"),
            coding=(loinc("33358-3"),),
            plain="abnormal protein (M-protein)",
        ),
        Item(
            "flc_kappa",
            "Free light chain, kappa",
            lab=True,
            plain="kappa light chain",
            kind=Number("mg/L", (0.1, 50000), decimals=2, ucum="mg/L"),
            coding=(loinc("36916-5", Found.SOURCE),),
        ),
        Item(
            "flc_lambda",
            "Free light chain, lambda",
            lab=True,
            plain="lambda light chain",
            kind=Number("mg/L", (0.1, 50000), decimals=2, ucum="mg/L", better="lower"),
            coding=(loinc("33944-0", Found.SOURCE),),
        ),
        Item(
            "flc_ratio_reported",
            "Free light chain ratio, as reported",
            lab=True,
            in_letter=False,
            kind=Number("", (0, 500000), decimals=3, ucum="{ratio}"),
            help="As the laboratory printed it, with its limits. Kappa, lambda and the ratio must agree within 5%.",
            coding=(loinc("48378-4", Found.SOURCE),),
        ),
        Item("igg", "IgG", Number("g/L", (0, 100), decimals=2, ucum="g/L"), lab=True, coding=(loinc("2465-3"),)),
        Item("iga", "IgA", Number("g/L", (0, 100), decimals=2, ucum="g/L"), lab=True, coding=(loinc("2458-8"),)),
        Item("igm", "IgM", Number("g/L", (0, 100), decimals=2, ucum="g/L"), lab=True, coding=(loinc("2472-9"),)),
        Item(
            "platelets",
            "Platelets",
            lab=True,
            kind=Number(
                "10⁹/L", (1, 3000), (50, 800), 0, ucum="10*9/L", units={"10*3/uL": SAME, "K/uL": SAME, "GI/L": SAME}
            ),
            coding=(loinc("777-3", Found.SOURCE), hpo("HP:0001894"), snomed("6631009")),
        ),
        Item(
            "haemoglobin",
            "Haemoglobin",
            lab=True,
            kind=Number("g/L", (30, 250), (80, 185), 0, ucum="g/L", units={"g/dL": TENFOLD}),
            coding=(loinc("718-7"), hpo("HP:0001901"), snomed("127062003")),
        ),
        Item(
            "haematocrit",
            "Haematocrit",
            lab=True,
            kind=Number(
                "L/L", (0.1, 0.75), decimals=3, ucum="L/L", units={"%": Conversion(0.01, source="per cent of 1 L/L")}
            ),
        ),
        Item(
            "ferritin",
            "Ferritin",
            Number("ug/L", (1, 100000), decimals=0, ucum="ug/L", units={"ng/mL": SAME}),
            lab=True,
            plain="ferritin (iron stores)",
        ),
        Item(
            "creatinine",
            "Creatinine",
            lab=True,
            plain="creatinine, a kidney test",
            kind=Number(
                "umol/L",
                (10, 3000),
                decimals=0,
                ucum="umol/L",
                better="lower",
                units={"mg/dL": Conversion(88.402, source="creatinine, 113.12 g/mol")},
            ),
            coding=(loinc("14682-9", Found.SOURCE),),
        ),
        Item(
            "egfr",
            "eGFR",
            lab=True,
            plain="kidney function (eGFR)",
            kind=Number("mL/min/1.73m²", (1, 200), (30, 200), 0, ucum="mL/min/{1.73_m2}", better="higher"),
            coding=(loinc("62238-1"),),
        ),
        Item(
            "egfr_formula",
            "eGFR formula",
            Choice(
                options(
                    ("ckd_epi_2009", "CKD-EPI 2009"),
                    ("ckd_epi_2021", "CKD-EPI 2021"),
                    ("mdrd", "MDRD"),
                    ("other", "Other"),
                )
            ),
            in_letter=False,
        ),
        Item(
            "albumin",
            "Albumin",
            Number("g/L", (5, 70), (32, 70), 0, ucum="g/L", units={"g/dL": TENFOLD}),
            lab=True,
            coding=(loinc("1751-7"),),
        ),
        Item(
            "urine_protein",
            "Urine protein/creatinine ratio",
            Number("mg/mmol", (0, 3000), decimals=1, ucum="mg/mmol"),
            lab=True,
            plain="urine protein to creatinine ratio",
        ),
        Item(
            "urine_acr",
            "Urine albumin/creatinine ratio",
            Number("mg/mmol", (0, 3000), decimals=1, ucum="mg/mmol"),
            lab=True,
            plain="urine albumin to creatinine ratio",
        ),
        Item(
            "crp",
            "CRP",
            Number("mg/L", (0, 1000), decimals=1, ucum="mg/L"),
            lab=True,
            coding=(loinc("1988-5"),),
            plain="CRP, a test for inflammation",
        ),
        Item(
            "nt_probnp",
            "NT-proBNP",
            Number("ng/L", (0, 100000), decimals=0, ucum="ng/L", units={"pg/mL": SAME}),
            lab=True,
            plain="NT-proBNP, a heart test",
        ),
        Item(
            "b12", "Vitamin B12", Number("ng/L", (10, 10000), decimals=0, ucum="ng/L", units={"pg/mL": SAME}), lab=True
        ),
    ),
    derived=(
        Derived(
            "flc_ratio",
            "Free light chain ratio, kappa/lambda",
            Number("", (0, 1e6), decimals=2, ucum="{ratio}"),
            needs=("flc_kappa", "flc_lambda"),
            formula=ratio,
            plain="ratio of kappa to lambda light chains",
        ),
    ),
)

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
