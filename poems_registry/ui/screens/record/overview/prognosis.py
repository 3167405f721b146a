"""The prognosis in words: each factor at diagnosis, the score with its range, and what is response-based apart."""

from poems_registry.domain.dates import show_date
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.prognosis import Answer, Factor, Prognosis
from poems_registry.domain.prognosis_words import factor_words, log_hazard_words, points_words
from poems_registry.ui.grades import in_sentence
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import FactorShown, PrognosisShown
from poems_registry.ui.theme.tokens import Tone

REACHED = {
    Factor.NO_COMPLETE_RESPONSE: ("Complete haematological response to the first line", "Reached", "Not reached"),
    Factor.NO_TRANSPLANT: ("Transplant", "Given", "Not given"),
    Factor.NO_HAEMATOLOGICAL_RESPONSE: ("Haematological response to the first line", "Reached", "Not reached"),
    Factor.NO_VEGF_RESPONSE: ("VEGF response to the first line", "Reached", "Not reached"),
}
"""What is asked of the response, told without a double negation: name, and the words for not met and met."""

LOOKS = {
    Verdict.MET: ("circle-alert", Tone.RED, "Yes"),
    Verdict.NOT_MET: ("circle-minus", Tone.SUB, "No"),
    Verdict.CANNOT_TELL: ("circle-question-mark", Tone.AMBER, "Cannot tell"),
}


def prognosis(now: Prognosis) -> PrognosisShown:
    """Everything the prognosis card says."""
    diagnosed = any(
        each.verdict is not Verdict.CANNOT_TELL or "Date of diagnosis" not in each.needs for each in now.wang
    )
    if not diagnosed:
        return PrognosisShown((), tr("Cannot tell yet: needs the date of diagnosis"), "", (), _rules(now))
    low, high = now.count
    count = str(low) if low == high else tr("{low} to {high}", low=low, high=high)
    group = tr(now.group.value) if now.group is not None else tr("cannot tell")
    return PrognosisShown(
        factors=tuple(_factor(each, now) for each in (*now.wang, now.albumin)),
        score=tr("{count} of 4, log-hazard {hazard}", count=count, hazard=log_hazard_words(now)),
        unverified=tr(
            "Points {points}, group {group}: unverified, check against the paper", points=points_words(now), group=group
        ),
        response_based=tuple(_reached(each) for each in now.response_based if each.needs != ("Treatment",)),
        rule_set=_rules(now),
    )


def _rules(now: Prognosis) -> str:
    return tr("Wang 2017, rule set {name}", name=now.rule_set)


def _factor(answer: Answer, now: Prognosis) -> FactorShown:
    icon, tone, words = LOOKS[answer.verdict]
    name = tr(factor_words(answer.factor, now.thresholds))
    return FactorShown(icon, tone, name, tr(words), _told(answer), _on(answer))


def _reached(answer: Answer) -> FactorShown:
    icon, tone, words = LOOKS[answer.verdict]
    name, reached, not_reached = REACHED[answer.factor]
    told = {Verdict.MET: not_reached, Verdict.NOT_MET: reached, Verdict.CANNOT_TELL: words}[answer.verdict]
    if answer.verdict is Verdict.NOT_MET:
        icon, tone = "circle-check", Tone.GREEN
    return FactorShown(icon, tone, tr(name), tr(told), _told(answer), _on(answer))


def _told(answer: Answer) -> str:
    if answer.verdict is Verdict.CANNOT_TELL and answer.needs:
        return tr("Needs {what}", what=in_sentence(answer.needs[0]))
    return answer.words


def _on(answer: Answer) -> str:
    return show_date(answer.on) if answer.on is not None and answer.verdict is not Verdict.CANNOT_TELL else ""
