"""The words of referrals, advice and MDT lists, by code; a service may be said in the clinic's own words too."""

from collections.abc import Mapping

from poems_registry.domain.person import PatientStatus

ROUTES = {"email": "E-mail", "telephone": "Telephone", "letter": "Letter", "other": "Other"}
"""How a referral came (clinic.md: by e-mail or by telephone to two consultants)."""

URGENCIES = {"routine": "Routine", "urgent": "Urgent"}

OUTCOMES = {
    "accepted": "Accepted",
    "advice_only": "Advice only",
    "returned": "Returned to the referrer",
    "duplicate": "Duplicate of another referral",
}
"""What came of a referral."""

ONWARD_STATES = {
    "made": "Made",
    "accepted": "Accepted",
    "seen": "Seen",
    "declined": "Declined",
    "closed": "Closed",
}
"""How far an onward referral is; the first two wait for the other service."""

MDT_STATES = {
    "listed": "To discuss",
    "discussed": "Discussed",
    "deferred": "Deferred",
    "withdrawn": "Taken off the list",
}

SERVICES = {
    "neurophysiology": "Neurophysiology",
    "physiotherapy": "Physiotherapy",
    "orthotics": "Orthotics",
    "occupational_therapy": "Occupational therapy",
    "neurorehabilitation": "Neurorehabilitation",
    "psychology": "Psychology",
    "nurse_specialist": "Nurse specialist",
    "endocrinology": "Endocrinology",
    "haematology_transplant": "Haematology, transplant",
    "haematology": "Haematology",
    "neurology": "Neurology",
    "radiotherapy": "Radiotherapy (clinical oncology)",
    "cardiology": "Cardiology",
    "respiratory": "Respiratory medicine",
    "ophthalmology": "Ophthalmology",
    "renal": "Renal medicine",
    "dermatology": "Dermatology",
    "pain": "Pain service",
    "palliative_care": "Palliative care",
    "dietetics": "Dietetics",
    "social_work": "Social work",
    "genetics": "Genetics",
    "local_team": "The patient's local team",
}
"""Professions of the clinic (clinic.md) and services it refers to; any other may be written in words."""

STATUSES = {
    PatientStatus.REFERRED.value: "Referred",
    PatientStatus.SUSPECTED.value: "Suspected",
    PatientStatus.CONFIRMED.value: "Confirmed POEMS",
    PatientStatus.OTHER_DIAGNOSIS.value: "Other diagnosis",
    PatientStatus.TRANSFERRED.value: "Transferred",
}


def said(words: Mapping[str, str], code: str) -> str:
    """What a code says; words of one's own as they are, nothing for nothing."""
    return words.get(code, code)


def service_code(text: str) -> str:
    """The code of a service that was typed as the list says it, or the words that were typed."""
    tidy = " ".join(text.split())
    return next((code for code, words in SERVICES.items() if words.casefold() == tidy.casefold()), tidy)
