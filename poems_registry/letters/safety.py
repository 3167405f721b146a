"""When to ring whom: printed when it applies, with the clinic's own numbers, never made-up ones (clinical.md 8.4)."""

from poems_registry.domain.phones import show_phone
from poems_registry.domain.records import ClinicProfile
from poems_registry.letters.medicines import current
from poems_registry.letters.visit import Visit

EMERGENCY = "for a sudden change of face, arm or speech, severe chest pain or severe breathlessness."
ALWAYS = (
    "new swelling or pain in a leg",
    "new breathlessness",
    "sudden loss of sight or a severe headache",
    "weakness that gets worse quickly",
    "loss of control of bladder or bowel",
)
FEVER = "a temperature of 38 °C or more, or feeling unwell while on treatment"
STEROID = "vomiting, because you may need extra steroid (sick-day rules)"
BLEEDING = "bleeding or black stools"
_CANCER_MEDICINES = (
    "lenalidomide", "thalidomide", "pomalidomide", "bortezomib", "ixazomib", "carfilzomib", "daratumumab", "melphalan",
    "cyclophosphamide", "elotuzumab", "isatuximab", "dexamethasone", "siltuximab", "tocilizumab", "rituximab",
)  # fmt: skip
_IMIDS = ("lenalidomide", "thalidomide", "pomalidomide")
_ANTICOAGULANTS = (
    "apixaban", "rivaroxaban", "edoxaban", "dabigatran", "warfarin", "acenocoumarol", "dalteparin", "enoxaparin",
    "tinzaparin", "heparin", "fondaparinux",
)  # fmt: skip
_STEROIDS = ("hydrocortisone", "fludrocortisone", "prednisolone")
_SUPPORTIVE = "supportive"


def same_day(visit: Visit) -> tuple[str, ...]:
    """What to ring about on the same day: five reasons for everyone, others by treatment."""
    reasons = list(ALWAYS)
    if on_treatment(visit):
        reasons.append(FEVER)
    if visit.answer("replacement_adrenal") == "present" or _takes(visit, _STEROIDS):
        reasons.append(STEROID)
    if _takes(visit, _ANTICOAGULANTS):
        reasons.append(BLEEDING)
    return tuple(reasons)


def on_treatment(visit: Visit) -> bool:
    """Treatment that lowers resistance to infection: recorded, a line that runs, or a medicine taken."""
    today = visit.encounter.on
    running = any(
        line.start is not None
        and line.start.earliest() <= today
        and (line.stop is None or line.stop.latest() >= today)
        and line.category != _SUPPORTIVE
        for line in visit.file.lines
    )
    return running or visit.answer("on_treatment") == "present" or bool(_takes(visit, _CANCER_MEDICINES))


def pregnancy(visit: Visit) -> str:
    """The warning of the pregnancy prevention programme, naming the medicine; empty if none is taken."""
    names = _takes(visit, _IMIDS)
    if not names:
        return ""
    return f"If you or your partner may be pregnant, stop {' and '.join(names)} and ring us at once."


def numbers(clinic: ClinicProfile) -> str:
    """The clinic's own numbers; without any the sentence has none."""
    nurse, other = show_phone(clinic.nurse_line), show_phone(clinic.out_of_hours)
    hours = f", {clinic.nurse_line_hours}" if clinic.nurse_line_hours else ""
    sentences = [f"Nurse line{hours}: {nurse}."] if nurse else []
    if other:
        sentences.append(f"{'At other times' if nurse else 'Telephone'}: {other}.")
    return " ".join(sentences)


def _takes(visit: Visit, names: tuple[str, ...]) -> list[str]:
    taken = [medicine.name.casefold() for medicine in current(visit.encounter)]
    return [name for name in names if any(name in each for each in taken)]
