"""*Unchanged* and a confirmed doubt as recorded acts: who, when, from which visit, on disk and in a transfer file."""

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import InvalidInput
from poems_registry.exports.transfer import transfer
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from tests.integration.services.conftest import NOW, SignIn
from tests.integration.services.test_visit_to_letter import begun, filled


def test_what_was_confirmed_from_an_earlier_visit_says_who_when_and_which_visit_to_the_end(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    visit = begun(me)
    last = visit.file.last("onls_leg")
    assert last is not None
    source, leg = last
    again = FieldDraft(text=f"{leg.number:g}", confirmed_from=source.id)
    doubtful = FieldDraft(text="900", doubt_confirmed=True)
    draft = filled(visit.draft).with_field("onls_leg", again).with_field("platelets", doubtful)
    encounter, _ = VisitService(me).sign(
        visit.encounter.id, visit.file.patient.id, visit.encounter.version, draft, PASSWORD
    )
    file = PatientService(me).open(visit.file.patient.id).file
    stored = next(each for each in file.encounters if each.id == encounter.id)
    confirmed, platelets = stored.finding("onls_leg"), stored.finding("platelets")
    assert confirmed is not None
    assert platelets is not None
    assert (confirmed.confirmed_from, confirmed.recorded_by) == (source.id, me.person.name)
    assert confirmed.recorded_at == NOW
    assert platelets.doubt_confirmed_by == me.person.name
    table = transfer([file], CATALOGUE, lambda _: ())
    rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]
    mine = {row["item"]: row for row in rows if row["encounter_uid"] == stored.uid}
    assert mine["onls_leg"]["confirmed_from"] == source.uid
    assert mine["platelets"]["doubt_confirmed_by"] == me.person.name


def test_a_typed_grade_against_its_tasks_is_refused_until_confirmed_and_a_wrong_sum_always(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    visit = begun(me)
    tasks = dict.fromkeys(("task_hair", "task_key", "task_cutlery", "task_buttons", "task_dress"), "affected")
    draft = filled(visit.draft, **tasks).with_field("onls_arm", FieldDraft(text="4", doubt_confirmed=True))
    muscles = dict.fromkeys(CATALOGUE.by_tasks["mrc_sum"].asked[:12], "5")
    wrong = filled(draft, **muscles, mrc_variant="12").with_field("mrc_sum", FieldDraft("58", doubt_confirmed=True))
    service, ids = VisitService(me), (visit.encounter.id, visit.file.patient.id, visit.encounter.version)
    with pytest.raises(InvalidInput) as caught:
        service.sign(*ids, wrong, PASSWORD)
    assert caught.value.problems == {"mrc_sum": "MRC sum score: its parts add up to 60, not 58"}
    with pytest.raises(InvalidInput) as caught:
        service.sign(*ids, draft.with_field("onls_arm", FieldDraft(text="4")), PASSWORD)
    assert list(caught.value.problems) == ["onls_arm"]
    signed, _ = service.sign(*ids, draft, PASSWORD)
    arm = signed.finding("onls_arm")
    assert arm is not None
    assert (arm.number, arm.doubt_confirmed_by) == (4, me.person.name)
