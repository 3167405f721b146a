"""The clinic's list of studies, and every sample of the clinic: under way, in the freezer, found by number or place."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, NotAllowedNow
from poems_registry.domain.names import fold
from poems_registry.domain.records import Patient
from poems_registry.domain.sample_consent import ConsentBehind, Standing, consent_behind
from poems_registry.domain.samples import AfterWithdrawal, Aliquot, AliquotState, Sample, tidy_number
from poems_registry.domain.studies import Study, TakingPart, names_lost, names_taken_over, study_problems
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.storage import consents, patients, research
from poems_registry.storage.unit_of_work import Session

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A study, and how many take part, have withdrawn and have completed."""

    study: Study
    taking_part: int
    withdrawn: int
    completed: int


@dataclass(frozen=True, slots=True)
class SampleCard:
    """One sample with whose it is, how consent stands behind it, and its aliquots."""

    sample: Sample
    patient: Patient
    study: Study | None
    behind: ConsentBehind
    aliquots: tuple[Aliquot, ...]

    @property
    def stored(self) -> tuple[Aliquot, ...]:
        """Aliquots that are in the freezer."""
        return tuple(each for each in self.aliquots if each.state is AliquotState.STORED)

    @property
    def waits(self) -> bool:
        """Whether a person has to decide what is to become of it."""
        undecided = self.sample.after_withdrawal is AfterWithdrawal.UNDECIDED
        return self.behind.standing is Standing.WITHDRAWN and undecided


class StudyService(Service):
    """The list of studies. It names nobody and holds no finding: who sees and keeps demographics sees and keeps it."""

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def all(self) -> tuple[StudyCard, ...]:
        """Every study with its counts, the open ones first, then by name."""
        with self.signed_in.store.reading() as session:
            studies, counts = research.studies(session), research.parts_by_study(session)
        today = self.signed_in.today
        cards = (_card(each, counts.get(each.id, {})) for each in studies)
        return tuple(sorted(cards, key=lambda card: (not card.study.is_open(today), fold(card.study.short_name))))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def keep(self, study: Study, *, confirmed: Collection[str] = ()) -> tuple[Study, Changed]:
        """Add a study (id 0) or correct one; InvalidInput by field, StaleRecord if somebody was faster.

        A name that recorded answers use is not dropped, since no consent would stand behind those parts and samples any
        more. Doubtful, unless among `confirmed`, where answers under a new name of it would count for it from now on.
        """
        words = {name: getattr(study, name).strip() for name in ("short_name", "full_name", "reference", "note")}
        ready = replace(study, **words)
        reason = f"confirmed: {' '.join(sorted(confirmed))}" if confirmed else ""
        with self.signed_in.store.writing(self.signed_in.actor, reason) as session:
            listed, answers = research.studies(session), consents.by_study_name(session)
            before = next((each for each in listed if each.id == ready.id), None)
            problems = study_problems(ready, listed, self.signed_in.today)
            if before is not None and before.version == ready.version:
                problems = names_lost(before, ready, answers) | problems
            if problems:
                raise InvalidInput(problems)
            asked = tuple(each for each in names_taken_over(before, ready, answers) if each not in confirmed)
            if asked:
                raise Doubtful(asked)
            kept = research.save(session, ready) if ready.id else research.add(session, ready)
        return kept, Changed(everything=True)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def withdraw(self, study: Study, reason: str) -> Changed:
        """Take a study off the list that was entered in error; not one that anybody's record names."""
        if not reason.strip():
            raise InvalidInput({"error_reason": "say why, in a few words"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            if research.hangs_on(session, study.id):
                raise NotAllowedNow(
                    "Records name this study: it stays on the list. Nothing was changed. Close it with a date instead."
                )
            research.retract(session, study)
        return Changed(everything=True)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def current(self, study: Study) -> Study:
        """The study as it is now, after somebody else changed it."""
        with self.signed_in.store.reading() as session:
            found = [each for each in research.studies(session) if each.id == study.id]
        if not found:
            raise NotAllowedNow("Somebody took this study off the list meanwhile. Nothing was saved.")
        return found[0]


class SampleShelfService(Service):
    """Samples of the whole clinic."""

    @needs(Permission.VIEW_CLINICAL)
    def all(self) -> tuple[SampleCard, ...]:
        """Every sample of a person in the registry, the one taken last first."""
        with self.signed_in.store.reading() as session:
            cards = _cards(session)
        return tuple(sorted(cards, key=_newest, reverse=True))


def bears(card: SampleCard, text: str) -> bool:
    """Whether what was typed is in the sample's number or in the freezer place of an aliquot, however it is written."""
    number, place = tidy_number(text), fold(text)
    if not number:
        return True
    own = [f"{card.sample.number}/{each.number}" for each in card.aliquots] or [card.sample.number]
    return any(number in each for each in own) or bool(
        place and any(place in fold(each.place) for each in card.aliquots)
    )


def _card(study: Study, counts: dict[TakingPart, int]) -> StudyCard:
    in_order = (TakingPart.TAKING_PART, TakingPart.WITHDRAWN, TakingPart.COMPLETED)
    return StudyCard(study, *(counts.get(each, 0) for each in in_order))


def _cards(session: Session) -> list[SampleCard]:
    studies = {each.id: each for each in research.studies(session)}
    samples, aliquots = research.all_samples(session), research.all_aliquots(session)
    cards = []
    ids = sorted(samples)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        agreed = consents.of_patients(session, some)
        for patient in patients.load_many(session, some):
            for sample in samples[patient.id]:
                study = studies.get(sample.study_id)
                behind = consent_behind(sample, agreed.get(patient.id, ()), study)
                cards.append(SampleCard(sample, patient, study, behind, aliquots.get(sample.id, ())))
    return cards


def _newest(card: SampleCard) -> tuple[str, int]:
    day = card.sample.taken or card.sample.sent or card.sample.received
    return (day.iso() if day is not None else "", card.sample.id)
