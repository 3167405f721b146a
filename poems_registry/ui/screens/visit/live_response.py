"""The response in the live panel: judged anew with each key press, or as it was kept with a signed visit."""

from typing import Final

from poems_registry.catalogue.response_evidence import course_of, course_of_encounter
from poems_registry.domain.dates import show_date
from poems_registry.domain.frozen_response import FrozenDomain, FrozenResponse
from poems_registry.domain.response import (
    DOMAIN_WORDS,
    GRADE_WORDS,
    Domain,
    DomainResponse,
    Grade,
    LineResponse,
    grade_words,
    joined,
    judge_now,
)
from poems_registry.ui.grades import baseline_look, look, open_words
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.shown import DomainLine, ResponseLines

CODES: Final = {
    Grade.CR_UNCONFIRMED: "CR, unconfirmed",
    Grade.IMPROVED: "Improved",
    Grade.STABLE: "Stable",
    Grade.WORSE: "Worse",
    Grade.PD_TO_CONFIRM: "PD? to confirm",
    Grade.RELAPSE_TO_CONFIRM: "Relapse? to confirm",
    Grade.TOO_EARLY: "Too early to call",
    Grade.CANNOT_TELL: "Cannot tell yet",
    Grade.NOT_TREATED: "Not treated yet",
    Grade.NE: "Not evaluable",
    Grade.NE_PARTIAL: "Complete response or relapse only",
}
"""Short words for a narrow panel; the others are their own code."""
UNGRADED: Final = frozenset({Grade.NE, Grade.NE_PARTIAL, Grade.CANNOT_TELL, Grade.TOO_EARLY})
"""Of these the reason stands below the words: nobody should need a mouse to read it."""


class LiveResponse:
    """The signed part's values are read once, since they do not change while one types."""

    def __init__(self, form: VisitForm) -> None:
        self._form = form
        self._signed = course_of(form.file).up_to(form.today)

    def judged(self) -> LineResponse:
        """The line in force with what is on the form now; of a visit that is read, today's answer."""
        course = self._signed
        if not self._form.read_only:
            course = joined((course, course_of_encounter(self._form.as_encounter())))
        return judge_now(course, self._form.thresholds)

    def lines(self) -> ResponseLines:
        """What the panel shows."""
        verdict = self._form.encounter.verdict
        now = self.judged()
        if self._form.read_only and verdict is not None and verdict.response is not None:
            return _kept(verdict.response, now)
        return ResponseLines(_about(now), tuple(_line(answer) for answer in now.domains.values()))


def _about(now: LineResponse) -> str:
    if now.line is None:
        return tr("no treatment yet")
    if now.line.started is None:
        return tr("line {number}, start not recorded", number=now.line.number)
    return tr("line {number}, since {day}", number=now.line.number, day=show_date(now.line.started))


def _line(answer: DomainResponse) -> DomainLine:
    (icon, tone), words = look(answer.grade), _words(answer.grade)
    if answer.grade is Grade.NOT_TREATED:
        icon, tone, words = baseline_look(answer)
    elif answer.latest is not None and answer.grade.settled and answer.latest.brief:
        score = answer.latest.words.split(" (")[0]  # a bare number says nothing where there are several scores
        words = f"{words}, {score if answer.domain is Domain.CLINICAL else answer.latest.brief}"
    needs = open_words(answer)
    listed = (grade_words(answer), answer.words, needs, *answer.notes)
    return DomainLine(
        tr(DOMAIN_WORDS[answer.domain]),
        words,
        icon,
        tone,
        needs,
        "\n".join(each for each in listed if each),
        answer.words if answer.grade in UNGRADED else "",
    )


def _words(grade: Grade) -> str:
    return tr(CODES.get(grade, grade.value))


def _kept(frozen: FrozenResponse, now: LineResponse) -> ResponseLines:
    """As signed; where today's answer is another, that stands below (decision 3)."""
    about = tr("as signed")
    if frozen.line is not None:
        about = tr("line {number}, as signed", number=frozen.line)
    return ResponseLines(about, tuple(_kept_line(each, now) for each in frozen.domains))


def _kept_line(kept: FrozenDomain, now: LineResponse) -> DomainLine:
    grade, domain = Grade(kept.grade), Domain(kept.domain)
    icon, tone = look(grade)
    listed = [tr(GRADE_WORDS[grade]), kept.words, *(tr("Needs: {what}", what=each) for each in kept.needs)]
    today = now.domains[domain].grade
    differs = "" if today is grade else tr("Today: {grade}", grade=_words(today))
    why = kept.words if grade in UNGRADED else ""
    return DomainLine(tr(DOMAIN_WORDS[domain]), _words(grade), icon, tone, differs, "\n".join(listed), why)
