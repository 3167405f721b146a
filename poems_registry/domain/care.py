"""What goes on around a clinic's visits: referrals in and out, calls for advice, MDT lists, changes of status.

Codes are those of `care_words`; empty text and None mean *not recorded*. `error_reason` says why an entry was a
mistake: it is kept, hidden where work is done, and counts for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Somebody was referred to the clinic (clinic.md): by whom, how, when, the question, and what was answered.

    `on` is the day it arrived. It waits until it has an `outcome`.
    """

    id: int = 0
    patient_id: int = 0
    on: date | None = None
    route: str = ""
    urgency: str = ""
    referrer: str = ""
    organisation: str = ""
    contact: str = ""
    question: str = ""
    outcome: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_on: date | None = None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    error_reason: str = ""
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return not (self.outcome or self.error_reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceCall:
    """Somebody asked for urgent advice; `patient_id` is None where the patient was not named.

    `follow_up` says what is still to be done; it waits until `followed_on`.
    """

    id: int = 0
    patient_id: int | None = None
    on: date | None = None
    time: str = ""
    asked_by: str = ""
    place: str = ""
    contact: str = ""
    question: str = ""
    advice: str = ""
    given_by: str = ""
    follow_up: str = ""
    followed_on: date | None = None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    error_reason: str = ""
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether something is still to be done about it."""
        return bool(self.follow_up) and self.followed_on is None and not self.error_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OnwardReferral:
    """The clinic referred somebody on: `service` is a code of the list, or a service in the clinic's own words.

    `state_on` is the day of the state it is in now. It is open until it was seen, declined or closed.
    """

    id: int = 0
    patient_id: int = 0
    on: date | None = None
    service: str = ""
    to_whom: str = ""
    urgency: str = ""
    reason: str = ""
    made_by: str = ""
    state: str = "made"
    state_on: date | None = None
    outcome: str = ""
    outcome_on: date | None = None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    error_reason: str = ""
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether the other service has not seen the person yet."""
        return self.state in ("made", "accepted") and not self.error_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MdtEntry:
    """One patient on the list of one MDT meeting: the question beforehand, outcome and actions afterwards."""

    id: int = 0
    patient_id: int = 0
    on: date | None = None
    question: str = ""
    presenter: str = ""
    state: str = "listed"
    outcome: str = ""
    actions: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    error_reason: str = ""
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether it was not discussed yet."""
        return self.state == "listed" and not self.error_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """From a day on the person stands otherwise with the clinic: `before` and `status` are `PatientStatus` values.

    `before` is empty where the person was new. A death is no status: it is recorded once, with the person's details.
    """

    id: int = 0
    patient_id: int = 0
    on: date | None = None
    before: str = ""
    status: str = ""
    reason: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    error_reason: str = ""
    version: int = 1


Entry = Referral | AdviceCall | OnwardReferral | MdtEntry | StatusChange
"""Everything that is entered, corrected and marked as a mistake by itself."""


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By the day they are about; of one day, what was recorded last comes first."""
    return tuple(sorted(entries, key=_moment, reverse=True))


def _moment(entry: Entry) -> tuple[date, str, str, int]:
    recorded = entry.recorded_at.isoformat() if entry.recorded_at is not None else ""
    return entry.on or date.min, getattr(entry, "time", ""), recorded, entry.id
