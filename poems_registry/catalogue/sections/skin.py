"""S: skin changes, each sign apart (clinical.md 2.5); the first seven count for the criterion."""

from poems_registry.catalogue.item import YES_NO, Item, Section, change, hpo, snomed, status
from poems_registry.catalogue.kinds import Choice, Number, Text, options

SKIN = Section(
    "skin",
    "Skin changes",
    feature="S",
    short="S",
    plain="Skin changes",
    plain_words="darker skin, red spots, hair growth or nail changes",
    items=(
        status("s", "Skin changes", hpo("HP:0011122")),
        change("s", "Skin changes"),
        Item(
            "skin_examined",
            "Whole skin examined",
            Choice(
                options(
                    ("none", "Yes, none of the seven listed signs", "none of the listed skin signs"),
                    ("some", "Yes, findings below"),
                )
            ),
            in_letter=False,
            help="The seven: darkening, hair growth, glomeruloid angioma, plethora, acrocyanosis, white nails, flush.",
        ),
        Item(
            "hyperpigmentation",
            "Hyperpigmentation",
            YES_NO,
            sign=True,
            own_cause=True,
            plain="darker skin",
            coding=(hpo("HP:0000953"), snomed("49765009")),
        ),
        Item(
            "hypertrichosis",
            "Hypertrichosis",
            YES_NO,
            sign=True,
            own_cause=True,
            coding=(hpo("HP:0000998"), snomed("29966009")),
            plain="extra body hair",
        ),
        Item(
            "glomeruloid_haemangioma",
            "Glomeruloid haemangioma",
            YES_NO,
            sign=True,
            own_cause=True,
            coding=(hpo("HP:0031357"), snomed("400210000")),
            plain="raised red spots (glomeruloid haemangioma)",
        ),
        Item(
            "plethora",
            "Plethora",
            YES_NO,
            sign=True,
            own_cause=True,
            plain="red face",
            coding=(hpo("HP:0001050"), snomed("75246004")),
        ),
        Item(
            "acrocyanosis",
            "Acrocyanosis",
            YES_NO,
            sign=True,
            own_cause=True,
            plain="blue fingers or toes",
            coding=(hpo("HP:0001063"), snomed("25003006")),
        ),
        Item(
            "white_nails",
            "White nails",
            YES_NO,
            sign=True,
            own_cause=True,
            plain="white nails",
            coding=(hpo("HP:0001820"), snomed("111202002")),
        ),
        Item("flushing", "Flushing", YES_NO, sign=True, own_cause=True, plain="flushing", coding=(hpo("HP:0031284"),)),
        Item("cherry_angioma", "Cherry angioma", YES_NO, sign=True, plain="small red spots (cherry angioma)"),
        Item(
            "clubbing",
            "Clubbing",
            YES_NO,
            coding=(hpo("HP:0100759"), snomed("30760008")),
            plain="clubbed fingers (rounded nails)",
        ),
        Item(
            "skin_thickening",
            "Skin thickening",
            YES_NO,
            sign=True,
            coding=(hpo("HP:0001072"), snomed("17417006")),
            plain="thickened skin",
        ),
        Item(
            "raynaud",
            "Raynaud",
            YES_NO,
            coding=(hpo("HP:0030880"), snomed("266261006")),
            plain="Raynaud's (fingers turning white in the cold)",
            negative="No Raynaud's",
        ),
        Item("livedo", "Livedo", YES_NO, coding=(hpo("HP:0033505"),), plain="net-like skin pattern (livedo)"),
        Item(
            "lipoatrophy_facial",
            "Facial lipoatrophy",
            YES_NO,
            sign=True,
            coding=(hpo("HP:0100578"), snomed("248315005")),
            plain="loss of fat in the face",
        ),
        Item(
            "telangiectasia", "Telangiectasia", YES_NO, sign=True, plain="fine red lines on the skin (telangiectasia)"
        ),
        Item("hyperhidrosis", "Excess sweating", YES_NO),
        Item("ulcer_necrosis", "Ulcer or necrosis", YES_NO, sign=True, plain="skin ulcer"),
        Item(
            "new_angioma_count",
            "New angiomas",
            Number(hard=(0, 500), whole=True, censored=False, better="lower"),
            plain="new red spots (angiomas)",
        ),
        Item("s_note", "Note", Text(lines=2), in_letter=False),
    ),
)
