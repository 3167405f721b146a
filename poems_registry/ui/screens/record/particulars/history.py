"""Every answer about consent in words: which is in force, which was before, which was a mistake."""

from datetime import date

from poems_registry.domain.consents import SCOPE_WORDS, Consent, Scope, by_question, in_force, stays_inside
from poems_registry.domain.dates import show_date, show_time
from poems_registry.services.consents import ConsentFile
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.record.particulars.shown import AnswerShown, HistoryShown, QuestionShown, Standing
from poems_registry.ui.screens.record.particulars.telling import answered


def history(file: ConsentFile, today: date, *, may_correct: bool) -> HistoryShown:
    """All questions that were answered, in the order of the scopes."""
    current = in_force(file.history)
    questions = tuple(
        QuestionShown(answers[0].words, tuple(_answer(each, current.get(about)) for each in answers))
        for about, answers in by_question(file.history).items()
    )
    asked = {scope for scope, _ in current}
    never = [tr(SCOPE_WORDS[scope]) for scope in Scope if scope not in asked and scope is not Scope.STUDY]
    return HistoryShown(
        who=identity_of(file.patient, today, clinical=False),
        questions=questions,
        never=", ".join(never),
        stays_inside=_consequence(file),
        shared=tuple(tr("{day}: {what}", day=show_date(each.on), what=each.what) for each in file.shared),
        may_correct=may_correct,
    )


def _consequence(file: ConsentFile) -> str:
    if stays_inside(file.history, file.patient.research_consent):
        return tr("Left out of every pseudonymised export and every table for release. Care goes on as before.")
    return tr("In pseudonymised exports and tables for release: nothing was declined or taken back that forbids it.")


def _answer(consent: Consent, current: Consent | None) -> AnswerShown:
    standing = Standing.IN_FORCE if consent == current else Standing.EARLIER
    first, *beside = answered(consent)
    return AnswerShown(
        consent.id,
        Standing.IN_ERROR if consent.error_reason else standing,
        first,
        tuple(beside),
        _recorded(consent),
        consent.error_reason,
    )


def _recorded(consent: Consent) -> str:
    if consent.recorded_at is None:
        return ""
    local = consent.recorded_at.astimezone()
    when = f"{show_date(local.date())} {show_time(local)}"
    return tr("recorded by {name}, {when}", name=consent.recorded_by, when=when)
