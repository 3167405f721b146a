"""The words a finding that bears on the diagnosis is coded with: specimens, methods, organs, signs."""

from enum import StrEnum


class Status(StrEnum):
    """Whether a sign was there. Not assessed is an answer; no finding at all is none."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_ASSESSED = "not_assessed"


class SexAtBirth(StrEnum):
    """Which haematocrit limit and which gonadal test apply."""

    FEMALE = "female"
    MALE = "male"


class ConductionPattern(StrEnum):
    """What nerve conduction studies showed."""

    DEMYELINATING = "demyelinating"
    MIXED = "mixed"
    AXONAL = "axonal"
    NORMAL = "normal"
    UNRECORDABLE = "unrecordable"


class FixationSpecimen(StrEnum):
    """What was immunofixed."""

    SERUM = "serum"
    URINE = "urine"


class FixationResult(StrEnum):
    """The reading of an immunofixation."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    EQUIVOCAL = "equivocal"


class HeavyChain(StrEnum):
    """The heavy chain of the paraprotein."""

    IGA = "IgA"
    IGG = "IgG"
    IGM = "IgM"
    IGD = "IgD"
    IGE = "IgE"
    NONE = "none"


class LightChain(StrEnum):
    """The light chain of the paraprotein or of the clone."""

    LAMBDA = "lambda"
    KAPPA = "kappa"
    BOTH = "both"


class Clonality(StrEnum):
    """Whether plasma cells in a tissue are restricted to one light chain."""

    LAMBDA = "lambda"
    KAPPA = "kappa"
    POLYCLONAL = "polyclonal"
    CLONAL = "clonal"
    """Clonal; which light chain was not said."""


class ClonalityMethod(StrEnum):
    """How the marrow's plasma cells were typed."""

    FLOW = "flow"
    IHC = "ihc"
    ISH = "ish"


class LesionSite(StrEnum):
    """What was biopsied for a clone."""

    PLASMACYTOMA = "plasmacytoma"
    BONE_LESION = "bone_lesion"
    NODE = "node"


class Histology(StrEnum):
    """What a node or tissue biopsy showed about Castleman disease."""

    HYALINE_VASCULAR = "hyaline_vascular"
    PLASMA_CELL = "plasma_cell"
    MIXED = "mixed"
    NOT_CASTLEMAN = "not_castleman"
    INCONCLUSIVE = "inconclusive"


class BoneModality(StrEnum):
    """How bones were looked at."""

    LOW_DOSE_CT = "wldct"
    CT = "ct"
    PET_CT = "pet_ct"
    MRI_WHOLE_BODY = "mri_whole_body"
    MRI_SPINE = "mri_spine"
    PLAIN_FILM = "plain_film"
    BIOPSY = "biopsy"


class LesionKind(StrEnum):
    """What a bone lesion looks like."""

    SCLEROTIC = "sclerotic"
    MIXED = "mixed"
    LYTIC = "lytic"
    UNSPECIFIED = "unspecified"


class Specimen(StrEnum):
    """What VEGF was measured in; serum and plasma are never compared (1.5)."""

    SERUM = "serum"
    PLASMA = "plasma"


class Organ(StrEnum):
    """What may be enlarged."""

    SPLEEN = "spleen"
    LIVER = "liver"
    NODES = "nodes"


class OrganMethod(StrEnum):
    """How an organ's size was judged."""

    PALPATION = "palpation"
    ULTRASOUND = "ultrasound"
    CT = "ct"
    PET_CT = "pet_ct"
    MRI = "mri"


class VolumeSite(StrEnum):
    """Where fluid collects. Pericardial effusion counts only where the clinic says so (9.10)."""

    OEDEMA = "oedema"
    PLEURAL_EFFUSION = "pleural_effusion"
    ASCITES = "ascites"
    PERICARDIAL_EFFUSION = "pericardial_effusion"


class Axis(StrEnum):
    """An endocrine axis."""

    GONADAL = "gonadal"
    PITUITARY = "pituitary"
    THYROID = "thyroid"
    ADRENAL = "adrenal"
    PARATHYROID = "parathyroid"
    GLUCOSE = "glucose"


class AxisStatus(StrEnum):
    """How an axis, or one of its tests, was judged."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    NOT_ASSESSED = "not_assessed"


class EndocrineTest(StrEnum):
    """A test or sign by which an axis was judged; only those the rules name."""

    TESTOSTERONE = "testosterone"
    OESTRADIOL = "oestradiol"
    FSH = "fsh"
    LH = "lh"
    GYNAECOMASTIA = "gynaecomastia"
    CORTISOL_9AM = "cortisol_9am"
    SHORT_SYNACTHEN = "short_synacthen"
    PROLACTIN = "prolactin"
    OTHER = "other"


class SkinSign(StrEnum):
    """Skin signs of 2.5; the first seven count for the criterion, the rest by setting 9.12."""

    HYPERPIGMENTATION = "hyperpigmentation"
    HYPERTRICHOSIS = "hypertrichosis"
    GLOMERULOID_HAEMANGIOMA = "glomeruloid_haemangioma"
    PLETHORA = "plethora"
    ACROCYANOSIS = "acrocyanosis"
    WHITE_NAILS = "white_nails"
    FLUSHING = "flushing"
    CHERRY_ANGIOMA = "cherry_angioma"
    CLUBBING = "clubbing"
    SKIN_THICKENING = "skin_thickening"
    RAYNAUD = "raynaud"
    LIVEDO = "livedo"
    LIPOATROPHY_FACIAL = "lipoatrophy_facial"
    TELANGIECTASIA = "telangiectasia"
    HYPERHIDROSIS = "hyperhidrosis"
    ULCER_NECROSIS = "ulcer_necrosis"


LISTED_SKIN_SIGNS = (
    SkinSign.HYPERPIGMENTATION,
    SkinSign.HYPERTRICHOSIS,
    SkinSign.GLOMERULOID_HAEMANGIOMA,
    SkinSign.PLETHORA,
    SkinSign.ACROCYANOSIS,
    SkinSign.WHITE_NAILS,
    SkinSign.FLUSHING,
)
"""The seven signs of Dispenzieri 2012, Table 1."""


class Eye(StrEnum):
    """Which fundus was seen."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class FundusMethod(StrEnum):
    """How a fundus was seen."""

    FUNDOSCOPY = "fundoscopy"
    OCT = "oct"


class CountKind(StrEnum):
    """Which blood count."""

    PLATELETS = "platelets"
    HAEMATOCRIT = "haematocrit"


class CrabKind(StrEnum):
    """Organ damage that points to myeloma."""

    HYPERCALCAEMIA = "hypercalcaemia"
    RENAL = "renal"
    ANAEMIA = "anaemia"
    BONE = "bone"
