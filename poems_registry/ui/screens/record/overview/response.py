"""The response in words: each domain with its values and what it needs, relapses, and what signing kept."""

from collections.abc import Iterator
from datetime import date

from poems_registry.domain.dates import show_date
from poems_registry.domain.frozen_response import FrozenResponse
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.domain.response import (
    DOMAIN_WORDS,
    GRADE_WORDS,
    ORGAN_WORDS,
    Domain,
    DomainResponse,
    Grade,
    PfsState,
    Point,
    Response,
    grade_words,
)
from poems_registry.ui.grades import baseline_look, look, open_words
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import DomainShown, LineShown, ResponseShown
from poems_registry.ui.theme.tokens import Tone

EMPTY = ("", "")


def response(file: PatientFile, now: Response, today: date) -> ResponseShown:
    """Everything the response card says."""
    line = now.current.line
    if line is None:
        about = tr("No treatment recorded")
    elif line.started is None:
        about = tr("Line {number}, start not recorded", number=line.number)
    else:
        about = tr("Line {number}, since {day}", number=line.number, day=show_date(line.started))
    return ResponseShown(
        about=about,
        treated=line is not None,
        rows=tuple(_row(answer) for answer in now.current.domains.values()),
        lines=tuple(_lines(now)),
        differs=_differs(file, now, today),
        rule_set=tr("Rule set {name}", name=now.rule_set),
    )


def _row(answer: DomainResponse) -> DomainShown:
    (icon, tone), said = look(answer.grade), grade_words(answer)
    if answer.grade is Grade.NOT_TREATED:
        icon, tone, said = baseline_look(answer)
    listed = [said, answer.words]
    named = (("Baseline", answer.baseline), ("Nadir", answer.nadir), ("Latest", answer.latest))
    listed += [f"{tr(name)}: {point.words}, {show_date(point.on)}" for name, point in named if point is not None]
    listed += [tr("Needs: {what}", what=each) for each in answer.needs]
    return DomainShown(
        name=tr(DOMAIN_WORDS[answer.domain]) + _measure(answer),
        grade=said,
        icon=icon,
        tone=tone,
        baseline=_told(answer.baseline),
        nadir=_told(answer.nadir),
        latest=_told(answer.latest),
        open_words=open_words(answer),
        notes=_notes(answer),
        everything="\n".join(each for each in (*listed, *answer.notes) if each),
    )


def _notes(answer: DomainResponse) -> tuple[str, ...]:
    """What is said below an answer; why a domain cannot be judged stands there, too, and not only in a tooltip."""
    why = answer.words if answer.grade in (Grade.NE, Grade.NE_PARTIAL) else ""
    return tuple(each for each in (why, *answer.notes) if each)


def _measure(answer: DomainResponse) -> str:
    """What was measured, where the name of the domain does not say it."""
    point = answer.latest or answer.baseline
    if answer.domain is Domain.VEGF and point is not None:
        return f" {point.words.split()[0]}"
    if answer.domain is Domain.CLINICAL and point is not None:
        return f", {point.words.split()[0]}"
    return ""


def _told(point: Point | None) -> tuple[str, str]:
    return (point.brief, show_date(point.on)) if point is not None else EMPTY


def _lines(now: Response) -> Iterator[LineShown]:
    """Organs that changed, relapses of every line, and progression-free survival."""
    for organ in now.current.organs:
        if organ.grade in (Grade.IMPROVED, Grade.WORSE):
            icon, tone = look(organ.grade)
            moved = f"{organ.baseline.words} to {organ.latest.words}"
            words = f"{tr(ORGAN_WORDS[organ.organ])}: {tr(GRADE_WORDS[organ.grade]).lower()}, {moved}"
            yield LineShown(icon, tone, words, show_date(organ.latest.on))
    for line, relapse in now.relapses:
        tone = Tone.RED if relapse.confirmed else Tone.AMBER
        icon = "trending-up" if relapse.confirmed else "triangle-alert"
        words = tr("Progression in line {number}: {words}", number=line.number, words=relapse.words())
        yield LineShown(icon, tone, words)
    pfs = now.pfs
    if pfs.state is PfsState.CANNOT_TELL:
        words = tr("Progression-free survival cannot be told: {why}", why=pfs.words)
        yield LineShown("circle-question-mark", Tone.AMBER, words)
    elif pfs.since is not None and pfs.on is not None:
        ended = pfs.state is PfsState.EVENT
        words = tr("Progression-free {since} to {on}: {why}", since=_day(pfs.since), on=_day(pfs.on), why=pfs.words)
        yield LineShown("flag" if ended else "clock", Tone.SUB, words)


def _day(on: date) -> str:
    return show_date(on)


def last_judged(file: PatientFile) -> tuple[Encounter, FrozenResponse] | None:
    """The newest visit with which a response was kept."""
    for encounter in reversed(file.counted):
        if encounter.verdict is not None and encounter.verdict.response is not None:
            return encounter, encounter.verdict.response
    return None


def _differs(file: PatientFile, now: Response, today: date) -> str:
    """Each domain whose kept grade is another than today's, with both dates (decision 3)."""
    kept = last_judged(file)
    if kept is None:
        return ""
    visit, frozen = kept
    then = {each.domain: each.grade for each in frozen.domains}
    changed = [
        f"{tr(DOMAIN_WORDS[domain])} {_said(then[domain.value])}, {tr('today')} {_said(grade.value)}"
        for domain, grade in now.grades.items()
        if domain.value in then and then[domain.value] != grade.value
    ]
    if not changed:
        return ""
    list_ = "; ".join(changed)
    return tr("Signed {day}, today is {today}: {list}.", day=_day(visit.on), today=_day(today), list=list_)


def _said(grade: str) -> str:
    words = tr(GRADE_WORDS[Grade(grade)])
    return words[:1].lower() + words[1:]
