"""What the clinic's lists show: which part is in view, its groups of lines, and the days of MDT lists."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.care.shown import GroupShown


class Part(StrEnum):
    """The parts, in their order."""

    REFERRALS = "referrals"
    CALLS = "calls"
    MDT = "mdt"


PART_WORDS = {Part.REFERRALS: "Referrals", Part.CALLS: "Advice calls", Part.MDT: "MDT lists"}
MAIN_WORDS = {Part.REFERRALS: "Record referral…", Part.CALLS: "Log advice call…", Part.MDT: "List a patient…"}


@dataclass(frozen=True, slots=True)
class ClinicShown:
    """One part: `days` (ISO day, words) and `day` only of MDT lists; `main` is '' for who may not record here."""

    part: Part
    groups: tuple[GroupShown, ...]
    main: str
    explanation: str = ""
    days: tuple[tuple[str, str], ...] = ()
    day: str = ""
    printable: bool = False
