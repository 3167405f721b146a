"""The programmes of clinical.md 5 by code: what they are called, which drugs make them, and what they are given for."""

from dataclasses import dataclass

from poems_registry.domain.drugs import DrugClass, classes_in
from poems_registry.domain.treatments import TreatmentLine


@dataclass(frozen=True, slots=True)
class Regimen:
    """`short` is what clinicians call it where there is little room; `before` what is given before the diagnosis."""

    code: str
    words: str
    short: str = ""
    drugs: tuple[str, ...] = ()
    radiotherapy: bool = False
    transplant: int = 0
    before: bool = False

    @property
    def brief(self) -> str:
        """The short name, or the words."""
        return self.short or self.words


_LEN, _DEX, _BORT, _DARA, _CYCLO = "lenalidomide", "dexamethasone", "bortezomib", "daratumumab", "cyclophosphamide"
_RT, _HIGH_DOSE = "Radiotherapy", "High-dose melphalan and stem cell transplant"
REGIMENS = (
    Regimen("RT_RADICAL", "Radiotherapy, radical", _RT, radiotherapy=True),
    Regimen("RT_PALLIATIVE", "Radiotherapy, palliative or for Castleman disease", _RT, radiotherapy=True),
    Regimen("ASCT_MEL200", f"{_HIGH_DOSE}, 200 mg/m²", "ASCT, Mel 200", ("melphalan",), transplant=200),
    Regimen("ASCT_MEL140", f"{_HIGH_DOSE}, 140 mg/m²", "ASCT, Mel 140", ("melphalan",), transplant=140),
    Regimen("LEN_DEX", "Lenalidomide and dexamethasone", "Len-dex", (_LEN, _DEX)),
    Regimen("MDEX", "Melphalan and dexamethasone", "Mel-dex", ("melphalan", _DEX)),
    Regimen("THAL_DEX", "Thalidomide and dexamethasone", "Thal-dex", ("thalidomide", _DEX)),
    Regimen("VCD", "Bortezomib, cyclophosphamide and dexamethasone", "VCD", (_BORT, _CYCLO, _DEX)),
    Regimen("VD", "Bortezomib and dexamethasone", "Vd", (_BORT, _DEX)),
    Regimen("DARA_RD", "Daratumumab, lenalidomide and dexamethasone", "Dara-Rd", (_DARA, _LEN, _DEX)),
    Regimen("DARA_VD", "Daratumumab, bortezomib and dexamethasone", "Dara-Vd", (_DARA, _BORT, _DEX)),
    Regimen("DARA", "Daratumumab alone", "Dara", (_DARA,)),
    Regimen("CYCLO_DEX", "Cyclophosphamide with or without dexamethasone", "Cyclo-dex", (_CYCLO,)),
    Regimen("POM_DEX", "Pomalidomide and dexamethasone", "Pom-dex", ("pomalidomide", _DEX)),
    Regimen("IXAZOMIB", "Ixazomib, alone or with others", "Ixazomib", ("ixazomib",)),
    Regimen("CARFILZOMIB", "Carfilzomib, alone or with others", "Carfilzomib", ("carfilzomib",)),
    Regimen("ELOTUZUMAB", "Elotuzumab, alone or with others", "Elotuzumab", ("elotuzumab",)),
    Regimen("CAR_T", "CAR-T cells", "CAR-T", ("CAR-T cells",)),
    Regimen("BISPECIFIC", "Bispecific antibody", "Bispecific", ("bispecific antibody",)),
    Regimen("SILTUXIMAB", "Siltuximab (Castleman disease)", "Siltuximab", ("siltuximab",)),
    Regimen("TOCILIZUMAB", "Tocilizumab (Castleman disease)", "Tocilizumab", ("tocilizumab",)),
    Regimen("RITUXIMAB", "Rituximab", "Rituximab", ("rituximab",)),
    Regimen("MAINTENANCE", "Maintenance", "Maintenance"),
    Regimen("IVIG", "Intravenous immunoglobulin (IVIg)", "IVIg", ("immunoglobulin",), before=True),
    Regimen("STEROIDS", "Steroids", "Steroids", ("prednisolone",), before=True),
    Regimen("PLASMA_EXCHANGE", "Plasma exchange", "Plasma exchange", ("plasma exchange",), before=True),
    Regimen("AZATHIOPRINE", "Azathioprine", "Azathioprine", ("azathioprine",), before=True),
    Regimen("PRE_DIAGNOSIS", "Other treatment before the diagnosis", before=True),
    Regimen("OTHER", "Another treatment"),
)
BY_CODE = {regimen.code: regimen for regimen in REGIMENS}
RETIRED = {"SUPPORTIVE": "Supportive care"}
"""Codes of older records, which are shown and no longer offered: supportive care has a list of its own."""


def brief_name(line: TreatmentLine) -> str:
    """What clinicians call the line where a bar has little room; a name of one's own stays."""
    regimen = BY_CODE.get(line.category)
    return regimen.short if regimen is not None and regimen.short else line.name


def classes_of(line: TreatmentLine) -> frozenset[DrugClass]:
    """The classes of drugs in a line: of those recorded, of its regimen, and of those its name names."""
    regimen = BY_CODE.get(line.category)
    said = [line.name, *(drug.name for drug in line.drugs), *(regimen.drugs if regimen is not None else ())]
    return frozenset().union(*(classes_in(words) for words in said))


def is_radiotherapy(line: TreatmentLine) -> bool:
    """Whether the line is radiotherapy, by its code or by a course in it."""
    regimen = BY_CODE.get(line.category)
    return bool(line.radiotherapy) or (regimen is not None and regimen.radiotherapy)
