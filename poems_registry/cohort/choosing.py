"""Who is in the cohort: the conditions, the words for them, and everyone who is left out with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from poems_registry.cohort.people import FirstTreatment, Member
from poems_registry.domain.dates import letter_date
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import PatientStatus


class Rule(StrEnum):
    """The rule set whose verdict admits to the cohort (setting 9.16)."""

    A = "A"
    B = "B"


class Reason(StrEnum):
    """Why somebody is left out; the first that applies, in this order. The value is the words."""

    OTHER_DIAGNOSIS = "another diagnosis"
    NEVER_SEEN = "never seen"
    CANNOT_TELL = "criteria cannot tell"
    NOT_MET = "criteria not met"
    NO_DATE = "no date of diagnosis"
    EARLIER = "diagnosed before the period"
    LATER = "diagnosed after the period"
    OTHER_TREATMENT = "another first treatment"
    NO_CONSENT = "consent declined or taken back"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Verdict met by a rule set, seen at least once, and optionally a period of diagnosis and a first treatment.

    Without a period, people whose date of diagnosis is not recorded are in the cohort, but on no curve.
    """

    rule: Rule = Rule.A
    diagnosed_from: date | None = None
    diagnosed_to: date | None = None
    first_treatment: FirstTreatment | None = None

    @property
    def words(self) -> str:
        """As printed under the title, a sentence."""
        period = {
            (False, False): "diagnosed on any date",
            (True, False): f"diagnosed from {_day(self.diagnosed_from)}",
            (False, True): f"diagnosed up to {_day(self.diagnosed_to)}",
            (True, True): f"diagnosed {_day(self.diagnosed_from)} to {_day(self.diagnosed_to)}",
        }[self.diagnosed_from is not None, self.diagnosed_to is not None]
        treatment = f", {_TREATMENT_WORDS[self.first_treatment]}" if self.first_treatment is not None else ""
        return f"POEMS syndrome by rule set {self.rule}, {period}{treatment}, seen at least once."

    def reason_against(self, member: Member) -> Reason | None:
        """Why this person is left out; None for who is in the cohort."""
        if member.status is PatientStatus.OTHER_DIAGNOSIS:
            return Reason.OTHER_DIAGNOSIS
        if member.last_seen is None:
            return Reason.NEVER_SEEN
        verdict = member.ever.rule_a if self.rule is Rule.A else member.ever.rule_b
        if verdict is not Verdict.MET:
            return Reason.CANNOT_TELL if verdict is Verdict.CANNOT_TELL else Reason.NOT_MET
        wrong_time = self._outside(member.diagnosed)
        if wrong_time is not None:
            return wrong_time
        if self.first_treatment is not None and member.first_treatment is not self.first_treatment:
            return Reason.OTHER_TREATMENT
        return None

    def _outside(self, diagnosed: date | None) -> Reason | None:
        if diagnosed is None:
            return Reason.NO_DATE if self.diagnosed_from is not None or self.diagnosed_to is not None else None
        if self.diagnosed_from is not None and diagnosed < self.diagnosed_from:
            return Reason.EARLIER
        if self.diagnosed_to is not None and diagnosed > self.diagnosed_to:
            return Reason.LATER
        return None


_TREATMENT_WORDS = {
    FirstTreatment.TRANSPLANT: "transplant first",
    FirstTreatment.OTHER: "other first treatment",
    FirstTreatment.NONE: "no treatment recorded",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many are left out for one reason, and who, for the screen; a release names nobody and may hide the count."""

    reason: Reason
    count: int | None
    ids: tuple[int, ...] = ()


def choose(members: Iterable[Member], conditions: Conditions) -> tuple[tuple[Member, ...], tuple[LeftOut, ...]]:
    """The cohort, and those left out by reason, most first."""
    chosen: list[Member] = []
    against: dict[Reason, list[int]] = {}
    for member in members:
        reason = conditions.reason_against(member)
        if reason is None:
            chosen.append(member)
        else:
            against.setdefault(reason, []).append(member.id)
    left_out = [LeftOut(reason, len(ids), tuple(ids)) for reason, ids in against.items()]
    order = list(Reason)
    left_out.sort(key=lambda each: (-len(each.ids), order.index(each.reason)))
    return tuple(chosen), tuple(left_out)


def _day(day: date | None) -> str:
    return letter_date(day, glue=True) if day is not None else ""
