"""Studies and samples of the clinic in the words of their lists."""

from datetime import date

from poems_registry.domain.dates import show_age, show_date
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import show as show_number
from poems_registry.domain.records import Patient
from poems_registry.domain.sample_consent import Standing
from poems_registry.domain.samples import PURPOSE_WORDS
from poems_registry.domain.studies import Study
from poems_registry.services.studies import SampleCard, StudyCard
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.research.shown import SampleRow, Stage, StudyRow

MOST_PLACES = 2
"""Freezer places a row tells; the record has them all."""


def study_row(card: StudyCard, today: date) -> StudyRow:
    """One study with its counts."""
    ended = [
        tr_count("{count} completed", "{count} completed", card.completed) if card.completed else "",
        tr_count("{count} withdrew", "{count} withdrew", card.withdrawn) if card.withdrawn else "",
    ]
    study = card.study
    return StudyRow(
        id=study.id,
        name=study.short_name,
        full_name=study.full_name,
        reference=study.reference,
        state=_state(study, today),
        open=study.is_open(today),
        taking_part=card.taking_part,
        ended=", ".join(each for each in ended if each),
    )


def _state(study: Study, today: date) -> str:
    if study.closed is not None:
        return tr("Closed {day}", day=show_date(study.closed))
    if study.opened is None:
        return tr("Not opened yet")
    words = tr("Open since {day}") if study.is_open(today) else tr("Opens {day}")
    return words.format(day=show_date(study.opened))


def sample_row(card: SampleCard, today: date) -> SampleRow:
    """One sample with whose it is and where it is."""
    sample, patient = card.sample, card.patient
    study = card.study.short_name if card.study is not None else ""
    return SampleRow(
        id=sample.id,
        patient_id=patient.id,
        number=sample.number,
        of=", ".join(part for part in (tr(sample.words), tr(PURPOSE_WORDS[sample.purpose]), study) if part),
        name=formal(patient.family_name, patient.given_name, patient.title) or patient.study_number,
        identity=_identity(patient, today),
        when=_when(card),
        consent=tr(card.behind.words),
        bad=not card.behind.usable,
        places=_places(card),
        stages=frozenset(_stages(card)),
        deceased=patient.died is not None,
    )


def _identity(patient: Patient, today: date) -> str:
    born = tr("Birth date not known")
    if patient.born is not None:
        born = tr("Born {day}", day=show_date(patient.born))
        if patient.died is None:
            born += f" ({show_age(patient.born, today)})"
    return f"{born}   {show_number(patient.nhs_number)}" if patient.nhs_number else born


def _when(card: SampleCard) -> str:
    sample = card.sample
    told = ((sample.received, tr("Received {day}")), (sample.sent, tr("Sent {day}")), (sample.taken, tr("Taken {day}")))
    return next((words.format(day=show_date(day)) for day, words in told if day is not None), "")


def _places(card: SampleCard) -> str:
    places = list(dict.fromkeys(each.place or tr("place not recorded") for each in card.stored))
    if not places:
        return tr("No aliquot stored")
    more = [tr_count("{count} more place", "{count} more places", len(places) - MOST_PLACES)]
    told = "; ".join([*places[:MOST_PLACES], *(more if len(places) > MOST_PLACES else [])])
    return f"{tr_count('{count} aliquot', '{count} aliquots', len(card.stored))}: {told}"


def _stages(card: SampleCard) -> list[Stage]:
    true = {
        Stage.TO_RECEIVE: card.sample.under_way,
        Stage.STORED: bool(card.stored),
        Stage.NOT_SHOWN: card.behind.standing is Standing.NOT_SHOWN,
        Stage.TO_DECIDE: card.waits,
    }
    return [stage for stage, is_so in true.items() if is_so]
