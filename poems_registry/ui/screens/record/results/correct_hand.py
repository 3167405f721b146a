"""The result that is being corrected: the sample as it was seen, what is typed, and the same as it is kept."""

from dataclasses import dataclass
from typing import Any

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.pasted_results import told
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.records import Encounter
from poems_registry.services.form_drafts import FormKey
from poems_registry.services.results import correction_key
from poems_registry.ui.i18n import tr


@dataclass
class Correction:
    """The result being corrected: the sample as it was seen, and what is typed."""

    encounter: Encounter
    code: str
    typed: FieldDraft
    reason: str = ""
    meanwhile: str = ""

    @property
    def key(self) -> FormKey:
        """Under which name it is kept."""
        return correction_key(self.encounter.patient_id, self.encounter.id, self.code)

    def to_json(self) -> dict[str, Any]:
        """Plain values for storage, with what was recorded when it was typed."""
        sheet = VisitDraft(fields={self.code: self.typed})
        return {"sheet": sheet.to_json(), "reason": self.reason, "recorded": words_of(self.encounter, self.code)}


def words_of(encounter: Encounter, code: str) -> str:
    """What is recorded of one test."""
    finding = encounter.finding(code)
    return told(CATALOGUE.item(code), finding) if finding is not None else tr("nothing")
