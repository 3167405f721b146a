"""O: organomegaly, lymph nodes and Castleman disease (clinical.md 2.2)."""

from poems_registry.catalogue.item import YES_NO, Found, Item, Section, ShownWhen, change, hpo, snomed, status
from poems_registry.catalogue.kinds import Choice, Choices, Day, Number, Text, options

ORGANS = Section(
    "organs",
    "Organomegaly",
    feature="O",
    short="O",
    plain="Enlarged spleen or liver",
    plain_words="the spleen, the liver or the lymph glands are larger than usual",
    items=(
        status("o", "Organomegaly", hpo("HP:0003271")),
        change("o", "Organomegaly"),
        Item(
            "organ_method",
            "Assessed by",
            Choices(
                options(
                    ("palpation", "examination"),
                    ("ultrasound", "ultrasound"),
                    ("ct", "CT"),
                    ("pet_ct", "PET-CT"),
                    ("mri", "MRI"),
                )
            ),
            help="Feeling the abdomen alone cannot exclude enlargement.",
            plain="checked by",
        ),
        Item(
            "organ_imaged_on",
            "Imaging date",
            Day(partial=True),
            plain="scan of spleen and liver done",
            told_with="organ_method",
        ),
        Item(
            "splenomegaly",
            "Enlarged spleen",
            YES_NO,
            sign=True,
            own_cause=True,
            coding=(hpo("HP:0001744"), snomed("16294009")),
        ),
        Item(
            "spleen_length",
            "Spleen length",
            Number("cm", (3, 40), (3, 25), 1, ucum="cm", better="lower"),
            help="Craniocaudal. Above 13 cm is enlarged by default (setting).",
            told_with="splenomegaly",
            detail=" (length {})",
        ),
        Item(
            "spleen_palpable",
            "Spleen below costal margin",
            Number("cm", (0, 30), decimals=1, ucum="cm", better="lower"),
            plain="spleen felt below the ribs",
            told_with="splenomegaly",
            detail=", felt {} below the ribs",
        ),
        Item(
            "hepatomegaly",
            "Enlarged liver",
            YES_NO,
            sign=True,
            own_cause=True,
            coding=(hpo("HP:0002240"), snomed("80515008")),
        ),
        Item(
            "liver_span",
            "Liver span",
            Number("cm", (5, 40), (5, 28), 1, ucum="cm", better="lower"),
            help="Mid-clavicular. Above 16 cm is enlarged by default (setting).",
            plain="liver length",
            told_with="hepatomegaly",
            detail=" (length {})",
        ),
        Item(
            "lymphadenopathy",
            "Enlarged lymph nodes",
            YES_NO,
            sign=True,
            own_cause=True,
            coding=(hpo("HP:0002716"), snomed("30746006")),
            plain="enlarged lymph glands",
        ),
        Item(
            "node_sites",
            "Nodes where",
            Choices(
                options(
                    ("neck", "neck"),
                    ("axilla", "armpit"),
                    ("mediastinum", "chest"),
                    ("abdomen", "abdomen"),
                    ("groin", "groin"),
                )
            ),
            shown_when=ShownWhen("lymphadenopathy", ("present",)),
            plain="sites of enlarged lymph glands",
            told_with="lymphadenopathy",
            detail=" in the {}",
        ),
        Item(
            "node_short_axis",
            "Largest node, short axis",
            Number("mm", (1, 200), (1, 60), 0, ucum="mm", better="lower"),
            help="10 mm or more is enlarged by default (setting).",
            plain="largest lymph gland, short axis",
            told_with="lymphadenopathy",
            detail=", largest {} across",
        ),
        Item(
            "castleman",
            "Castleman histology",
            Choice(
                options(
                    ("no", "Biopsy: not Castleman", "no Castleman disease on biopsy"),
                    ("hyaline_vascular", "Hyaline-vascular"),
                    ("plasma_cell", "Plasma-cell"),
                    ("mixed", "Mixed"),
                )
            ),
            coding=(snomed("207036003", Found.MEMORY),),
            help="Not done is a state of its own (F6): it never reads as no.",
            plain="Castleman disease (a disorder of lymph glands) on biopsy",
        ),
        Item(
            "castleman_extent",
            "Castleman extent",
            Choice(
                options(
                    ("unicentric", "Unicentric", "in one place (unicentric)"),
                    ("multicentric", "Multicentric", "in several places (multicentric)"),
                )
            ),
            shown_when=ShownWhen("castleman", ("hyaline_vascular", "plasma_cell", "mixed")),
            plain="Castleman disease, extent",
            told_with="castleman",
        ),
        Item(
            "hhv8",
            "HHV-8",
            Choice(options(("positive", "Positive"), ("negative", "Negative"))),
            shown_when=ShownWhen("castleman", ("hyaline_vascular", "plasma_cell", "mixed")),
            plain="HHV-8 (a virus)",
            told_with="castleman",
            detail=", HHV-8 (a virus) {}",
        ),
        Item(
            "castleman_biopsy_on",
            "Biopsy date",
            Day(partial=True),
            plain="lymph gland biopsy taken",
            told_with="castleman",
            detail=", biopsy of {}",
        ),
        Item(
            "castleman_biopsy_site",
            "Biopsy site",
            Text(120),
            plain="site of the lymph gland biopsy",
            told_with="castleman",
            detail=", taken from: {}",
        ),
        Item("o_note", "Note", Text(lines=2), in_letter=False),
    ),
)
