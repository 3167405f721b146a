"""What is typed into a person's details and not yet saved: under which key, from the first key typed on."""

from collections.abc import Mapping

from poems_registry.services.form_drafts import DETAILS, FormKey
from poems_registry.ui.form_keeping import FormKeeping
from poems_registry.ui.screens.details.meeting import kept_content


def key_of(patient_id: int) -> FormKey:
    """A person's details have no record of their own beside the person."""
    return FormKey(DETAILS, patient_id, patient_id)


class Keeping(FormKeeping):
    """Of a form in which nothing was typed nothing is kept."""

    def typed(self, patient_id: int, start: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Keep it soon: a crash, a lock or the end of the program loses nothing that was typed."""
        key = key_of(patient_id)
        if self.key != key:
            self.begin(key)
        self.edited(kept_content(start, texts))
