"""Somebody of the made-up clinic has two records: the nurse proposes to join them, and the doctor has to decide."""

from poems_registry.domain.person import Patient, PatientStatus
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.proposing import ProposalService
from poems_registry.storage import patients

WHY = "Same birth date, phone and address. The second record was made from a referral that spelt the name wrongly."


def leave_a_second_record(doctor: SignedIn, nurse: SignedIn) -> None:
    """A record with one letter of the name wrong and no NHS number, as a referral by phone leaves it; then proposed."""
    people = PatientService(doctor)
    with doctor.store.reading() as session:
        everyone = patients.all_ids(session)
    alive = (people.who(each) for each in everyone)
    known = next(each for each in alive if each.died is None and each.phone and len(each.family_name) > 5)
    again = Patient(
        family_name=misspelt(known.family_name),
        given_name=known.given_name,
        title=known.title,
        born=known.born,
        sex=known.sex,
        phone=known.phone,
        address=known.address,
        postcode=known.postcode,
        referrer=known.referrer,
        status=PatientStatus.REFERRED,
    )
    second, _ = people.add(again, another_person=True)
    service = ProposalService(nurse)
    service.propose(service.compare(known.id, second.id), WHY)


def misspelt(name: str) -> str:
    """Two letters in the middle the wrong way round, or one twice where they are the same."""
    at = len(name) // 2
    first, then = name[at], name[at + 1]
    return f"{name[:at]}{then}{first}{name[at + 2 :]}" if first != then else f"{name[:at]}{first}{name[at:]}"
