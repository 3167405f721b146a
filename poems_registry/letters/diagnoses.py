"""The list of diagnoses: POEMS with the criteria met in plain words, relapses and other events, other diagnoses."""

from dataclasses import dataclass

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.wording import value_in_letter
from poems_registry.domain.criteria import Criterion, Verdict
from poems_registry.domain.dates import PartialDate, letter_date
from poems_registry.domain.findings import State
from poems_registry.domain.records import PatientStatus
from poems_registry.domain.treatments import Event
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Run, Runs

CRITERIA_IN_PLAIN_WORDS = {
    Criterion.P: "nerve damage",
    Criterion.M: "abnormal plasma cells",
    Criterion.C: "Castleman disease (a disorder of lymph glands)",
    Criterion.B: "dense (sclerotic) bone lesion",
    Criterion.V: "raised VEGF (a blood marker)",
    Criterion.O: "enlarged spleen, liver or lymph glands",
    Criterion.X: "swelling or fluid",
    Criterion.E: "hormone problem",
    Criterion.S: "skin changes",
    Criterion.Pa: "swelling at the back of the eye (papilloedema)",
    Criterion.T: "high platelets or red blood cells",
}
EVENTS_IN_PLAIN_WORDS = {
    "progression": "Progression of POEMS",
    "transplant": "Stem cell transplant",
    "engraftment_syndrome": "Engraftment syndrome (fever and fluid after the transplant)",
    "dvt": "Blood clot in a deep vein",
    "pe": "Blood clot in the lung",
    "line_thrombosis": "Blood clot at a drip line",
    "cerebral_venous": "Blood clot in a vein of the brain",
    "ischaemic_stroke": "Stroke",
    "stroke": "Stroke",
    "tia": "Mini-stroke (TIA)",
    "mi": "Heart attack",
    "limb_arterial": "Blood clot in an artery of a limb",
    "pulmonary_hypertension": "High pressure in the lung arteries",
    "serious_infection": "Serious infection",
    "fall_fracture": "Fall with a broken bone",
    "second_cancer": "Second cancer",
    "new_endocrine_failure": "New hormone failure",
    "renal_replacement": "Kidney replacement treatment",
}
SORTS_IN_PLAIN_WORDS = {
    "second_cancer": {
        "mds_aml": "of the bone marrow, MDS or AML",
        "myeloma": "myeloma",
        "lymphoma": "lymphoma",
        "skin": "of the skin",
        "solid": "a solid tumour",
    },
    "new_endocrine_failure": {
        "thyroid": "thyroid",
        "adrenal": "adrenal glands",
        "gonadal": "sex hormones",
        "pituitary": "pituitary gland",
        "parathyroid": "parathyroid glands",
        "glucose": "diabetes",
    },
}
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
_CLINICIANS_WORDS = {
    "definite": "POEMS syndrome",
    "probable": "Probable POEMS syndrome",
    "castleman_variant": "Castleman variant of POEMS syndrome",
    "excluded": "POEMS syndrome was looked for and excluded",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line: a name in bold and what is said about it."""

    name: str
    rest: str = ""

    @property
    def runs(self) -> Runs:
        """As printed."""
        return tuple(run for run in (Run(self.name, bold=True), Run(self.rest)) if run.text)

    @property
    def words(self) -> str:
        """As edited."""
        return self.name + self.rest


def diagnoses(visit: Visit, standing: Standing) -> tuple[Diagnosis, ...]:
    """What stands under *Diagnoses*, made anew for each letter; never empty."""
    other = [Diagnosis("", f"{text.rstrip('.')}.") for text in visit.file.patient.other_diagnoses if text.strip()]
    return (_main(visit, standing), *_events(visit), *other)


def _main(visit: Visit, standing: Standing) -> Diagnosis:
    patient = visit.file.patient
    met = _listed("Criteria met", standing.met, _protein(visit))
    own = patient.clinician_diagnosis.strip()
    name = _CLINICIANS_WORDS.get(own, "")
    if own == "excluded":
        return Diagnosis(name, ".")
    if own and not name and own != "other":
        return Diagnosis(own.rstrip("."), ".")  # in words of the clinician's own, which no computed verdict overrides
    elsewhere = patient.status is PatientStatus.OTHER_DIAGNOSIS and own != "castleman_variant"
    if own == "other" or elsewhere:
        return Diagnosis("Not POEMS syndrome", ": the clinic has made another diagnosis, given below.")
    if not name and (patient.status is PatientStatus.CONFIRMED or standing.verdict is Verdict.MET):
        name = "POEMS syndrome"
    if name:
        when = f", {letter_date(patient.diagnosed)}" if patient.diagnosed else ", date of diagnosis not recorded"
        return Diagnosis(name, f"{when}.{met}")
    open_ = _listed("Not yet known", standing.unknown, "")
    return Diagnosis("Possible POEMS syndrome", f", still being looked into.{met}{open_}")


def _listed(title: str, criteria: tuple[Criterion, ...], protein: str) -> str:
    kinds = {Criterion.M: f" ({protein})"} if protein else {}
    words = [CRITERIA_IN_PLAIN_WORDS[each] + kinds.get(each, "") for each in criteria]
    return f" {title}: {'; '.join(words)}." if words else ""


def _protein(visit: Visit) -> str:
    """`IgA lambda`, from the newest recorded types."""
    words = []
    for code in ("heavy_chain", "light_chain"):
        own = visit.finding(code)
        last = visit.last(code)
        finding = own if own is not None and own.state is State.RECORDED else (last[1] if last else None)
        if finding is not None and finding.value != "none":
            words.append(value_in_letter(CATALOGUE.item(code), finding))
    return " ".join(words)


def _events(visit: Visit) -> list[Diagnosis]:
    today = visit.encounter.on
    known = [e for e in visit.file.happened if e.on is not None and e.on.earliest() <= today]
    known.sort(key=lambda e: e.on or PartialDate(1900))
    lines, relapses = [], 0
    for event in known:
        name = EVENTS_IN_PLAIN_WORDS.get(event.kind, "")
        if event.kind == "relapse":
            name = f"{_ORDINALS[relapses] if relapses < len(_ORDINALS) else 'Further'} relapse"
            relapses += 1
        if name:
            lines.append(Diagnosis("", f"{name}{_sort(event)}, {_when(event)}{_note(event)}."))
    return lines


def _sort(event: Event) -> str:
    """` (thyroid)`: which cancer or which gland, where that was recorded."""
    words = SORTS_IN_PLAIN_WORDS.get(event.kind, {}).get(event.sort, event.sort)
    return f" ({words})" if words else ""


def _when(event: Event) -> str:
    return letter_date(event.on) if event.on else "date not recorded"


def _note(event: Event) -> str:
    return f" ({event.note.strip().rstrip('.')})" if event.note.strip() else ""
