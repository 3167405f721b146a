"""Everything the tab of treatment shows of a record."""

from dataclasses import dataclass
from datetime import date

from poems_registry.charts.journey_data import JourneyData
from poems_registry.charts.treatment_timeline import timeline
from poems_registry.domain.records import PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.ui.screens.record.treatment.keeping_in_mind import Note, running_cautions
from poems_registry.ui.screens.record.treatment.telling import (
    CareRow,
    EventRow,
    LineRow,
    care_rows,
    event_rows,
    line_rows,
)


@dataclass(frozen=True, slots=True)
class TreatmentShown:
    """The rows of the three lists, what is to be kept in mind of what goes on now, and all of it on one time axis."""

    lines: tuple[LineRow, ...]
    cares: tuple[CareRow, ...]
    events: tuple[EventRow, ...]
    notes: tuple[Note, ...]
    timeline: JourneyData | None = None


def treatment(file: PatientFile, thresholds: Thresholds, today: date) -> TreatmentShown:
    """A record's treatment in words."""
    return TreatmentShown(
        line_rows(file, today, thresholds),
        care_rows(file, today),
        event_rows(file, today),
        running_cautions(file, today),
        timeline(file, today),
    )
