"""After a death only corrections: what a service refuses then, and what it takes with a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from poems_registry.catalogue.pasted import read_block
from poems_registry.catalogue.pasted_results import Answers, judge
from poems_registry.domain.consents import Consent
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow
from poems_registry.domain.records import EncounterState, PatientFile
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.patients import PatientService
from poems_registry.services.results import LATE, ResultService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import audit

DIED = date(2026, 11, 15)
AFTER = "17-Nov-2026"
PLATELETS = {"platelets": FieldDraft("310")}


@pytest.fixture
def me(sign_in: Callable[[str], SignedIn]) -> SignedIn:
    return sign_in("rahman")


@pytest.fixture
def dead(me: SignedIn) -> PatientFile:
    """Somebody seen some weeks ago, who died last Sunday."""
    service = PatientService(me)
    files = [service.open(row.id).file for row in service.find("").rows]
    file = next(
        f for f in files
        if f.patient.died is None and f.counted and f.counted[-1].on < DIED
        and (f.patient.address_checked_on or DIED) <= DIED
    )  # fmt: skip
    service.change(replace(file.patient, died=PartialDate.of(DIED), death_source="family"))
    return service.open(file.patient.id).file


def test_no_visit_begins_on_a_later_day_and_the_refusal_says_when_the_person_died(
    me: SignedIn, dead: PatientFile
) -> None:
    with pytest.raises(NotAllowedNow, match=show_date(DIED)):
        VisitService(me).start(dead.patient.id)
    with pytest.raises(NotAllowedNow):
        VisitService(me).start(dead.patient.id, on=DIED + timedelta(days=1))
    assert VisitService(me).start(dead.patient.id, on=DIED - timedelta(days=1)), "what took place before may be entered"


def test_a_visit_begun_before_the_death_was_told_cannot_be_signed_for_a_later_day(me: SignedIn) -> None:
    people, visits = PatientService(me), VisitService(me)
    row = next(row for row in people.find("").rows if row.died is None)
    encounter_id = visits.start(row.id)
    who = people.who(row.id)
    people.change(replace(who, died=PartialDate(2026, 11, 18), address_checked_on=None))
    opened = visits.open(encounter_id)
    with pytest.raises(InvalidInput) as refused:
        visits.sign(encounter_id, row.id, opened.encounter.version, opened.draft, PASSWORD)
    assert refused.value.problems["on"] == "lies after the patient died"


def test_a_signed_visit_is_amended_after_the_death_as_a_correction(me: SignedIn, dead: PatientFile) -> None:
    signed = next(each for each in dead.encounters if each.state is EncounterState.SIGNED)
    VisitService(me).begin_amendment(signed.id, dead.patient.id, "typing error")
    assert VisitService(me).open(signed.id).mine


def test_a_result_dated_after_the_death_is_taken_only_with_the_reason_which_stands_with_it(
    me: SignedIn, dead: PatientFile
) -> None:
    service = ResultService(me)
    with pytest.raises(InvalidInput) as refused:
        service.record(dead.patient.id, VisitDraft(on=AFTER, fields=PLATELETS))
    assert "after the patient died" in refused.value.problems["on"]
    added, _ = service.record(
        dead.patient.id, VisitDraft(on=AFTER, fields=PLATELETS), "Reported by the laboratory late"
    )
    assert added.source == f"{LATE}: Reported by the laboratory late"
    with me.store.reading() as session:
        entry = next(e for e in audit.entries(session, dead.patient.id) if e.object == "encounter")
    assert entry.reason == "Reported by the laboratory late"


def test_a_reason_is_no_way_round_the_other_limits_and_leaves_no_mark_on_other_days(
    me: SignedIn, dead: PatientFile
) -> None:
    service = ResultService(me)
    with pytest.raises(InvalidInput):
        service.record(dead.patient.id, VisitDraft(on="01-Dec-2026", fields=PLATELETS), "late")
    before, _ = service.record(dead.patient.id, VisitDraft(on="10-Nov-2026", fields=PLATELETS), "late")
    assert before.source == ""


def test_details_are_corrected_but_nobody_is_seen_or_asked_after_the_death(me: SignedIn, dead: PatientFile) -> None:
    service = PatientService(me)
    saved, _ = service.change(replace(dead.patient, phone="020 7946 0999"))
    for name in ("address_checked_on", "needs_checked_on"):
        with pytest.raises(InvalidInput) as refused:
            service.change(replace(saved, **{name: DIED + timedelta(days=2)}))  # type: ignore[arg-type]
        assert list(refused.value.problems) == [name]
    with pytest.raises(InvalidInput) as refused:
        service.change(replace(saved, first_seen=PartialDate(2026, 11, 18)))
    assert "after the death" in refused.value.problems["first_seen"]


def test_a_death_before_a_signed_visit_is_refused_and_names_the_visit(me: SignedIn, dead: PatientFile) -> None:
    service = PatientService(me)
    last = max(e.on for e in dead.encounters if e.state is EncounterState.SIGNED)
    early = PartialDate.of(last - timedelta(days=1))
    blank = {"address_checked_on": None, "needs_checked_on": None}
    with pytest.raises(InvalidInput) as refused:
        service.change(replace(dead.patient, died=early, **blank))  # type: ignore[arg-type]
    assert show_date(last) in refused.value.problems["died"]


def test_consent_after_the_death_needs_somebody_who_answers_for_the_person(me: SignedIn, dead: PatientFile) -> None:
    late = Consent(patient_id=dead.patient.id, on=PartialDate(2026, 11, 18))
    with pytest.raises(InvalidInput):
        ConsentService(me).record(late)
    ConsentService(me).record(replace(late, on_behalf="Daughter, nominated representative"))


def test_a_pasted_block_keeps_samples_up_to_the_death_and_refuses_each_later_one_by_name(
    me: SignedIn, dead: PatientFile
) -> None:
    """What was taken before the death and is reported after it is ordinary, and asked nothing."""
    before = show_date(DIED - timedelta(days=2))
    text = (
        "Date\tPlatelets (10^9/L)\tHaemoglobin (g/L)\n"
        f"{before}\t311\t121\n{show_date(DIED)}\t305\t119\n{AFTER}\t299\t118\n"
    )
    answers = Answers({1: "platelets", 2: "haemoglobin"}, {1: "10^9/L", 2: "g/L"}, doubts_confirmed=True)
    seen = judge(read_block(text), answers, dead, me.today)
    refused = {(each.day, each.text, each.reason) for each in seen.outcomes if not each.takes}
    assert {(day, text) for day, text, _ in refused} == {(AFTER, "299"), (AFTER, "118")}
    assert all("lies after the patient died" in reason for _, _, reason in refused)
    counts, changed = ResultService(me).paste(dead.patient.id, text, answers, seen)
    assert (counts.new, counts.set_aside) == (4, 2)
    kept = [e for e in PatientService(me).open(dead.patient.id).file.encounters if e.id in changed.encounters]
    assert [each.on for each in kept] == [DIED - timedelta(days=2), DIED]
