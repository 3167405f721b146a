"""Who the person is, to read, and what they agreed to: groups of labelled values."""

from poems_registry.domain.consents import ANSWER_WORDS, SCOPE_WORDS, Consent, Scope, in_force
from poems_registry.domain.dates import show_date
from poems_registry.domain.records import PatientFile
from poems_registry.ui import person_facts
from poems_registry.ui.i18n import tr
from poems_registry.ui.person_facts import FactGroup, fact
from poems_registry.ui.screens.record.particulars.shown import CONSENTS

__all__ = ["FactGroup", "answered", "particulars"]


def particulars(file: PatientFile, *, clinical: bool) -> tuple[FactGroup, ...]:
    """The groups; clinical ones only for roles that may see them."""
    of, patient = person_facts, file.patient
    groups = (of.person(patient), of.reach(patient), of.practice(patient), _consents(file), of.needs(patient))
    return (*groups, of.clinical(patient)) if clinical else groups


def _consents(file: PatientFile) -> FactGroup:
    """The answer in force to each question, then all that was answered before; mistakes with their reason."""
    current = in_force(file.consents)
    facts = [fact(each.words, *answered(each)) for each in current.values()]
    if (Scope.REGISTRY, "") not in current:
        facts.insert(0, fact(SCOPE_WORDS[Scope.REGISTRY]))
    if file.patient.research_consent:
        facts.append(fact("Noted before", file.patient.research_consent))
    earlier = [each for each in file.consents if each.error_reason or each not in current.values()]
    if earlier:
        facts.append(fact("Earlier", *(_told_before(each) for each in reversed(earlier))))
    words = tr("History and corrections…") if file.consents else ""
    return FactGroup(tr("Consent"), tuple(facts), CONSENTS if words else "", words)


def answered(consent: Consent) -> tuple[str, ...]:
    """The answer with its day, on which form and by whom it was taken, on whose behalf, and the note."""
    day = tr("{answer} {day}", answer=tr(ANSWER_WORDS[consent.answer]), day=show_date(consent.on))
    taken = tr("taken by {name}", name=consent.taken_by) if consent.taken_by else ""
    more = ", ".join(part for part in (consent.form_version, taken) if part)
    behalf = tr("on behalf: {who}", who=consent.on_behalf) if consent.on_behalf else ""
    kept = tr("form kept: {place}", place=consent.reference) if consent.reference else ""
    return tuple(part for part in (day, more, behalf, kept, consent.note) if part)


def _told_before(consent: Consent) -> str:
    words = f"{consent.words}: {answered(consent)[0]}"
    if not consent.error_reason:
        return words
    return tr("{words}, entered in error: {reason}", words=words, reason=consent.error_reason)
