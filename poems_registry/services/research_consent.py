"""What a consent means for research: whose parts end when it is taken back, which samples it leaves, what may leave."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient
from poems_registry.domain.sample_consent import affected, consent_behind
from poems_registry.domain.samples import Sample
from poems_registry.domain.studies import BY_MISTAKE, Around, about_study, closed_by_consent, consent_for
from poems_registry.services.access import SignedIn
from poems_registry.storage import consents, patients, research
from poems_registry.storage.unit_of_work import Session


def around(session: Session, me: SignedIn, patient: Patient) -> Around:
    """What an entry about this person is judged against, as it stands in this transaction."""
    agreed = consents.of_patients(session, [patient.id]).get(patient.id, ())
    return Around(patient, agreed, research.studies(session), research.enrolments_of(session, patient.id), me.today)


def after_answer(session: Session, me: SignedIn, answer: Consent) -> tuple[str, ...]:
    """End the parts whose consent is not in force any more, in the transaction of the answer; and say what is so.

    Nothing becomes of a sample: the sentences name those that are now held back, for a person to decide.
    """
    if answer.answer is Answer.GIVEN:
        return ()
    now = around(session, me, patients.load(session, answer.patient_id))
    told = _end_parts(session, me, now) if answer.scope is Scope.STUDY else []
    if answer.answer is Answer.WITHDRAWN and answer.scope in (Scope.SAMPLE, Scope.STUDY):
        held = affected(research.samples_of(session, answer.patient_id), now)
        told += [_held(held)] if held else []
    return tuple(told)


def after_mistake(session: Session, me: SignedIn, mistaken: Consent) -> tuple[str, ...]:
    """End, as of today, the parts behind which nothing stood but an answer that was a mistake."""
    now = around(session, me, patients.load(session, mistaken.patient_id))
    return tuple(_end_parts(session, me, now, mistaken)) if mistaken.scope is Scope.STUDY else ()


def after_merge(session: Session, me: SignedIn, patient_id: int) -> tuple[str, ...]:
    """End the parts whose consent was taken back in the other of two records that are one now."""
    return tuple(_end_parts(session, me, around(session, me, patients.load(session, patient_id))))


def _end_parts(session: Session, me: SignedIn, now: Around, mistaken: Consent | None = None) -> list[str]:
    told = []
    for study in now.studies:
        stands = consent_for(now.consents, study)
        if stands is not None and stands.answer is not Answer.GIVEN:
            ended = closed_by_consent(now.enrolments, study, stands, me.person.name)
        elif stands is None and mistaken is not None and about_study([mistaken], study):
            none = replace(mistaken, on=PartialDate.of(me.today))
            closed = closed_by_consent(now.enrolments, study, none, me.person.name)
            ended = tuple(replace(each, reason=BY_MISTAKE) for each in closed)
        else:
            continue
        for part in ended:
            research.save(session, part)
            told.append(f"Taking part in {study.short_name} has ended with it: it stands under Research as withdrawn.")
    return told


def _held(samples: Sequence[Sample]) -> str:
    numbers = ", ".join(each.number for each in samples)
    which = f"The sample {numbers} is" if len(samples) == 1 else f"The samples {numbers} are"
    return (
        f"{which} marked and held back from use. Nothing was destroyed: decide under Research what is to become of it."
    )


def research_behind(session: Session, patient_ids: Collection[int]) -> tuple[frozenset[int], int]:
    """The encounters with values of research samples that consent stands behind today, and how many others there are.

    Values without a sample have nothing that shows consent, and stay inside.
    """
    whose = set(patient_ids)
    held = {encounter_id: owner for encounter_id, owner in research.panels(session).items() if owner in whose}
    if not held:
        return frozenset(), 0
    studies = {each.id: each for each in research.studies(session)}
    agreed = consents.of_patients(session, sorted(set(held.values())))
    behind = {
        sample.result_encounter_id
        for patient_id, samples in research.all_samples(session).items()
        for sample in samples
        if sample.result_encounter_id in held
        and consent_behind(sample, agreed.get(patient_id, ()), studies.get(sample.study_id)).usable
    }
    return frozenset(behind), len(held.keys() - behind)
