"""One scripted follow-up visit (decision 22), typed, signed and put into a letter: what tour and benchmarks repeat."""

from dataclasses import replace
from datetime import date, timedelta

from poems_registry.catalogue.drafting import carried_medicines
from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.records import Action, ActionFor, AllergyState, Medicine, MedicineChange, PatientFile
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import OpenVisit, VisitService

MONTHS_AHEAD = timedelta(days=182)


def weight_like_last(file: PatientFile) -> str:
    """A weight that needs no confirmation: last time's, if there is one."""
    last = file.last("weight")
    return f"{last[1].number:.10g}" if last is not None else "71.5"


def typed_fields(today: date, weight: str) -> dict[str, str]:
    """What is typed, by item: the five statuses, scores, grip, walk, pain, weight, two results, words, next visit."""
    return {
        "p_status": "present",
        "o_status": "not_assessed",
        "e_status": "absent",
        "m_status": "not_assessed",
        "s_status": "absent",
        "onls_arm": "1",
        "onls_leg": "2",
        "grip_device": "jamar",
        "grip_left_kg": "24",
        "grip_right_kg": "26",
        "walk_10m": "9.4",
        "walk_10m_aid": "one_stick",
        "pain_nrs": "2",
        "weight": weight,
        "vegf_plasma": "<31",
        "platelets": "268",
        "summary": "We talked about how you manage at home and went through your results.",
        "what_next": "Please have the blood tests a week before we meet again.",
        "next_visit": show_date(today + MONTHS_AHEAD),
        "medicines_reviewed": "reviewed",
        "address_checked": "present",
    }


def scripted_draft(visit: OpenVisit, today: date) -> VisitDraft:
    """The whole form as it stands when it is ready to sign: one medicine changed, one action for the GP."""
    draft = visit.draft
    for code, text in typed_fields(today, weight_like_last(visit.file)).items():
        draft = draft.with_field(code, FieldDraft(text=text))
    carried = list(carried_medicines(visit.previous))
    changed = Medicine("gabapentin", "300 mg twice daily", "by mouth", MedicineChange.CHANGED, "less nerve pain")
    medicines = (*[each for each in carried if each.name != changed.name], changed)
    request = Action(ActionFor.GP, "Please continue gabapentin at the new dose.", by_when="at the next prescription")
    return replace(draft, medicines=medicines, actions=(request,))


def people_to_see(me: SignedIn, count: int) -> tuple[int, ...]:
    """Living patients whose allergies are recorded, so that their letters can be signed."""
    service = PatientService(me)
    found: list[int] = []
    for row in service.find().rows:
        if len(found) == count:
            break
        if row.died is None and not row.has_draft:
            patient = service.who(row.id)
            if patient.allergy_state is not AllergyState.NOT_RECORDED:
                found.append(row.id)
    return tuple(found)


def see(me: SignedIn, patient_id: int, password: str) -> int:
    """Check the address, type the visit, sign it; gives the visit's id."""
    people, visits = PatientService(me), VisitService(me)
    people.change(replace(people.who(patient_id), address_checked_on=me.today))
    visit = visits.open(visits.start(patient_id))
    draft = scripted_draft(visit, me.today)
    visits.keep(visit.encounter.id, patient_id, draft)
    visits.sign(visit.encounter.id, patient_id, visit.encounter.version, draft, password)
    return visit.encounter.id
