"""Research panel of inflammation molecules (clinic.md): never in a clinical letter."""

from poems_registry.catalogue.item import Item, Section
from poems_registry.catalogue.kinds import Number
from poems_registry.domain.records import EncounterKind

CYTOKINE = Number("pg/mL", (0, 1000000), decimals=2, ucum="pg/mL")

RESEARCH = Section(
    "research",
    "Research cytokine panel",
    short="Research",
    kinds=(EncounterKind.RESEARCH,),
    items=(
        Item("research_il1b", "IL-1 beta", CYTOKINE, research=True, lab=True, in_letter=False),
        Item("research_il6", "IL-6", CYTOKINE, research=True, lab=True, in_letter=False),
        Item("research_il8", "IL-8", CYTOKINE, research=True, lab=True, in_letter=False),
        Item("research_il12", "IL-12", CYTOKINE, research=True, lab=True, in_letter=False),
        Item("research_tnfa", "TNF-alpha", CYTOKINE, research=True, lab=True, in_letter=False),
        Item("research_vegfa", "VEGF-A, research assay", CYTOKINE, research=True, lab=True, in_letter=False),
        Item("research_hgf", "HGF", CYTOKINE, research=True, lab=True, in_letter=False),
    ),
)
