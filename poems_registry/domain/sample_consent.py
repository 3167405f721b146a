"""Whether consent stands behind a sample, worked out anew each time: it marks, holds back, and never loses a sample."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from poems_registry.domain.consents import Answer, Consent, Scope, answer_to, shown_on
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.samples import TAKING_OUT, Aliquot, Sample
from poems_registry.domain.studies import Around, Study, agreed_on, consent_for


class Standing(StrEnum):
    """How consent stands behind a sample today."""

    NOT_NEEDED = "not_needed"
    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    WITHDRAWN = "withdrawn"

    @property
    def usable(self) -> bool:
        """Whether the sample may be used without another word."""
        return self in (Standing.NOT_NEEDED, Standing.SHOWN)


@dataclass(frozen=True, slots=True)
class ConsentBehind:
    """The standing, and in words what it comes from."""

    standing: Standing
    words: str

    @property
    def usable(self) -> bool:
        """Whether the sample may be used without another word."""
        return self.standing.usable


def consent_behind(sample: Sample, consents: tuple[Consent, ...], study: Study | None) -> ConsentBehind:
    """A research sample needs consent for biological samples on the day it was taken, and for its study if it has one.

    Whatever was taken back since counts before all else. A day that is not known, or not whole enough to tell, shows
    nothing.
    """
    if not sample.for_research:
        return ConsentBehind(Standing.NOT_NEEDED, "Taken for care")
    on = sample.taken
    asked = [_Asked("biological samples", answer_to(consents, Scope.SAMPLE), _shown(consents, on))]
    if study is not None:
        then = on is not None and agreed_on(consents, study, on)
        asked.append(_Asked(study.short_name, consent_for(consents, study), then))
    back = next((each for each in asked if each.taken_back), None)
    if back is not None and back.now is not None:
        words = f"Consent {back.now.answer.value} ({back.what}, {show_date(back.now.on)})"
        return ConsentBehind(Standing.WITHDRAWN, words)
    if on is None:
        return ConsentBehind(Standing.NOT_SHOWN, "Consent not shown: the day it was taken is not known")
    missing = next((each for each in asked if not each.then), None)
    if missing is not None:
        return ConsentBehind(Standing.NOT_SHOWN, f"Consent not shown for {missing.what} on {show_date(on)}")
    return ConsentBehind(Standing.SHOWN, "Consent shown")


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question: what was said last, and whether consent was surely in force when the sample was taken."""

    what: str
    now: Consent | None
    then: bool

    @property
    def taken_back(self) -> bool:
        """Withdrawn, or declined after it had been given."""
        if self.now is None or self.now.answer is Answer.GIVEN:
            return False
        return self.now.answer is Answer.WITHDRAWN or self.then


def _shown(consents: Iterable[Consent], on: PartialDate | None) -> bool:
    return on is not None and shown_on(consents, (Scope.SAMPLE, ""), on)


def sample_doubts(sample: Sample, before: Sample | None, around: Around) -> tuple[str, ...]:
    """What is asked once before a sample is kept; what held of it before is not asked again."""
    found = consent_behind(sample, around.consents, around.study(sample.study_id))
    if found.usable:
        return ()
    if before is not None and consent_behind(before, around.consents, around.study(before.study_id)) == found:
        return ()
    return (f"{found.words}. The sample is kept, marked with these words everywhere, and held back from use.",)


def aliquot_doubts(
    aliquot: Aliquot, before: Aliquot | None, sample: Sample, consents: tuple[Consent, ...], study: Study | None
) -> tuple[str, ...]:
    """Use of what is held back is recorded only as what it is."""
    found = consent_behind(sample, consents, study)
    same = before is not None and before.state is aliquot.state
    if found.usable or same or aliquot.state not in TAKING_OUT:
        return ()
    return (f"{found.words}: this sample is held back. Saving records that it was {aliquot.state.value} all the same.",)


def affected(samples: Iterable[Sample], around: Around) -> tuple[Sample, ...]:
    """The samples whose consent was taken back, in their order."""
    return tuple(
        each
        for each in samples
        if consent_behind(each, around.consents, around.study(each.study_id)).standing is Standing.WITHDRAWN
    )
