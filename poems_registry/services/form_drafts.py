"""What a person typed into a form that is no visit and did not save: kept here, given to that person only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from poems_registry.domain.access import Permission
from poems_registry.domain.names import formal
from poems_registry.services.access import Service, needs
from poems_registry.storage import form_drafts, patients
from poems_registry.storage.form_drafts import FormKey, KeptForm

__all__ = [
    "CORRECTION",
    "DETAILS",
    "EVENT",
    "PASTED",
    "RESULTS",
    "TREATMENT_LINE",
    "FormDraftService",
    "FormKey",
    "KeptForm",
    "LeftForm",
    "is_of_results",
]

DETAILS, TREATMENT_LINE, EVENT, RESULTS = "details", "treatment_line", "event", "results"
CARE_FORMS = frozenset({"care_referral", "care_onward", "care_status"})
"""Forms of care that who may record no findings fills in too; of an entry that stands they see nothing clinical."""

RESEARCH_FORMS = ("enrolment", "sample", "aliquot", "research_panel")
"""The names of forms; `FormKey(TREATMENT_LINE, patient_id, line_id)`, 0 for what is new."""

PASTED, CORRECTION = "pasted_results", "correct:"
"""A pasted block that is looked at; a recorded result that is corrected: the name goes on with the item's code."""


def is_of_results(form: str) -> bool:
    """Whether a form stands on the page of results."""
    return form in (RESULTS, PASTED) or form.startswith(CORRECTION)


@dataclass(frozen=True, slots=True)
class LeftForm:
    """A form somebody left with something typed: `patient` is the name, empty for a person not yet in the registry."""

    key: FormKey
    saved_at: datetime
    patient: str


class FormDraftService(Service):
    """Keep, give back and forget what one typed; nobody else's is ever given (decision 18).

    Every form but that of the details and those of care that hold none (`CARE_FORMS`) holds findings: to keep one or
    have it back needs the right to record or to see them. To forget one's own asks for no more than before, or a record
    would stay held by a form that nobody may open.
    """

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime:
        """Save what stands in the form, right or wrong, and say when. `content` is the form's own, JSON-able."""
        self._require(key, Permission.RECORD_CLINICAL)
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            form_drafts.save(session, self.signed_in.person.id, key, content)
        return self.signed_in.clock.now()

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def load(self, key: FormKey) -> KeptForm | None:
        """What this person left in this form, if anything."""
        self._require(key, Permission.VIEW_CLINICAL)
        with self.signed_in.store.reading() as session:
            kept = form_drafts.load(session, self.signed_in.person.id, key)
        if kept is not None and key.form in CARE_FORMS and key.record_id and _clinical(kept.content):
            self.signed_in.require(Permission.VIEW_CLINICAL)
        return kept

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def drop(self, key: FormKey) -> None:
        """It was saved, or taken back."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            form_drafts.drop(session, self.signed_in.person.id, key)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def mine(self) -> tuple[LeftForm, ...]:
        """Every form this person left, newest first, without its words: for the prompt after signing in."""
        with self.signed_in.store.reading() as session:
            left = form_drafts.of_person(session, self.signed_in.person.id)
            people = {n: patients.load(session, n) for n in {each.key.patient_id for each in left} if n}
        names = {number: formal(person.family_name, person.given_name) for number, person in people.items()}
        return tuple(LeftForm(each.key, each.saved_at, names.get(each.key.patient_id, "")) for each in left)

    def _require(self, key: FormKey, permission: Permission) -> None:
        if key.form != DETAILS and key.form not in CARE_FORMS:
            self.signed_in.require(permission)
        elif key.form in CARE_FORMS:
            self.signed_in.require(Permission.EDIT_DEMOGRAPHICS)


def _clinical(content: dict[str, Any]) -> bool:
    """Whether a form of care that was known already was filled in with clinical words in view, as by another role."""
    texts: dict[str, Any] = {**content.get("start", {}), **content.get("typed", {})}
    return bool(texts.keys() & {"question", "answer", "reason", "outcome"})
