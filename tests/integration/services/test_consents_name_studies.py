"""An answer about a study names one of the clinic's list, and a study keeps the names that answers use."""

from dataclasses import replace

import pytest

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.records import Patient
from poems_registry.domain.studies import Study, consent_for
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.studies import StudyService
from poems_registry.storage import audit, consents, research
from tests.integration.services.conftest import SignIn
from tests.integration.services.research_desk import STUDY, agree, somebody_new, study


@pytest.fixture
def ann(me: SignedIn) -> Patient:
    return somebody_new(me)


def answered_before_the_list(me: SignedIn, patient: Patient, name: str) -> None:
    """As it was recorded while any name would do."""
    said = Consent(patient_id=patient.id, scope=Scope.STUDY, study=name, answer=Answer.GIVEN, on=PartialDate(2026, 10))
    with me.store.writing(me.actor) as session:
        consents.add(session, said)


def in_force(me: SignedIn, patient: Patient, made: Study) -> Answer | None:
    found = consent_for(ConsentService(me).of(patient.id).history, made)
    return found.answer if found is not None else None


def test_a_name_that_is_none_of_the_list_is_refused_and_nothing_is_recorded(me: SignedIn, ann: Patient) -> None:
    study(me)
    with pytest.raises(InvalidInput) as refused:
        agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="NERVE 2")
    assert "none of the clinic's studies" in refused.value.problems["study"]
    assert ConsentService(me).of(ann.id).history == ()


@pytest.mark.parametrize("name", ["NERVE-2", " nerve-2", "Nerve recovery,  second part", "r-2"])
def test_each_name_of_a_study_will_do_however_it_is_written(me: SignedIn, ann: Patient, name: str) -> None:
    made = study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study=name)
    assert in_force(me, ann, made) is Answer.GIVEN


def test_what_somebody_agreed_to_under_another_name_can_be_taken_back_under_it(me: SignedIn, ann: Patient) -> None:
    answered_before_the_list(me, ann, "Old trial")
    study(me)
    agree(me, ann, Answer.WITHDRAWN, 2026, 11, 2, study="OLD TRIAL")
    (newest,) = ConsentService(me).of(ann.id).in_force
    assert newest.answer is Answer.WITHDRAWN


def test_a_clinic_that_keeps_no_list_names_studies_as_it_likes(me: SignedIn, ann: Patient) -> None:
    with me.store.writing(me.actor) as session:
        for each in research.studies(session):
            research.retract(session, each)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="Whatever it is called")
    assert len(ConsentService(me).of(ann.id).history) == 1


def test_the_list_is_offered_to_whoever_keeps_details_those_that_can_be_joined_first(
    me: SignedIn, sign_in: SignIn
) -> None:
    study(me)
    StudyService(me).keep(replace(STUDY, short_name="AARD", full_name="", reference="", closed=PartialDate(2024)))
    clerk = sign_in("castellan")
    names = [each.short_name for each in ConsentService(clerk).studies()]
    assert names.index("NERVE-2") < names.index("AARD")


@pytest.mark.parametrize("field", ["short_name", "full_name", "reference"])
def test_a_name_that_answers_use_is_not_dropped(me: SignedIn, ann: Patient, field: str) -> None:
    made = study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study=getattr(made, field))
    with pytest.raises(InvalidInput) as refused:
        StudyService(me).keep(replace(made, **{field: "Something else"}))  # type: ignore[arg-type]
    assert "1 recorded answer about consent calls the study" in refused.value.problems[field]
    assert StudyService(me).current(made) == made
    assert in_force(me, ann, made) is Answer.GIVEN


def test_a_study_is_renamed_where_the_old_name_stays_as_its_reference(me: SignedIn, ann: Patient) -> None:
    made = study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="nerve-2")
    renamed, _ = StudyService(me).keep(replace(made, short_name="RECOVER", reference="NERVE-2"))
    assert in_force(me, ann, renamed) is Answer.GIVEN


def test_a_name_no_answer_uses_is_changed_without_more_ado(me: SignedIn, ann: Patient) -> None:
    made = study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="nerve-2")
    mistaken = ConsentService(me).of(ann.id).history[0]
    ConsentService(me).mark_in_error(ann.id, mistaken.id, "Another study was meant.")
    renamed, _ = StudyService(me).keep(replace(made, short_name="RECOVER"))
    assert renamed.short_name == "RECOVER"


def test_answers_under_a_new_name_count_for_a_study_only_once_that_was_confirmed(me: SignedIn, ann: Patient) -> None:
    answered_before_the_list(me, ann, "Old trial")
    made, service = study(me), StudyService(me)
    wanted = replace(made, reference="OLD  trial")
    with pytest.raises(Doubtful) as asked:
        service.keep(wanted)
    (words,) = asked.value.doubts
    assert words == "1 answer about consent is recorded under OLD  trial already, and will count for this study."
    assert in_force(me, ann, made) is None
    kept, _ = service.keep(wanted, confirmed=(words,))
    assert in_force(me, ann, kept) is Answer.GIVEN
    with me.store.reading() as session:
        (changed,) = (e for e in audit.entries_of(session, "change") if e.object == "study")
    assert words in changed.reason


def test_a_new_study_does_not_take_a_name_of_another(me: SignedIn, ann: Patient) -> None:
    study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="R-2")
    with pytest.raises(InvalidInput) as refused:
        StudyService(me).keep(Study(short_name="r-2"))
    assert "has one of these names already" in refused.value.problems["short_name"]
