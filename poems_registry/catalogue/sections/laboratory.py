"""Blood and urine tests with units, limits and conversions (clinical.md 1.5, 2.4, 2.6, 7.4); hormones stand apart.

Serum and plasma VEGF are different items (decision 12). Conversion factors follow from molar masses, which each entry
states.
"""

from poems_registry.catalogue.formulas import ratio
from poems_registry.catalogue.item import Derived, Found, Item, Section, hpo, loinc, snomed
from poems_registry.catalogue.kinds import Choice, Choices, Conversion, Number, options
from poems_registry.domain.records import EncounterKind

WITH_BLOOD = (EncounterKind.CLINIC, EncounterKind.SAMPLE)
TENFOLD = Conversion(10.0, source="1 dL is 0.1 L")
SAME = Conversion(1.0, source="the same quantity, written otherwise")

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
