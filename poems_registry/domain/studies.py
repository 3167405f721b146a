"""Studies the clinic keeps, and who takes part: only with a consent for that study in force, and never forgotten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from poems_registry.domain.consents import Answer, Consent, Scope, in_force, shown_on
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.naming_nobody import why_it_names_somebody
from poems_registry.domain.records import Patient

Problems = dict[str, str]


class TakingPart(StrEnum):
    """How far somebody's part in a study has come. The value is stored."""

    TAKING_PART = "taking_part"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"


TAKING_PART_WORDS = {
    TakingPart.TAKING_PART: "Taking part",
    TakingPart.WITHDRAWN: "Withdrawn",
    TakingPart.COMPLETED: "Completed",
}
BY_CONSENT = "Consent for this study was taken back"
"""Why a part ended that nobody ended by hand."""
BY_MISTAKE = "The consent for this study had been entered in error"
"""Why a part ended behind which only a mistaken answer stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One study of the clinic's list. `opened` and `closed`: from when until when people may join."""

    id: int = 0
    short_name: str = ""
    full_name: str = ""
    reference: str = ""
    opened: PartialDate | None = None
    closed: PartialDate | None = None
    note: str = ""
    version: int = 1

    @property
    def names(self) -> frozenset[str]:
        """What a consent may call it, however it is written."""
        return frozenset(told for each in (self.short_name, self.full_name, self.reference) if (told := _plain(each)))

    def has(self, name: str) -> bool:
        """Whether this is one of its names, however it is written."""
        return _plain(name) in self.names

    def is_open(self, on: date) -> bool:
        """Whether people may join on this day: not before it was surely opened, not from the day it may be closed."""
        begun = self.opened is not None and self.opened.latest() <= on
        return begun and (self.closed is None or self.closed.earliest() > on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One person's part in one study. `number` is theirs in the study; `joined_by` and `ended_by` name who noted it."""

    id: int = 0
    patient_id: int = 0
    study_id: int = 0
    number: str = ""
    joined: PartialDate | None = None
    joined_by: str = ""
    state: TakingPart = TakingPart.TAKING_PART
    ended: PartialDate | None = None
    ended_by: str = ""
    reason: str = ""
    note: str = ""
    version: int = 1

    @property
    def goes_on(self) -> bool:
        """Whether the person takes part now."""
        return self.state is TakingPart.TAKING_PART


def about_study(consents: Iterable[Consent], study: Study) -> tuple[Consent, ...]:
    """The answers about a study under whichever of its names, all under its short name."""
    return tuple(
        replace(each, study=study.short_name)
        for each in consents
        if each.scope is Scope.STUDY and _plain(each.study) in study.names
    )


def consent_for(consents: Iterable[Consent], study: Study) -> Consent | None:
    """The answer in force about a study."""
    return next(iter(in_force(about_study(consents, study)).values()), None)


def agreed_on(consents: Iterable[Consent], study: Study, day: PartialDate) -> bool:
    """Whether consent for the study was surely in force on a day."""
    return shown_on(about_study(consents, study), (Scope.STUDY, _plain(study.short_name)), day)


def study_problems(study: Study, others: Sequence[Study], today: date) -> Problems:
    """What is wrong with an entry of the list, by field."""
    problems: Problems = {}
    if not study.short_name:
        problems["short_name"] = "is needed"
    for other in others:
        if other.id != study.id and other.names & study.names:
            problems["short_name"] = f"{other.short_name} has one of these names already"
    for name in ("opened", "closed"):
        day = getattr(study, name)
        if day is not None and day.earliest() > today:
            problems[name] = "lies in the future"
    if study.closed is not None and study.opened is None:
        problems.setdefault("opened", "is needed when the study is closed")
    elif study.closed is not None and study.opened is not None and study.closed.latest() < study.opened.earliest():
        problems.setdefault("closed", "lies before the day it was opened")
    return problems


def not_listed(name: str, studies: Sequence[Study], known: Iterable[Consent]) -> bool:
    """Whether a consent may not name a study so: it is none of the clinic's list, and no answer of the person names it.

    Without a list every name will do, and what somebody agreed to under a name can be taken back under it.
    """
    own = {_plain(each.study) for each in known if each.scope is Scope.STUDY}
    return bool(studies) and _plain(name) not in own and not any(each.has(name) for each in studies)


def names_lost(before: Study, after: Study, answers: Mapping[str, int]) -> Problems:
    """Names a study would no longer bear although recorded answers use them (`answers`: how many, by name)."""
    problems: Problems = {}
    for name in ("short_name", "full_name", "reference"):
        said = getattr(before, name)
        number = _answers_named(said, answers)
        if number and not after.has(said):
            things = "1 recorded answer about consent calls" if number == 1 else f"{number} recorded answers call"
            problems[name] = f"{things} the study {said}: keep this as its short name, its full name or its reference"
    return problems


def names_taken_over(before: Study | None, after: Study, answers: Mapping[str, int]) -> tuple[str, ...]:
    """Sentences on answers that were recorded under a name the study did not bear, and would be about it then."""
    told = []
    for name in sorted(after.names - (before.names if before is not None else frozenset())):
        number = _answers_named(name, answers)
        if number:
            said = next(s for s in (after.short_name, after.full_name, after.reference) if _plain(s) == name)
            things = "1 answer about consent is" if number == 1 else f"{number} answers about consent are"
            told.append(f"{things} recorded under {said} already, and will count for this study.")
    return tuple(told)


def _answers_named(name: str, answers: Mapping[str, int]) -> int:
    return sum(number for said, number in answers.items() if _plain(name) and _plain(said) == _plain(name))


@dataclass(frozen=True, slots=True)
class Around:
    """What an entry is judged against: the person, what they agreed to, the studies, and their other parts."""

    patient: Patient
    consents: tuple[Consent, ...]
    studies: tuple[Study, ...]
    enrolments: tuple[Enrolment, ...]
    today: date

    def study(self, study_id: int) -> Study | None:
        """One study of the list."""
        return next((each for each in self.studies if each.id == study_id), None)


def enrolment_problems(enrolment: Enrolment, around: Around) -> Problems:
    """What is wrong with somebody's part in a study, by field."""
    study = around.study(enrolment.study_id)
    if study is None:
        return {"study_id": "choose the study"}
    problems = _beginning(enrolment, study, around) | _ending(enrolment, around)
    twin = [e for e in around.enrolments if e.id != enrolment.id and e.study_id == study.id and e.goes_on]
    if twin and enrolment.goes_on:
        problems["study_id"] = "the person takes part in this study already"
    named = why_it_names_somebody(enrolment.number, around.patient)
    return problems | ({"number": named} if named else {})


def _beginning(enrolment: Enrolment, study: Study, around: Around) -> Problems:
    joined = enrolment.joined
    if joined is None:
        return {"joined": "say when the person joined"}
    day = day_problem(joined, around.patient, around.today)
    if day:
        return {"joined": day}
    if study.opened is None or joined.latest() < study.opened.earliest():
        return {"joined": "lies before the study was opened"}
    if study.closed is not None and joined.earliest() >= study.closed.latest():
        return {"joined": f"the study was closed on {show_date(study.closed)}"}
    known = any(e.id == enrolment.id and (e.study_id, e.joined) == (study.id, joined) for e in around.enrolments)
    if (enrolment.goes_on or not known) and not agreed_on(around.consents, study, joined):
        return {"study_id": f"no consent for {study.short_name} is shown for that day: record it under Details first"}
    now = consent_for(around.consents, study)
    if enrolment.goes_on and (now is None or now.answer is not Answer.GIVEN):
        return {"state": f"consent for {study.short_name} is not in force any more"}
    return {}


def _ending(enrolment: Enrolment, around: Around) -> Problems:
    if enrolment.goes_on:
        return {"state": "an end is recorded: choose Withdrawn or Completed"} if enrolment.ended is not None else {}
    problems: Problems = {}
    if enrolment.ended is None:
        problems["ended"] = "say when it ended"
    elif enrolment.joined is not None and enrolment.ended.latest() < enrolment.joined.earliest():
        problems["ended"] = "lies before the day the person joined"
    elif enrolment.ended.earliest() > around.today:
        problems["ended"] = "lies in the future"
    if enrolment.state is TakingPart.WITHDRAWN and not enrolment.reason:
        problems["reason"] = "say why, in a few words; \u201cnot given\u201d is a reason"
    return problems


def closed_by_consent(enrolments: Iterable[Enrolment], study: Study, answer: Consent, by: str) -> tuple[Enrolment, ...]:
    """The parts in a study that end because its consent was taken back or declined, as they stand afterwards."""
    return tuple(
        replace(each, state=TakingPart.WITHDRAWN, ended=_not_before(answer.on, each.joined), ended_by=by,
                reason=BY_CONSENT)
        for each in enrolments
        if each.study_id == study.id and each.goes_on
    )  # fmt: skip


def _not_before(on: PartialDate, joined: PartialDate | None) -> PartialDate:
    """A part cannot end before it began, whatever day is told for the consent."""
    return joined if joined is not None and on.latest() < joined.earliest() else on


def day_problem(day: PartialDate, patient: Patient, today: date) -> str:
    """Why something cannot have happened to a person on a day, '' if it can."""
    if day.earliest() > today:
        return "lies in the future"
    if patient.born is not None and day.latest() < patient.born.earliest():
        return "lies before the patient was born"
    if patient.died is not None and day.earliest() > patient.died.latest():
        return "lies after the patient died"
    return ""


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
