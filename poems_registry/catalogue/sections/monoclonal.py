"""M: monoclonal plasma cell disorder, marrow, bone and imaging (clinical.md 2.4)."""

from poems_registry.catalogue.item import (
    YES_NO,
    Found,
    Item,
    Section,
    ShownWhen,
    change,
    hpo,
    snomed,
    status,
)
from poems_registry.catalogue.kinds import Choice, Day, Number, Text, options
from poems_registry.catalogue.sections.tracked_lesions import SUV_TRACKED, TRACKED_LESIONS

FIXATION = Choice(options(("positive", "Positive"), ("negative", "Negative"), ("equivocal", "Equivocal", "uncertain")))
CLONALITY = Choice(
    options(
        ("clonal_lambda", "Clonal, lambda", "abnormal plasma cells (lambda)"),
        ("clonal_kappa", "Clonal, kappa", "abnormal plasma cells (kappa)"),
        ("polyclonal", "Polyclonal", "plasma cells of mixed types (polyclonal)"),
    )
)
LESIONS = ShownWhen("bone_lesion_type", ("sclerotic", "mixed", "lytic"))

MONOCLONAL = Section(
    "monoclonal",
    "Monoclonal plasma cell disorder",
    feature="M",
    short="M",
    plain="Abnormal plasma cells",
    plain_words="too many abnormal plasma cells, the blood cells that make antibodies against infection",
    items=(
        status("m", "Monoclonal plasma cell disorder", hpo("HP:0031047"), snomed("109983007", Found.MEMORY)),
        change("m", "Monoclonal plasma cell disorder"),
        Item(
            "heavy_chain",
            "Heavy chain",
            Choice(
                options(
                    ("IgA", "IgA"),
                    ("IgG", "IgG"),
                    ("IgM", "IgM"),
                    ("IgD", "IgD"),
                    ("IgE", "IgE"),
                    ("none", "None, light chain only", "light chain only"),
                    ("biclonal", "Biclonal", "two types (biclonal)"),
                ),
                warn={"IgM": "IgM is rare in POEMS", "IgD": "IgD is rare in POEMS"},
            ),
            coding=(hpo("HP:0032335"), hpo("HP:0032295")),
            plain="type of abnormal protein",
        ),
        Item(
            "light_chain",
            "Light chain",
            Choice(
                options(("lambda", "Lambda"), ("kappa", "Kappa"), ("both", "Both", "kappa and lambda")),
                warn={"kappa": "more than 95 % of POEMS is lambda"},
            ),
            plain="light chain of the abnormal protein",
            told_with="heavy_chain",
            detail=", {} light chain",
        ),
        Item(
            "spep",
            "Serum electrophoresis",
            Choice(
                options(
                    ("not_detected", "No band", "no abnormal protein band in the blood (electrophoresis)"),
                    ("too_small", "Band too small to quantify", "abnormal protein found, too little to measure"),
                    ("quantified", "Band, quantified", "abnormal protein found and measured"),
                )
            ),
            plain="blood test for the protein (electrophoresis)",
        ),
        Item(
            "ife_serum",
            "Serum immunofixation",
            FIXATION,
            sign=False,
            plain="sensitive blood test for the protein (immunofixation)",
        ),
        Item(
            "ife_urine",
            "Urine immunofixation",
            FIXATION,
            plain="sensitive urine test for the protein (immunofixation)",
        ),
        Item(
            "ife_serum_on",
            "Serum immunofixation date",
            Day(partial=True),
            told_with="ife_serum",
            detail=", test of {}",
            plain="sensitive blood test for the protein, done",
        ),
        Item(
            "ife_urine_on",
            "Urine immunofixation date",
            Day(partial=True),
            told_with="ife_urine",
            detail=", test of {}",
            plain="sensitive urine test for the protein, done",
        ),
        Item(
            "marrow_on",
            "Marrow date",
            Day(partial=True),
            plain="bone marrow sample taken",
            told_with="marrow_flow",
            detail=", sample of {}",
        ),
        Item("marrow_flow", "Marrow by flow", CLONALITY, plain="bone marrow, flow test"),
        Item("marrow_ihc", "Marrow by IHC or ISH", CLONALITY, plain="bone marrow, tissue stains"),
        Item(
            "marrow_pc_aspirate",
            "Plasma cells, aspirate",
            Number("%", (0, 100), (0, 9.9), 1, ucum="%"),
            plain="plasma cells in liquid marrow (aspirate)",
        ),
        Item(
            "marrow_pc_trephine",
            "Plasma cells, trephine",
            Number("%", (0, 100), (0, 9.9), 1, ucum="%"),
            plain="plasma cells in solid marrow (trephine)",
        ),
        Item(
            "marrow_clonal_fraction",
            "Clonal part of plasma cells",
            Number("%", (0, 100), decimals=1, ucum="%"),
            plain="abnormal part of the plasma cells",
        ),
        Item(
            "megakaryocytes",
            "Megakaryocyte hyperplasia or clustering",
            YES_NO,
            plain="increased or clustered platelet-making cells in the marrow",
        ),
        Item("cytogenetics", "FISH and cytogenetics", Text(300), plain="gene tests of the plasma cells"),
        Item(
            "lesion_biopsy",
            "Bone lesion or tumour biopsy",
            Choice(
                options(
                    ("clonal_lambda", "Clonal, lambda", "abnormal plasma cells (lambda)"),
                    ("clonal_kappa", "Clonal, kappa", "abnormal plasma cells (kappa)"),
                    ("not_clonal", "Not clonal", "no abnormal plasma cells in the biopsy of bone or tumour"),
                )
            ),
            coding=(hpo("HP:0011857"), snomed("415112005")),
            plain="biopsy of bone or tumour",
        ),
        Item(
            "bone_imaging",
            "Bone imaging",
            Choice(
                options(
                    ("ldct", "Whole-body low-dose CT"),
                    ("pet_ct", "PET-CT"),
                    ("mri_whole", "Whole-body MRI"),
                    ("mri_spine", "MRI of the spine"),
                    ("survey", "Plain film survey", "plain X-rays"),
                )
            ),
            help="A normal plain survey or spine MRI alone cannot exclude bone lesions.",
            plain="bone scan",
        ),
        Item("bone_imaged_on", "Bone imaging date", Day(partial=True), plain="bones scanned", told_with="bone_imaging"),
        Item(
            "bone_lesion_type",
            "Bone lesions",
            Choice(
                options(
                    ("none", "No bone lesions", "no bone lesions"),
                    ("sclerotic", "Sclerotic", "dense (sclerotic)"),
                    ("mixed", "Mixed sclerotic and lytic", "dense and thinned (mixed)"),
                    ("lytic", "Lytic only", "thinned (lytic)"),
                )
            ),
            own_cause=True,
            coding=(hpo("HP:0011001"),),
            plain="bone lesions (areas of changed bone)",
        ),
        Item(
            "bone_lesion_count",
            "Number of lesions",
            Choice(options(("1", "1"), ("2", "2"), ("3", "3"), ("4-10", "4 to 10"), ("11+", "More than 10"))),
            shown_when=LESIONS,
            plain="number of bone lesions",
            told_with="bone_lesion_type",
            detail=", number {}",
        ),
        Item(
            "bone_sites",
            "Lesion sites",
            Text(300),
            shown_when=LESIONS,
            plain="sites of bone lesions",
            told_with="bone_lesion_type",
        ),
        Item(
            "fdg_avid_count",
            "FDG-avid lesions",
            Number(hard=(0, 200), whole=True, censored=False, better="lower"),
            plain="active lesions on PET scan",
        ),
        Item(
            "fdg_new_lesion",
            "New FDG-avid lesion since the last PET",
            YES_NO,
            negative="No new FDG-avid lesion since the last PET",
            plain="new active lesion on PET scan",
        ),
        Item(
            "suv_sum",
            "Sum of SUVmax",
            Number("SUV", (0, 1000), decimals=1, ucum="{SUV}", better="lower"),
            plain="total activity on PET scan (sum of SUVmax)",
        ),
        *TRACKED_LESIONS,
        Item(
            "extent",
            "Extent",
            Choice(
                options(
                    ("solitary", "Solitary lesion", "one lesion"),
                    ("two_three", "2 or 3 lesions"),
                    ("more", "More than 3 lesions"),
                    ("diffuse", "Diffuse marrow", "spread through the marrow"),
                )
            ),
            plain="extent of the plasma cell disease",
        ),
        Item("amyloid", "Amyloid on biopsy", YES_NO, plain="amyloid (a protein deposit) on biopsy"),
        Item("m_note", "Note", Text(lines=2), in_letter=False),
    ),
    derived=(SUV_TRACKED,),
)
