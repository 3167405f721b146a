"""The drugs of POEMS treatment: their usual names, classes, routes and units; free text stays possible everywhere."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.domain.names import fold


class DrugClass(StrEnum):
    """What drugs have in common: a change within a class is no change of line for toxicity (clinical.md 5)."""

    IMID = "immunomodulatory drug"
    PROTEASOME_INHIBITOR = "proteasome inhibitor"
    ANTI_CD38 = "anti-CD38 antibody"
    ANTI_SLAMF7 = "anti-SLAMF7 antibody"
    ALKYLATOR = "alkylating agent"
    STEROID = "steroid"
    VINCA = "vinca alkaloid"
    ANTI_VEGF = "antibody against VEGF"
    ANTI_IL6 = "antibody against interleukin 6"
    ANTI_CD20 = "anti-CD20 antibody"
    CELLULAR = "CAR-T or bispecific"
    IMMUNOGLOBULIN = "immunoglobulin"
    PLASMA_EXCHANGE = "plasma exchange"
    ANTIMETABOLITE = "antimetabolite"
    GROWTH_FACTOR = "growth factor"
    ANTITHROMBOTIC = "antithrombotic"


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug by its usual name; `also` are other written forms of it. `unit` and `route` are what is usual."""

    name: str
    kind: DrugClass
    unit: str = "mg"
    route: str = "by mouth"
    also: tuple[str, ...] = ()


_MG_M2, _SC, _IV = "mg/m²", "under the skin", "into a vein"
ROUTES = ("by mouth", _SC, _IV, "into a muscle")
UNITS = ("mg", _MG_M2, "mg/kg", "g", "g/kg", "micrograms", "units")

DRUGS = (
    Drug("lenalidomide", DrugClass.IMID, also=("revlimid",)),
    Drug("thalidomide", DrugClass.IMID),
    Drug("pomalidomide", DrugClass.IMID, also=("imnovid", "pomalyst")),
    Drug("bortezomib", DrugClass.PROTEASOME_INHIBITOR, _MG_M2, _SC, ("velcade",)),
    Drug("carfilzomib", DrugClass.PROTEASOME_INHIBITOR, _MG_M2, _IV, ("kyprolis",)),
    Drug("ixazomib", DrugClass.PROTEASOME_INHIBITOR, also=("ninlaro",)),
    Drug("daratumumab", DrugClass.ANTI_CD38, "mg", _SC, ("darzalex",)),
    Drug("isatuximab", DrugClass.ANTI_CD38, "mg/kg", _IV),
    Drug("elotuzumab", DrugClass.ANTI_SLAMF7, "mg/kg", _IV),
    Drug("melphalan", DrugClass.ALKYLATOR, _MG_M2),
    Drug("cyclophosphamide", DrugClass.ALKYLATOR, also=("cyclo",)),
    Drug("dexamethasone", DrugClass.STEROID, also=("dex",)),
    Drug("prednisolone", DrugClass.STEROID, also=("prednisone",)),
    Drug("methylprednisolone", DrugClass.STEROID, "mg", _IV),
    Drug("vincristine", DrugClass.VINCA, "mg", _IV),
    Drug("bevacizumab", DrugClass.ANTI_VEGF, "mg/kg", _IV, ("avastin",)),
    Drug("siltuximab", DrugClass.ANTI_IL6, "mg/kg", _IV),
    Drug("tocilizumab", DrugClass.ANTI_IL6, "mg/kg", _IV),
    Drug("rituximab", DrugClass.ANTI_CD20, _MG_M2, _IV),
    Drug("CAR-T cells", DrugClass.CELLULAR, "", _IV, ("car-t", "car t")),
    Drug("bispecific antibody", DrugClass.CELLULAR, "mg", _SC, ("teclistamab", "elranatamab", "talquetamab")),
    Drug("immunoglobulin", DrugClass.IMMUNOGLOBULIN, "g/kg", _IV, ("ivig", "scig", "intravenous immunoglobulin")),
    Drug("plasma exchange", DrugClass.PLASMA_EXCHANGE, "", "", ("plex", "plasmapheresis")),
    Drug("azathioprine", DrugClass.ANTIMETABOLITE),
    Drug("G-CSF", DrugClass.GROWTH_FACTOR, "micrograms", _SC, ("filgrastim", "lenograstim", "gcsf")),
    Drug("erythropoietin", DrugClass.GROWTH_FACTOR, "units", _SC, ("epo", "esa", "darbepoetin", "epoetin")),
    Drug("aspirin", DrugClass.ANTITHROMBOTIC),
    Drug("clopidogrel", DrugClass.ANTITHROMBOTIC),
    Drug("dalteparin", DrugClass.ANTITHROMBOTIC, "units", _SC, ("lmwh", "low molecular weight heparin")),
    Drug("enoxaparin", DrugClass.ANTITHROMBOTIC, "mg", _SC),
    Drug("tinzaparin", DrugClass.ANTITHROMBOTIC, "units", _SC),
    Drug("apixaban", DrugClass.ANTITHROMBOTIC, also=("doac",)),
    Drug("rivaroxaban", DrugClass.ANTITHROMBOTIC),
    Drug("edoxaban", DrugClass.ANTITHROMBOTIC),
    Drug("dabigatran", DrugClass.ANTITHROMBOTIC),
    Drug("warfarin", DrugClass.ANTITHROMBOTIC),
)
"""For type-ahead and for rules that ask for a class; what is not here is kept as typed and asked nothing."""

_BY_FORM = {f" {fold(form)} ": drug for drug in DRUGS for form in (drug.name, *drug.also)}


def drugs_in(words: str) -> tuple[Drug, ...]:
    """The drugs that a text names, in the order of the list: `bortezomib, cyclophosphamide and dexamethasone`."""
    said = f" {fold(words)} "
    named = {drug.name for form, drug in _BY_FORM.items() if form in said}
    return tuple(drug for drug in DRUGS if drug.name in named)


def drug(name: str) -> Drug | None:
    """The drug that bears this name or another written form of it."""
    return _BY_FORM.get(f" {fold(name)} ")


def classes_in(words: str) -> frozenset[DrugClass]:
    """The classes of the drugs that a text names."""
    return frozenset(each.kind for each in drugs_in(words))
