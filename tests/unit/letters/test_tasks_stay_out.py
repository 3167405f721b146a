"""A letter tells grades, sums and sides; the task answers behind them stay in the record."""

from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import read_form
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.letters import result_days, results
from poems_registry.letters.features import features, other_findings
from poems_registry.letters.visit import Visit

ON = date(2026, 11, 22)


def visit(**typed: str) -> Visit:
    form = read_form(CATALOGUE, VisitDraft(fields={code: FieldDraft(text=text) for code, text in typed.items()}), ON)
    assert form.problems == {}
    encounter = Encounter(id=1, kind=EncounterKind.CLINIC, on=ON, state=EncounterState.SIGNED, findings=form.findings)
    return Visit(PatientFile(Patient(), (encounter,)), encounter)


def words(seen: Visit) -> str:
    told = [run.text for feature in features(seen) for run in feature.found]
    shown = result_days.dates_shown(seen)
    rows = [f"{row.name} {row.cells}" for row in results.series(seen, shown)]
    return "\n".join([*told, other_findings(seen), *rows])


def test_tasks_questions_muscles_and_lesions_never_reach_a_letter() -> None:
    asked = {code for derived in CATALOGUE.by_tasks.values() for code in derived.asked}
    typed = {"p_status": "present", "mrc_variant": "14"}
    for code in sorted(asked):
        kind = CATALOGUE.item(code).kind
        options = getattr(kind, "options", ())
        typed[code] = options[0].code if options else "5"
    bare = words(visit(p_status="present", mrc_variant="14"))
    assert words(visit(**typed)) == bare


def test_the_grades_and_sums_are_told_once() -> None:
    said = words(visit(p_status="present", onls_arm="2", onls_leg="3", incat_arm="1", incat_leg="2", mrc_sum="50"))
    assert said.count("5 (2 + 3)") == 1
    assert said.count("3 (1 + 2)") == 1
    assert said.count("50") == 1


def test_the_side_of_a_swelling_stands_with_the_swelling_and_nowhere_else() -> None:
    said = words(visit(s_status="absent", oedema="ankle", oedema_side="both"))
    assert said.count("on both sides") == 1
    assert "Swelling at the ankles, on both sides" in said


def test_fluid_is_told_with_what_was_drained() -> None:
    said = words(visit(pleural_effusion="present", pleural_effusion_grade="2", pleural_effusion_drained="800"))
    assert "Fluid around the lungs, 800\N{NO-BREAK SPACE}mL drained" in said
    assert "rade 2" not in said
