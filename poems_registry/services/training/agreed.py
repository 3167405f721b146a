"""What made-up patients agreed to: most gave consent, some declined, a few took it back."""

from datetime import date, timedelta

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient
from poems_registry.services.training.fortune import Fortune

FORM = "Registry consent v2.1"
STUDY = "Nerve recovery after treatment"
_OTHERS = (Scope.CONTACT, Scope.SAMPLE, Scope.BIOBANK, Scope.PHOTOS)


def consents_of(fortune: Fortune, patient: Patient, until: date) -> tuple[Consent, ...]:
    """The answers of one patient; `fortune` draws nothing else. `research_consent` is what was drawn for the person."""
    if not patient.research_consent:
        return ()
    seen = patient.first_seen or patient.diagnosed
    on = min(seen.latest() if seen is not None else until, until)
    answer = Answer.GIVEN if patient.research_consent == "given" else Answer.DECLINED
    told = [_answer(Scope.REGISTRY, Answer.GIVEN, on), _answer(Scope.REUSE, answer, on)]
    told += [_answer(scope, answer if fortune.happens(0.8) else Answer.DECLINED, on) for scope in _OTHERS]
    if answer is Answer.GIVEN and fortune.happens(0.3):
        told.append(_answer(Scope.STUDY, Answer.GIVEN, on, STUDY))
    if answer is Answer.GIVEN and fortune.happens(0.05):
        later = min(on + timedelta(days=fortune.source.randint(90, 900)), until)
        note = "Rang the clinic: does not want to be part of it any more."
        told.append(_answer(fortune.one_of((Scope.REGISTRY, Scope.REUSE)), Answer.WITHDRAWN, later, note=note))
    return tuple(told)


def _answer(scope: Scope, answer: Answer, on: date, study: str = "", note: str = "") -> Consent:
    day = PartialDate.of(on)
    return Consent(
        scope=scope, study=study, answer=answer, on=day, form_version=FORM, taken_by="Sister J Okoro", note=note
    )
