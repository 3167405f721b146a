"""What people agree to, decline and take back: one answer after another, the newest of each kind in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from poems_registry.domain.dates import PartialDate


class Scope(StrEnum):
    """What is agreed to (clinical.md 7.1, elements 7.1 to 7.4; nhs.md 5.4). The value is stored."""

    REGISTRY = "registry"
    CONTACT = "contact"
    REUSE = "reuse"
    SAMPLE = "sample"
    BIOBANK = "biobank"
    PHOTOS = "photos"
    COMMERCIAL = "commercial"
    ABROAD = "abroad"
    STUDY = "study"


class Answer(StrEnum):
    """What the person said. No row at all means not recorded, which is none of these."""

    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


SCOPE_WORDS = {
    Scope.REGISTRY: "Being in this registry",
    Scope.CONTACT: "Being contacted about research",
    Scope.REUSE: "Reuse of data for research",
    Scope.SAMPLE: "Biological samples",
    Scope.BIOBANK: "Link to a biobank",
    Scope.PHOTOS: "Photographs",
    Scope.COMMERCIAL: "Sharing with companies",
    Scope.ABROAD: "Sharing with other countries",
    Scope.STUDY: "Study",
}
ANSWER_WORDS = {Answer.GIVEN: "Given", Answer.DECLINED: "Declined", Answer.WITHDRAWN: "Withdrawn"}

RELEASING = (Scope.REGISTRY, Scope.REUSE)
"""Without these nothing about a person leaves the clinic for anything but their care."""

_REFUSALS = ("declin", "refus", "withdr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One answer. `on_behalf` names a consultee where the person did not answer alone, and in what capacity.

    `error_reason` says why the entry was a mistake; such an entry is kept and counts for nothing.
    """

    id: int = 0
    patient_id: int = 0
    scope: Scope = Scope.REGISTRY
    study: str = ""
    answer: Answer = Answer.GIVEN
    on: PartialDate
    form_version: str = ""
    taken_by: str = ""
    on_behalf: str = ""
    reference: str = ""
    note: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    error_reason: str = ""
    version: int = 1

    @property
    def about(self) -> tuple[Scope, str]:
        """What it is an answer to: a study by its name, however it is written."""
        return self.scope, " ".join(self.study.casefold().split())

    @property
    def _from(self) -> date:
        """A *no* known only by its month or year is taken as late as it can be, a *yes* as early: no is never lost."""
        return self.on.earliest() if self.answer is Answer.GIVEN else self.on.latest()

    @property
    def words(self) -> str:
        """`Being in this registry`, or `Study: PERIPHERAL 2`."""
        return f"{SCOPE_WORDS[self.scope]}: {self.study}" if self.study else SCOPE_WORDS[self.scope]


def in_force(consents: Iterable[Consent]) -> dict[tuple[Scope, str], Consent]:
    """The newest answer to each question, in the order of the scopes, studies by name."""
    newest: dict[tuple[Scope, str], Consent] = {}
    for each in sorted(consents, key=lambda c: (c._from, c.id)):
        if not each.error_reason:
            newest[each.about] = each
    order = list(Scope)
    return dict(sorted(newest.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])))


def shown_on(consents: Iterable[Consent], about: tuple[Scope, str], day: PartialDate) -> bool:
    """Whether consent was surely in force on a day, whatever a partly known date may turn out to be.

    A *yes* counts from the last day it can have been given, a *no* from the first day on which it can have been said,
    unless it was surely said before that *yes*.
    """
    answers = [each for each in consents if each.about == about and not each.error_reason]
    noes = [each for each in answers if each.answer is not Answer.GIVEN and each.on.earliest() <= day.latest()]
    given = [each for each in answers if each.answer is Answer.GIVEN and each.on.latest() <= day.earliest()]
    return any(all(_surely_before(no, yes) for no in noes) for yes in given)


def _surely_before(one: Consent, other: Consent) -> bool:
    """By its day; two answers of one whole day in the order in which they were recorded."""
    if one.on.latest() == other.on.earliest():
        return one.on.earliest() == other.on.latest() and one.id < other.id
    return one.on.latest() < other.on.earliest()


def answer_to(consents: Iterable[Consent], scope: Scope) -> Consent | None:
    """The answer in force to one question that is not a study's."""
    return in_force(consents).get((scope, ""))


def stays_inside(consents: Iterable[Consent], noted_before: str = "") -> bool:
    """Whether nothing about this person may leave for research: they declined, or took their consent back.

    Who was never asked stays in: counts and pseudonyms need no consent, but a *no* ends their use (nhs.md 5.4).
    `noted_before` is the free text of old records, about research: a refusal there counts until the person is asked
    about the reuse of their data. A merge puts the texts of two records together, so each part of it counts.
    """
    newest = in_force(consents)
    answers = {scope: newest[scope, ""].answer for scope in RELEASING if (scope, "") in newest}
    if any(answer is not Answer.GIVEN for answer in answers.values()):
        return True
    return Scope.REUSE not in answers and any(refuses(part) for part in noted_before.split(";"))


def refuses(words: str) -> bool:
    """Whether an answer that was noted in free words is a refusal."""
    return words.strip().casefold().startswith(_REFUSALS)


def by_question(consents: Iterable[Consent]) -> dict[tuple[Scope, str], tuple[Consent, ...]]:
    """Every answer to each question, newest first, mistaken ones too; questions in the order of the scopes."""
    order = list(Scope)
    found: dict[tuple[Scope, str], list[Consent]] = {}
    for each in sorted(consents, key=lambda c: (c._from, c.id), reverse=True):
        found.setdefault(each.about, []).append(each)
    ordered = sorted(found.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1]))
    return {about: tuple(answers) for about, answers in ordered}
