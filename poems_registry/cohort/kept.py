"""A member as one short text and back, so that ten thousand are read in a second instead of their whole records."""

import json
from datetime import date
from types import MappingProxyType
from typing import Any

from poems_registry.cohort.at_diagnosis import Baseline
from poems_registry.cohort.judged import Verdicts
from poems_registry.cohort.people import FEATURES, FirstTreatment, Member, Recorded, Treated
from poems_registry.cohort.responding import Reached, Responded
from poems_registry.domain.criteria import Criterion
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import PatientFile, PatientStatus, Sex
from poems_registry.domain.response import Domain, Grade

FORM = "3"
"""The form of the text and the rules by which a member is made; another form is another basis."""

_VERDICTS = {Verdict.MET: "+", Verdict.NOT_MET: "-", Verdict.CANNOT_TELL: "?"}
_SIGNS = {sign: verdict for verdict, sign in _VERDICTS.items()}
_CRITERIA = tuple(Criterion)


def latest_of(file: PatientFile) -> date:
    """The last day that the record speaks of: on that day and ever after, a member is made of the whole record."""
    told: list[PartialDate | None] = [file.patient.diagnosed, file.patient.died]
    told += [event.on for event in file.happened] + [line.start for line in file.lines]
    told += [transplant.infused for line in file.lines for transplant in line.transplants]
    days = [day.latest() for day in told if day is not None] + [each.on for each in file.counted]
    return max(days, default=date.min)


def to_text(member: Member) -> str:
    """All of a member, as JSON."""
    baseline = member.baseline
    said = [
        member.id,
        member.status.value,
        member.sex.value if member.sex is not None else None,
        member.age,
        member.delay_months,
        member.first_label,
        _day(member.diagnosed),
        _day(member.last_seen),
        [member.died, _day(member.died_on), member.left],
        [member.relapsed, [_day(day) for day in member.relapses], member.undated_relapse],
        [_day(day) for day in member.transplants],
        [[_day(each.start), _day(each.stop), each.first] for each in member.treatments],
        member.first_treatment.value,
        _verdicts(member.ever),
        _verdicts(member.at_diagnosis) if member.at_diagnosis is not None else None,
        [[r.ever, r.at_diagnosis, r.last] for r in (member.recorded[feature] for feature in FEATURES)],
        {item: [v.low, v.high, v.low_open, v.high_open] for item, v in baseline.values.items()},
        [baseline.wheelchair, baseline.light_chain],
        _response(member.response),
    ]
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False)


def of_text(text: str) -> Member:
    """The member again, equal to the one that was kept."""
    (number, status, sex, age, delay, label, diagnosed, last_seen, death, relapse, transplants, treatments, first,
     ever, early, recorded, values, (wheelchair, light_chain), response) = json.loads(text)  # fmt: skip
    died, died_on, left = death
    relapsed, relapses, undated = relapse
    return Member(
        id=number,
        status=PatientStatus(status),
        sex=Sex(sex) if sex is not None else None,
        age=age,
        delay_months=delay,
        first_label=label,
        diagnosed=_of_day(diagnosed),
        last_seen=_of_day(last_seen),
        died=died,
        died_on=_of_day(died_on),
        left=left,
        relapsed=relapsed,
        relapses=tuple(map(date.fromordinal, relapses)),
        undated_relapse=undated,
        transplants=tuple(map(date.fromordinal, transplants)),
        treatments=tuple(
            Treated(date.fromordinal(begun), _of_day(stop), is_first) for begun, stop, is_first in treatments
        ),
        first_treatment=FirstTreatment(first),
        ever=_of_verdicts(ever),
        at_diagnosis=_of_verdicts(early) if early is not None else None,
        recorded=MappingProxyType({f: Recorded(*told) for f, told in zip(FEATURES, recorded, strict=True)}),
        baseline=Baseline(
            MappingProxyType({item: Interval(*ends) for item, ends in values.items()}), wheelchair, light_chain
        ),
        response=_of_response(response),
    )


def _response(told: Responded) -> list[Any]:
    best = {domain.value: [found.grade.value, found.at_least] for domain, found in told.best.items()}
    return [best, _day(told.progressed_on), told.untold]


def _of_response(kept: list[Any]) -> Responded:
    best, progressed_on, untold = kept
    reached = {Domain(domain): Reached(Grade(grade), at_least) for domain, (grade, at_least) in best.items()}
    return Responded(MappingProxyType(reached), _of_day(progressed_on), untold)


def _day(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


def _of_day(number: int | None) -> date | None:
    return date.fromordinal(number) if number is not None else None


def _verdicts(verdicts: Verdicts) -> str:
    every = [*(verdicts.criteria[criterion] for criterion in _CRITERIA), verdicts.rule_a, verdicts.rule_b]
    return "".join(_VERDICTS[verdict] for verdict in every)


def _of_verdicts(text: str) -> Verdicts:
    *criteria, rule_a, rule_b = (_SIGNS[sign] for sign in text)
    told: dict[Any, Verdict] = dict(zip(_CRITERIA, criteria, strict=True))
    return Verdicts(MappingProxyType(told), rule_a, rule_b)
