"""Response and prognosis on a real encrypted file: frozen at signing with rules and settings, older visits readable."""

import json
from datetime import timedelta

from sqlalchemy import text

from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.domain.response import Domain
from poems_registry.services.access import SignedIn
from poems_registry.services.judging import respond_file
from poems_registry.services.patients import PatientService
from poems_registry.services.settings import SettingsService
from poems_registry.services.showing import ShowService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import encounters
from tests.integration.services.conftest import SignIn

ANSWERS = {
    "p_status": "present", "o_status": "not_assessed", "e_status": "not_assessed", "m_status": "not_assessed",
    "s_status": "absent", "medicines_reviewed": "reviewed", "address_checked": "yes", "onls_arm": "1",
    "onls_leg": "2", "summary": "You walk well.",
}  # fmt: skip


def treated_patient(signed_in: SignedIn) -> PatientFile:
    """Somebody alive who was given a line of therapy and seen since."""
    service = PatientService(signed_in)
    files = [service.open(row.id).file for row in service.find().rows if row.died is None]
    return next(file for file in files if any(line.number > 0 for line in file.lines) and len(file.counted) > 3)


def sign_visit(signed_in: SignedIn, file: PatientFile, days_back: int = 0) -> Encounter:
    """Sign a visit so many days ago."""
    draft = VisitDraft(on=show_date(signed_in.today - timedelta(days=days_back)))
    for code, answer in ANSWERS.items():
        draft = draft.with_field(code, FieldDraft(text=answer))
    visits = VisitService(signed_in)
    visit = visits.open(visits.start(file.patient.id))
    signed, _ = visits.sign(visit.encounter.id, file.patient.id, visit.encounter.version, draft, PASSWORD)
    return signed


def test_signing_keeps_response_and_prognosis_with_their_rules_beside_the_settings(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    signed = sign_visit(signed_in, treated_patient(signed_in))
    verdict = signed.verdict
    assert verdict is not None
    assert verdict.response is not None
    assert verdict.response.rule_set == "R-2"
    assert [each.domain for each in verdict.response.domains] == [each.value for each in Domain]
    assert verdict.prognosis is not None
    assert len(verdict.prognosis.wang) == 4
    assert {"onls_change", "confirmation_weeks", "wang_points"} <= dict(verdict.settings).keys()
    again = PatientService(signed_in).open(signed.patient_id).file
    assert next(each for each in again.encounters if each.id == signed.id).verdict == verdict


def test_a_setting_changed_later_leaves_the_frozen_answer_alone(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    file = treated_patient(signed_in)
    signed = sign_visit(signed_in, file)
    admin = sign_in("castellan")
    SettingsService(admin).change("onls_change", "9", 0, confirmed=False)
    opened = PatientService(sign_in("rahman")).open(file.patient.id)
    assert opened.thresholds.onls_change == 9
    kept = next(each for each in opened.file.encounters if each.id == signed.id)
    assert kept.verdict == signed.verdict


def test_a_visit_written_up_late_keeps_the_response_of_its_own_day(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    file = treated_patient(signed_in)
    start = min(line.start.earliest() for line in file.lines if line.number > 0 and line.start is not None)
    before = (signed_in.today - start).days + 1
    signed = sign_visit(signed_in, file, before)
    assert signed.verdict is not None
    assert signed.verdict.response is not None
    assert signed.verdict.response.line is None
    assert {each.grade for each in signed.verdict.response.domains} == {"not_treated"}


def test_a_visit_signed_before_response_was_judged_still_reads(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    signed = sign_visit(signed_in, treated_patient(signed_in))
    with signed_in.store.reading() as session:
        kept = session.execute(text("SELECT verdict FROM encounter WHERE id = :id"), {"id": signed.id}).scalar_one()
    older = {name: said for name, said in json.loads(kept).items() if name not in ("response", "prognosis")}
    from poems_registry.storage.encounter_rows import thawed

    assert signed.verdict is not None
    read = thawed(older)
    assert read is not None
    assert (read.response, read.prognosis) == (None, None)
    assert read.criteria == signed.verdict.criteria
    with signed_in.store.reading() as session:
        assert encounters.load(session, signed.id).verdict == signed.verdict


def test_show_tells_the_response_by_domain_and_the_prognosis(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    file = treated_patient(signed_in)
    shown = ShowService(signed_in).show(f"#{file.patient.id}").plain()
    opened = PatientService(signed_in).open(file.patient.id)
    now = respond_file(opened.file, opened.thresholds)
    told = {name: each["grade"] for name, each in shown["response"]["domains"].items()}
    assert told == {domain.value: grade.value for domain, grade in now.grades.items()}
    assert shown["response"]["rule_set"] == "R-2"
    assert {each["factor"] for each in shown["prognosis"]["wang"]} == {
        "age", "pulmonary_hypertension", "pleural_effusion", "egfr"
    }  # fmt: skip
    assert json.loads(json.dumps(shown["response"])) == shown["response"]
