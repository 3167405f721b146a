"""Parts in studies, samples and aliquots come back from a transfer row as they were, without an id of any registry."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.transfer_cells import BadCell, dumped
from poems_registry.catalogue.transfer_format import HEAD
from poems_registry.catalogue.transfer_person import PersonBeside, read_patient
from poems_registry.catalogue.transfer_research import PersonResearch, ResearchTold
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.proposals import Refused
from poems_registry.domain.records import Encounter, EncounterState, Patient, PatientFile
from poems_registry.domain.samples import (
    AfterWithdrawal,
    Aliquot,
    AliquotState,
    Purpose,
    Quality,
    ResultState,
    Sample,
    SampleKind,
)
from poems_registry.domain.studies import Enrolment, Study, TakingPart
from poems_registry.exports.transfer import transfer
from poems_registry.intake.research import check, study_here

TODAY = date(2026, 11, 22)
PATIENT = Patient(id=7, uid="p-7", family_name="O'Neill")
PANEL = Encounter(id=31, uid="e-31", state=EncounterState.RECORDED)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
DAYS = (
    st.none()
    | st.dates(date(1990, 1, 1), date(2026, 11, 1)).map(PartialDate.of)
    | st.builds(PartialDate, st.just(2020))
)
NERVE = Study(id=4, short_name="NERVE-2", full_name="Nerve, recovery", reference="IRAS 1", opened=PartialDate(2020))
SECOND = Study(id=9, short_name="=PLASMA", note="two\nlines")


def studies_of() -> st.SearchStrategy[int]:
    return st.sampled_from((NERVE.id, SECOND.id))


PARTS = st.builds(
    Enrolment, id=st.integers(1, 99), patient_id=st.just(7), study_id=studies_of(), number=WORDS, joined=DAYS,
    joined_by=WORDS, state=st.sampled_from(TakingPart), ended=DAYS, ended_by=WORDS, reason=WORDS, note=WORDS,
    version=st.integers(1, 9),
)  # fmt: skip
SAMPLES = st.builds(
    Sample, id=st.integers(1, 99), patient_id=st.just(7), number=WORDS, kind=st.sampled_from(SampleKind),
    kind_words=WORDS, purpose=st.sampled_from(Purpose), study_id=studies_of() | st.just(0), assay=WORDS,
    laboratory=WORDS, taken=DAYS, taken_at=WORDS, sent=DAYS, sent_at=WORDS, received=DAYS, received_at=WORDS,
    result=st.sampled_from([each for each in ResultState if each is not ResultState.RECORDED]), result_item=WORDS,
    quality=st.lists(st.sampled_from([each.value for each in Quality]), unique=True).map(tuple), quality_note=WORDS,
    after_withdrawal=st.sampled_from(AfterWithdrawal), decision_note=WORDS, note=WORDS, version=st.integers(1, 9),
)  # fmt: skip
ALIQUOTS = st.builds(
    Aliquot, id=st.integers(1, 99), patient_id=st.just(7), number=st.integers(1, 999),
    volume=st.none() | st.floats(0.001, 1000), place=WORDS, state=st.sampled_from(AliquotState), on=DAYS, why=WORDS,
    thaws=st.integers(0, 99), note=WORDS, version=st.integers(1, 9),
)  # fmt: skip


def told_of(research: PersonResearch, *encounters: Encounter) -> tuple[ResearchTold, dict[str, str]]:
    """What is read back, and the row it was read from."""
    table = transfer((PatientFile(PATIENT, encounters),), CATALOGUE, lambda _: (), lambda _: PersonBeside((), research))
    row = dict(zip(HEAD, map(str, next(iter(table.rows))), strict=True))
    return read_patient(row).research, row


@given(st.lists(PARTS, max_size=3), st.lists(st.tuples(SAMPLES, st.lists(ALIQUOTS, max_size=3)), max_size=3))
def test_every_field_of_every_record_comes_back_and_no_id_does(
    parts: list[Enrolment], taken: list[tuple[Sample, list[Aliquot]]]
) -> None:
    samples = [replace(sample, id=number) for number, (sample, _) in enumerate(taken, start=1)]
    tubes = [replace(tube, sample_id=n) for n, (_, own) in enumerate(taken, start=1) for tube in own]
    told, _ = told_of(PersonResearch((NERVE, SECOND), tuple(parts), tuple(samples), tuple(tubes)))
    names = {NERVE.id: NERVE.short_name, SECOND.id: SECOND.short_name, 0: ""}
    assert told.studies == tuple(replace(each, id=0) for each in (NERVE, SECOND))
    assert [(each.part, each.study) for each in told.parts] == [
        (replace(part, id=0, patient_id=0, study_id=0, version=1), names[part.study_id]) for part in parts
    ]
    assert [(each.sample, each.study, each.encounter) for each in told.samples] == [
        (replace(each, id=0, patient_id=0, study_id=0, version=1), names[each.study_id], "") for each in samples
    ]
    back = [tube for each in told.samples for tube in each.aliquots]
    assert back == [replace(tube, id=0, patient_id=0, sample_id=0, version=1) for tube in tubes]


def test_a_new_field_of_a_record_is_told_too() -> None:
    """The strategies above name every field: one that is added later has to be added there."""
    for kind, strategy in ((Enrolment, PARTS), (Sample, SAMPLES), (Aliquot, ALIQUOTS)):
        names = {each.name for each in fields(kind)} - {"result_encounter_id", "sample_id"}
        assert all(f"{name}=" in repr(strategy) for name in names), kind


def test_a_result_is_named_by_the_uid_of_its_encounter_and_awaited_where_that_does_not_travel() -> None:
    sample = Sample(id=1, number="S1", result=ResultState.RECORDED, result_encounter_id=31, result_item="il6")
    told, _ = told_of(PersonResearch(samples=(sample,)), PANEL)
    assert (told.samples[0].encounter, told.samples[0].sample.result) == ("e-31", ResultState.RECORDED)
    draft = replace(PANEL, state=EncounterState.DRAFT)
    told, _ = told_of(PersonResearch(samples=(sample,)), draft)
    (left,) = told.samples
    assert (left.encounter, left.sample.result, left.sample.result_item) == ("", ResultState.AWAITED, "")


def test_older_files_hold_none_of_it_and_are_read() -> None:
    told, row = told_of(PersonResearch())
    assert told.empty
    assert not {"studies", "parts", "samples"} & set(json.loads(row["patient_details"]))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: said["samples"][0].update(id=5),
        lambda said: said["samples"][0].update(patient_id=1),
        lambda said: said["samples"][0]["aliquots"][0].update(sample_id=1),
        lambda said: said["samples"][0].update(study="Another study"),
        lambda said: said["samples"][0].update(study=7),
        lambda said: said["samples"][0].update(kind="blood of a dragon"),
        lambda said: said["samples"][0].update(result="recorded"),
        lambda said: said["samples"][0].update(taken="31.02.2026"),
        lambda said: said["samples"][0].update(aliquots={}),
        lambda said: said["samples"][0]["aliquots"][0].update(volume="much"),
        lambda said: said["parts"][0].update(study=""),
        lambda said: said["studies"].append(dict(said["studies"][0])),
        lambda said: said["studies"][0].update(short_name=""),
        lambda said: said.update(samples="none"),
        lambda said: said.update(parts=[[]]),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_column(
    spoil: Callable[[dict[str, list[dict[str, object]]]], None],
) -> None:
    part, sample = Enrolment(study_id=4, joined=PartialDate(2024)), Sample(id=1, number="S1", study_id=4)
    _, row = told_of(PersonResearch((NERVE,), (part,), (sample,), (Aliquot(sample_id=1, number=1),)))
    said = json.loads(row["patient_details"])
    spoil(said)
    with pytest.raises(BadCell, match=r"^patient_details "):
        read_patient(row | {"patient_details": dumped(said)})


def judged(research: PersonResearch, numbers: set[str] | None = None, here: tuple[Study, ...] = ()) -> None:
    told, _ = told_of(research, PANEL)
    check(told, here, set() if numbers is None else numbers, CATALOGUE, TODAY)


JOINED = Enrolment(study_id=4, joined=PartialDate(2024))
TUBE = Sample(id=1, number="S1", taken=PartialDate(2024))


@pytest.mark.parametrize(
    "research",
    [
        PersonResearch((NERVE,), (JOINED, JOINED)),
        PersonResearch((NERVE,), (replace(JOINED, joined=None),)),
        PersonResearch((NERVE,), (replace(JOINED, ended=PartialDate(2025)),)),
        PersonResearch((NERVE,), (replace(JOINED, state=TakingPart.COMPLETED),)),
        PersonResearch((NERVE,), (replace(JOINED, joined=PartialDate(2031)),)),
        PersonResearch(samples=(TUBE, replace(TUBE, id=2))),
        PersonResearch(samples=(replace(TUBE, number=""),)),
        PersonResearch(samples=(replace(TUBE, number="a tube"),)),
        PersonResearch(samples=(replace(TUBE, result_item="no_such_item"),)),
        PersonResearch(samples=(replace(TUBE, sent=PartialDate(2030)),)),
        PersonResearch(samples=(TUBE,), aliquots=(Aliquot(sample_id=1, number=1), Aliquot(sample_id=1, number=1))),
        PersonResearch(samples=(TUBE,), aliquots=(Aliquot(sample_id=1, number=0),)),
        PersonResearch(samples=(TUBE,), aliquots=(Aliquot(sample_id=1, number=1, thaws=-1),)),
        PersonResearch(samples=(TUBE,), aliquots=(Aliquot(sample_id=1, number=1, volume=-0.5),)),
        PersonResearch(samples=(TUBE,), aliquots=(Aliquot(sample_id=1, number=1, on=PartialDate(2031)),)),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(research: PersonResearch) -> None:
    judged(PersonResearch((NERVE,), (JOINED,), (TUBE,), (Aliquot(sample_id=1, number=1),)))
    with pytest.raises(Refused):
        judged(research)


def test_a_number_that_another_tube_bears_is_refused_here_and_further_down_in_the_file() -> None:
    numbers = {"S9"}
    judged(PersonResearch(samples=(TUBE,)), numbers)
    assert numbers == {"S1", "S9"}
    with pytest.raises(Refused, match="another sample bears"):
        judged(PersonResearch(samples=(TUBE,)), numbers)


def test_a_study_is_the_one_here_that_bears_any_of_its_names_and_never_two() -> None:
    here = (Study(id=1, short_name="nerve recovery", reference="iras 1"), Study(id=2, short_name="Other"))
    assert study_here(replace(NERVE, id=0), here) == here[0]
    assert study_here(SECOND, here) is None
    with pytest.raises(Refused, match="different studies"):
        study_here(replace(NERVE, full_name="OTHER"), here)
