"""The reminder of an appointment: its day, what to bring, how to change it; nothing of what was found."""

from collections.abc import Sequence

from poems_registry.domain.records import ClinicProfile, LetterRecord
from poems_registry.letters import closing
from poems_registry.letters.assembling import Kind
from poems_registry.letters.identity import greeting
from poems_registry.letters.parts import Part, text_part
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Wording
from poems_registry.letters.template_form import FROM_TEMPLATE
from poems_registry.letters.visit import Visit


def parts(visit: Visit, _: ClinicProfile, _letter: LetterRecord, _known: Standing, wording: Wording) -> Sequence[Part]:
    """All parts. Nobody has a copy unless the author names them: it is between the clinic and the patient."""
    patient = visit.file.patient
    return [
        text_part("greeting", "Greeting", greeting(patient), "from details", editable=False),
        text_part("summary", "The appointment", wording.sentence("appointment"), FROM_TEMPLATE),
        text_part("bring", "What to bring", wording.sentence("bring"), FROM_TEMPLATE),
        text_part("next", "If you cannot come", wording.sentence("change"), FROM_TEMPLATE),
        text_part("needs", "What you need", "\n".join(closing.own_needs(patient)), "from details"),
        Part(closing.COPIES, "Copies to", "", True, "written by you"),
    ]


REMINDER = Kind(parts, subject="Appointment reminder")
