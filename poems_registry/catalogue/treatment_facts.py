"""What cautions about treatment ask of a record: the newest recorded answers, in words with their day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import YesNo
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.cautions_treatment import Caution, Facts, Given, Known, cautions
from poems_registry.domain.drugs import DrugClass, classes_in
from poems_registry.domain.findings import State
from poems_registry.domain.records import EncounterKind, Medicine, MedicineChange, PatientFile
from poems_registry.domain.regimens import BY_CODE
from poems_registry.domain.treatments import SupportiveCare, TreatmentLine

OVERLOAD = ("oedema", "pleural_effusion", "ascites", "pericardial_effusion")
DIABETES = ("treated_diabetes", "axis_glucose")
ADRENALS = ("replacement_adrenal", "axis_adrenal")
_NEGATIVE = frozenset({"none", "absent", "normal"})


def facts_of(file: PatientFile, today: date) -> Facts:
    """The facts that cautions ask for, as recorded up to a day."""
    care = tuple(each for each in file.supportive if running(each, today))
    return Facts(
        neuropathy=_newest(file, "p_status", today),
        egfr=_newest(file, "egfr", today),
        diabetes=_first_positive(file, DIABETES, today) or _care(care, "diabetes"),
        adrenal=_first_positive(file, ADRENALS, today),
        overload=tuple(known for item in OVERLOAD if (known := _positive(file, item, today)) is not None),
        pressure=_newest(file, "pasp", today),
        lungs=_newest(file, "tlco", today),
        prophylaxis=_prophylaxis(file, care, today),
        pregnancy_prevention=any(each.kind == "pregnancy_prevention" for each in care),
    )


def given_of(line: TreatmentLine) -> Given:
    """What a line gives: its drugs, or those its regimen and name say as long as none is recorded."""
    regimen = BY_CODE.get(line.category)
    running = [drug.name for drug in line.drugs if drug.stop is None or line.stop is not None]
    named = [line.name, *(regimen.drugs if regimen is not None else ())] if not line.drugs else running
    transplant = bool(line.transplants) or "transplant" in line.planned or bool(regimen and regimen.transplant)
    return Given.of(named, transplant=transplant)


def medicine_cautions(file: PatientFile, medicines: Iterable[Medicine], today: date) -> tuple[Caution, ...]:
    """Of a visit's medicines: all cautions about what is started or changed, of the rest only what is missing."""
    taken = [each for each in medicines if each.change is not MedicineChange.STOPPED]
    facts = facts_of(file, today)
    protecting = _antithrombotics(taken)
    facts = replace(facts, prophylaxis=facts.prophylaxis or " and ".join(protecting)) if protecting else facts
    new = [each.name for each in taken if each.change is not MedicineChange.CONTINUED]
    told = cautions(Given.of(new), facts)
    lacking = [each for each in cautions(Given.of(each.name for each in taken), facts) if each.gap]
    return (*told, *(each for each in lacking if each not in told))


def _antithrombotics(taken: Iterable[Medicine]) -> list[str]:
    return [each.name for each in taken if DrugClass.ANTITHROMBOTIC in classes_in(each.name)]


def running(care: SupportiveCare, today: date) -> bool:
    """Whether it is going on: begun, as far as one knows, and not stopped."""
    begun = care.start is None or care.start.earliest() <= today
    return begun and (care.stop is None or care.stop.latest() > today)


def _newest(file: PatientFile, item: str, today: date) -> Known | None:
    """The newest recorded answer that says something."""
    for encounter in reversed(file.counted):
        finding = encounter.finding(item)
        if encounter.on > today or finding is None or finding.state is not State.RECORDED:
            continue
        if finding.value == "not_assessed":
            continue
        entry = CATALOGUE.item(item)
        shown = on_screen(entry, finding)
        words = shown if isinstance(entry.kind, YesNo) else f"{entry.label}: {shown}"
        return Known(words, encounter.on, str(finding.value) in _NEGATIVE)
    return None


def _positive(file: PatientFile, item: str, today: date) -> Known | None:
    """The newest answer that says something, if it is not a negative."""
    known = _newest(file, item, today)
    return known if known is not None and not known.negative else None


def _first_positive(file: PatientFile, items: Iterable[str], today: date) -> Known | None:
    return next((known for item in items if (known := _positive(file, item, today)) is not None), None)


def _care(care: Iterable[SupportiveCare], kind: str) -> Known | None:
    for each in care:
        if each.kind == kind and each.start is not None:
            return Known("Diabetes treatment", each.start.earliest())
    return None


def _prophylaxis(file: PatientFile, care: Iterable[SupportiveCare], today: date) -> str:
    """What protects from clots: as supportive care, or among the medicines of the newest visit."""
    own = next((each for each in care if each.kind == "thromboprophylaxis"), None)
    if own is not None:
        return own.what or "thromboprophylaxis"
    visits = [e for e in file.counted if e.kind is EncounterKind.CLINIC and e.on <= today]
    taken = visits[-1].medicines if visits else ()
    protecting = _antithrombotics(each for each in taken if each.change is not MedicineChange.STOPPED)
    return " and ".join(protecting)
