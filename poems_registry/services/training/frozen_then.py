"""The verdicts of made-up visits, as they would have been frozen had these been signed in the program that day."""

from dataclasses import replace

from poems_registry.domain.records import PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.judging import frozen_with_newest
from poems_registry.services.training.clinic import MadeUp

JUDGED = 8
"""The newest visits of each patient that carry a verdict: those before are of a time before the registry."""


def with_verdicts(made: MadeUp, thresholds: Thresholds) -> MadeUp:
    """The same patient, the newest visits with their frozen verdicts, by the code that judges at signing.

    The ids are the places of the encounters, oldest first, as storage will give them: verdicts hold none.
    """
    numbered = tuple(replace(each, id=place) for place, each in enumerate(made.encounters, start=1))
    lines = tuple(replace(line, id=place) for place, line in enumerate(made.lines, start=1))
    file = PatientFile(made.patient, numbered, lines, made.events, (), made.supportive, made.consents)
    kept = {visit.id: verdict for visit, verdict in frozen_with_newest(file, thresholds, JUDGED)}
    judged = (replace(each, verdict=kept.get(place)) for place, each in enumerate(made.encounters, start=1))
    return replace(made, encounters=tuple(judged))
