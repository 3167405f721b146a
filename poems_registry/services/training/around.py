"""What went on around a made-up person's visits: how they were referred, referred on, discussed, asked about.

Its draws are its own, so that nothing else about a made-up patient depends on them.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.records import Encounter, Patient, PatientStatus
from poems_registry.services.training.fortune import Fortune, working_day

TEAM = ("Dr A Rahman", "Sister J Okoro")
REFERRERS = (
    ("Dr P Fenwick", "Example District Hospital"),
    ("Dr L Castellanos", "Northfold General Hospital"),
    ("Professor I Marlowe", "Riverbank University Hospital"),
    ("Dr S Achterberg", "Saltmarsh Infirmary"),
)
QUESTIONS = (
    "Neuropathy that looked like CIDP and does not answer to immunoglobulin, with a lambda paraprotein. Is this POEMS?",
    "Weakness of both legs for a year, raised VEGF and swollen ankles. Please see.",
    "Sclerotic bone lesion found by chance, and now a neuropathy. Could both be one illness?",
)
ONWARD = (
    ("physiotherapy", "Falls on stairs; balance and strength", "Home exercises begun, review in three months."),
    ("orthotics", "Foot drop on both sides", "Ankle splints fitted."),
    ("occupational_therapy", "Cannot button clothes or turn a key", "Aids for the kitchen and bathroom given."),
    ("endocrinology", "Low testosterone and a raised TSH", "Replacement begun; blood test in six weeks."),
    ("neurophysiology", "Nerve conduction for comparison", "Report sent to the clinic."),
    ("psychology", "Low mood since the diagnosis", "Six sessions agreed."),
)
SETTLED_AFTER = timedelta(days=120)
CALLS = (
    ("Registrar on call", "Northfold General Hospital", "Platelets of 900 and a swollen calf: what first?",
     "Ultrasound today, anticoagulation if there is a clot; send the result to us.", "Ring back about the ultrasound"),
    ("Dr O Pennington", "Saltmarsh Infirmary", "VEGF above the limit in somebody on steroids: repeat it?",
     "Repeat three months after the steroids have ended; refer if the neuropathy goes on.", ""),
    ("Ward nurse", "Example District Hospital", "May somebody under investigation for POEMS have a flu vaccine?",
     "Yes, the inactivated one.", ""),
)  # fmt: skip


def around(fortune: Fortune, patient: Patient, encounters: Sequence[Encounter], until: date) -> tuple[Entry, ...]:
    """The entries of one person."""
    days = [each.on for each in encounters]
    first = patient.first_seen.earliest() if patient.first_seen is not None else days[0] if days else until
    arrived = working_day(first - timedelta(days=fortune.source.randint(8, 40)))
    entries: list[Entry] = [_referral(fortune, arrived), *_statuses(patient, arrived, first)]
    if patient.diagnosed is not None and fortune.happens(0.5):
        entries.append(_meeting(min(working_day(patient.diagnosed.latest() + timedelta(days=9)), until)))
    last = min(until, patient.died.earliest()) if patient.died is not None else until
    entries += [_onward(fortune, day, last) for day in days if fortune.happens(0.07)]
    if patient.died is None:
        entries += _now(fortune, until)
    return tuple(entries)


def unnamed_calls(until: date) -> tuple[AdviceCall, ...]:
    """Calls in which no patient was named."""
    return tuple(_call(place, working_day(until - timedelta(days=5 + 11 * place))) for place in (1, 2))


def _referral(fortune: Fortune, arrived: date) -> Referral:
    who, where = fortune.one_of(REFERRERS)
    return Referral(
        on=arrived, route=fortune.one_of(("email", "email", "letter", "telephone")), urgency="routine", referrer=who,
        organisation=where, question=fortune.one_of(QUESTIONS), outcome="accepted", answered_by=TEAM[0],
        answered_on=arrived + timedelta(days=fortune.source.randint(1, 6)), answer="First visit offered.",
    )  # fmt: skip


def _statuses(patient: Patient, arrived: date, first: date) -> Iterator[StatusChange]:
    yield StatusChange(on=arrived, before="", status="referred")
    yield StatusChange(on=first, before="referred", status="suspected", reason="Seen at the clinic.")
    status = patient.status
    if status is PatientStatus.CONFIRMED and patient.diagnosed is not None:
        why = "Criteria met."
        yield StatusChange(on=patient.diagnosed.latest(), before="suspected", status=status.value, reason=why)
    elif status is PatientStatus.OTHER_DIAGNOSIS:
        why = "Another diagnosis explains the neuropathy."
        yield StatusChange(on=first + timedelta(days=30), before="suspected", status=status.value, reason=why)


def _meeting(on: date) -> MdtEntry:
    return MdtEntry(
        on=on, question="Does the diagnosis stand, and which treatment first?", presenter=TEAM[0], state="discussed",
        outcome="Diagnosis agreed. Treatment as the haematology clinic proposes.",
        actions="Dr A Rahman writes to the referring hospital.",
    )  # fmt: skip


def _onward(fortune: Fortune, day: date, until: date) -> OnwardReferral:
    service, reason, outcome = fortune.one_of(ONWARD)
    made = OnwardReferral(on=day, service=service, urgency="routine", reason=reason, made_by=TEAM[0])
    seen = day + timedelta(days=fortune.source.randint(20, 90))
    if until - day < SETTLED_AFTER or seen > until:
        return made
    return OnwardReferral(
        on=day, service=service, urgency="routine", reason=reason, made_by=TEAM[0], state="seen", state_on=seen,
        outcome=outcome, outcome_on=seen,
    )  # fmt: skip


def _now(fortune: Fortune, until: date) -> Iterator[Entry]:
    """A little that waits today, of few people."""
    if fortune.happens(0.02):
        who, where = fortune.one_of(REFERRERS)
        yield Referral(
            on=working_day(until - timedelta(days=6)), route="email", urgency=fortune.one_of(("urgent", "routine")),
            referrer=who, organisation=where, question="Weaker since the last visit: may the next one be earlier?",
        )  # fmt: skip
    if fortune.happens(0.02):
        yield _call(0, working_day(until - timedelta(days=4)))
    if fortune.happens(0.03):
        coming = until + timedelta(days=(7 - until.weekday()) or 7)
        yield MdtEntry(on=coming, question="Is this a relapse, and is a second transplant possible?", presenter=TEAM[0])


def _call(place: int, on: date) -> AdviceCall:
    who, where, question, advice, follow_up = CALLS[place]
    return AdviceCall(
        on=on, time="14:20", asked_by=who, place=where, contact="020 7946 0188", question=question, advice=advice,
        given_by=TEAM[1], follow_up=follow_up,
    )  # fmt: skip
