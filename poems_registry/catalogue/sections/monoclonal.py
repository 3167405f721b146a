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

FIXATION = Choice(options(("positive", "Positive"), ("negative", "Negative"), ("equivocal", "Equivocal")))
CLONALITY = Choice(
    options(("clonal_lambda", "Clonal, lambda"), ("clonal_kappa", "Clonal, kappa"), ("polyclonal", "Polyclonal"))
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
                    ("none", "None, light chain only"),
                    ("biclonal", "Biclonal"),
                ),
                warn={"IgM": "IgM is rare in POEMS", "IgD": "IgD is rare in POEMS"},
            ),
            coding=(hpo("HP:0032335"), hpo("HP:0032295")),
        ),
        Item(
            "light_chain",
            "Light chain",
            Choice(
                options(("lambda", "Lambda"), ("kappa", "Kappa"), ("both", "Both")),
                warn={"kappa": "more than 95 % of POEMS is lambda"},
            ),
        ),
        Item(
            "spep",
            "Serum electrophoresis",
            Choice(
                options(
                    ("not_detected", "No band", "no band on electrophoresis"),
                    ("too_small", "Band too small to quantify"),
                    ("quantified", "Band, quantified"),
                )
            ),
        ),
        Item("ife_serum", "Serum immunofixation", FIXATION, sign=False),
        Item("ife_urine", "Urine immunofixation", FIXATION),
        Item("marrow_on", "Marrow date", Day(partial=True)),
        Item("marrow_flow", "Marrow by flow", CLONALITY),
        Item("marrow_ihc", "Marrow by IHC or ISH", CLONALITY),
        Item("marrow_pc_aspirate", "Plasma cells, aspirate", Number("%", (0, 100), (0, 10), 1, ucum="%")),
        Item("marrow_pc_trephine", "Plasma cells, trephine", Number("%", (0, 100), (0, 10), 1, ucum="%")),
        Item("marrow_clonal_fraction", "Clonal part of plasma cells", Number("%", (0, 100), decimals=1, ucum="%")),
        Item("megakaryocytes", "Megakaryocyte hyperplasia or clustering", YES_NO),
        Item("cytogenetics", "FISH and cytogenetics", Text(300)),
        Item(
            "lesion_biopsy",
            "Bone lesion or tumour biopsy",
            Choice(
                options(
                    ("clonal_lambda", "Clonal, lambda"),
                    ("clonal_kappa", "Clonal, kappa"),
                    ("not_clonal", "Not clonal", "no clonal plasma cells on lesion biopsy"),
                )
            ),
            coding=(hpo("HP:0011857"), snomed("415112005")),
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
                    ("survey", "Plain film survey"),
                )
            ),
            help="A normal plain survey or spine MRI alone cannot exclude bone lesions.",
        ),
        Item("bone_imaged_on", "Bone imaging date", Day(partial=True)),
        Item(
            "bone_lesion_type",
            "Bone lesions",
            Choice(
                options(
                    ("none", "No bone lesions", "no bone lesions"),
                    ("sclerotic", "Sclerotic"),
                    ("mixed", "Mixed sclerotic and lytic"),
                    ("lytic", "Lytic only"),
                )
            ),
            own_cause=True,
            coding=(hpo("HP:0011001"),),
        ),
        Item(
            "bone_lesion_count",
            "Number of lesions",
            Choice(options(("1", "1"), ("2", "2"), ("3", "3"), ("4-10", "4 to 10"), ("11+", "More than 10"))),
            shown_when=LESIONS,
        ),
        Item("bone_sites", "Lesion sites", Text(300), shown_when=LESIONS),
        Item("fdg_avid_count", "FDG-avid lesions", Number(hard=(0, 200), whole=True, censored=False, better="lower")),
        Item("suv_sum", "Sum of SUVmax", Number("SUV", (0, 1000), decimals=1, ucum="{SUV}", better="lower")),
        Item(
            "extent",
            "Extent",
            Choice(
                options(
                    ("solitary", "Solitary lesion"),
                    ("two_three", "2 or 3 lesions"),
                    ("more", "More than 3 lesions"),
                    ("diffuse", "Diffuse marrow"),
                )
            ),
        ),
        Item("amyloid", "Amyloid on biopsy", YES_NO),
        Item("m_note", "Note", Text(lines=2), in_letter=False),
    ),
)
