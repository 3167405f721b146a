"""What cautions ask is answered from the newest record that says something, with its day; silence is never a no."""

from datetime import date

from poems_registry.catalogue.treatment_facts import facts_of, given_of, medicine_cautions
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter, EncounterState, Medicine, MedicineChange, Patient, PatientFile
from poems_registry.domain.treatments import LineDrug, SupportiveCare, Transplant, TreatmentLine

TODAY = date(2026, 11, 22)


def visit(on: date, *findings: Finding, medicines: tuple[Medicine, ...] = ()) -> Encounter:
    return Encounter(on=on, state=EncounterState.SIGNED, findings=findings, medicines=medicines)


FILE = PatientFile(
    Patient(),
    (
        visit(
            date(2025, 3, 1),
            Finding("p_status", "present"),
            Finding("egfr", 42.0),
            Finding("oedema", "ankle"),
            Finding("pleural_effusion", "present"),
            Finding("axis_glucose", "abnormal"),
            Finding("pasp", 46.0),
        ),
        visit(
            date(2026, 8, 12),
            Finding("p_status", "not_assessed"),
            Finding("egfr", None, State.PENDING),
            Finding("oedema", "none"),
            medicines=(Medicine("aspirin"), Medicine("apixaban", change=MedicineChange.STOPPED)),
        ),
    ),
)


def test_facts_are_the_newest_answers_that_say_something_each_with_its_day() -> None:
    facts = facts_of(FILE, TODAY)
    assert facts.neuropathy is not None
    assert facts.neuropathy.dated == "Polyneuropathy, status: Present (01-Mar-2025)"
    assert facts.egfr is not None
    assert facts.egfr.on == date(2025, 3, 1)
    assert [known.words for known in facts.overload] == ["Pleural effusion"]  # the oedema has gone since
    assert facts.diabetes is not None
    assert facts.pressure is not None
    assert facts.lungs is None
    assert facts.prophylaxis == "aspirin"


def test_nothing_recorded_is_nothing_known() -> None:
    facts = facts_of(PatientFile(Patient()), TODAY)
    assert (facts.neuropathy, facts.egfr, facts.overload, facts.prophylaxis) == (None, None, (), "")


def test_prophylaxis_counts_while_it_goes_on() -> None:
    def with_care(stop: PartialDate | None) -> str:
        care = SupportiveCare(kind="thromboprophylaxis", what="dalteparin", start=PartialDate(2026, 1), stop=stop)
        return facts_of(PatientFile(Patient(), supportive=(care,)), TODAY).prophylaxis

    assert with_care(None) == "dalteparin"
    assert with_care(PartialDate(2026, 5)) == ""


def test_a_line_gives_its_drugs_or_those_of_its_regimen_and_name() -> None:
    assert given_of(TreatmentLine(category="VCD")).drugs == {"bortezomib", "cyclophosphamide", "dexamethasone"}
    changed = TreatmentLine(
        category="VCD",
        drugs=(LineDrug(name="bortezomib", stop=PartialDate(2026, 3)), LineDrug(name="ixazomib")),
    )
    assert given_of(changed).drugs == {"ixazomib"}
    assert given_of(TreatmentLine(category="ASCT_MEL200")).transplant
    assert given_of(TreatmentLine(transplants=(Transplant(),))).transplant
    assert not given_of(TreatmentLine(category="LEN_DEX")).transplant


def test_a_visits_new_medicine_is_told_with_its_cautions_and_an_old_one_only_with_what_is_missing() -> None:
    bare = PatientFile(Patient())
    started = Medicine("bortezomib", change=MedicineChange.STARTED)
    going_on = Medicine("lenalidomide")
    told = medicine_cautions(bare, (started, going_on), TODAY)
    assert [(each.about, each.gap) for each in told] == [("Bortezomib", False), ("Lenalidomide", True)]
    protected = medicine_cautions(bare, (going_on, Medicine("aspirin")), TODAY)
    assert protected == ()
    stopped = medicine_cautions(bare, (Medicine("thalidomide", change=MedicineChange.STOPPED),), TODAY)
    assert stopped == ()
