"""Studies, samples and aliquots are in the identifiable transfer: out as they were, in once and no second time."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient
from poems_registry.domain.samples import Aliquot, ResultState, Sample
from poems_registry.domain.studies import Study
from poems_registry.services.access import SignedIn
from poems_registry.services.exports import ExportService
from poems_registry.services.imports import ImportKind, ImportRefused, ImportService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import fill
from poems_registry.services.visits import slot_of
from poems_registry.storage import audit, encounters, files, research
from tests.integration.exchange.conftest import Opened

PURPOSE = "moving to another registry"
VALUE = next(item.code for item in CATALOGUE.items.values() if item.research and item.kind.slot == "number")


def held(me: SignedIn) -> dict[str, Any]:
    """Everything of research by the uid of its patient, without an id of this registry."""
    with me.store.reading() as session:
        people = {file.patient.id: file for file in files.load_files(session)}
        names = {each.id: each.short_name for each in research.studies(session)} | {0: ""}
        parts, samples = research.all_enrolments(session), research.all_samples(session)
        tubes = research.all_aliquots(session)
        listed = {each.short_name: replace(each, id=0, version=1) for each in research.studies(session)}
    found: dict[str, Any] = {"studies": listed}
    for owner, file in people.items():
        uids = {each.id: each.uid for each in file.encounters} | {0: ""}
        found[file.patient.uid] = (
            [(replace(e, id=0, patient_id=0, study_id=0, version=1), names[e.study_id]) for e in parts.get(owner, ())],
            [
                (
                    replace(each, id=0, patient_id=0, study_id=0, result_encounter_id=0, version=1),
                    names[each.study_id],
                    uids[each.result_encounter_id],
                    [replace(t, id=0, patient_id=0, sample_id=0, version=1) for t in tubes.get(each.id, ())],
                )
                for each in samples.get(owner, ())
            ],
        )
    return found


@pytest.fixture
def clinic(opened: Opened) -> SignedIn:
    """A training clinic of a few made-up patients, one of them with a moved and a used aliquot."""
    me = opened("clinic")
    fill(me, 5, 1, date(2026, 11, 20))
    with me.store.writing(me.actor) as session:
        owner = next(iter(files.load_files(session, items=()))).patient.id
        study = next(each for each in research.studies(session))
        panel = Encounter(
            patient_id=owner, kind=EncounterKind.RESEARCH, on=date(2026, 3, 4), state=EncounterState.RECORDED,
            findings=(Finding(VALUE, 4.5, assay="ELISA", specimen="serum"),),
        )  # fmt: skip
        taken = Sample(
            patient_id=owner, number="X00077", study_id=study.id, taken=PartialDate(2026, 3, 4), note="=1+1",
            result=ResultState.RECORDED, result_encounter_id=encounters.add(session, slot_of, panel).id,
        )  # fmt: skip
        sample = research.add(session, taken)
        research.add(session, Aliquot(patient_id=owner, sample_id=sample.id, number=1, place="F1/R2/B3/C4", volume=0.5))
    return me


def export(me: SignedIn, path: Path) -> Path:
    ExportService(me).transfer(path, PURPOSE)
    return path


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_everything_of_research_comes_to_an_empty_registry_and_leaves_it_as_it_came(
    clinic: SignedIn, opened: Opened, tmp_path: Path, name: str
) -> None:
    before = held(clinic)
    assert sum(len(each[1]) for uid, each in before.items() if uid != "studies") > 1
    used = {name for uid, each in before.items() if uid != "studies" for kind in each for name in (e[1] for e in kind)}
    other = opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [export(clinic, tmp_path / name)])
    after = held(other)
    assert after.pop("studies") == {k: each for k, each in before.pop("studies").items() if k in used}
    assert after == before
    first, second = export(clinic, tmp_path / "first.csv"), export(other, tmp_path / "second.csv")
    assert first.read_bytes() == second.read_bytes()


def test_a_second_import_adds_nothing(clinic: SignedIn, opened: Opened, tmp_path: Path) -> None:
    path, other = export(clinic, tmp_path / "all.csv"), opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [path])
    before = held(other)
    for me in (other, clinic):
        report, changed = ImportService(me).carry_out(ImportKind.FINDINGS, [path])
        assert report.counts.unchanged == report.counts.read
        assert (changed.patients, report.files[0].notices) == (frozenset(), ())
    assert held(other) == before


def test_a_study_that_is_here_under_one_of_its_names_is_not_listed_twice(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    other = opened("other")
    with clinic.store.reading() as session:
        known = research.studies(session)[0]
    with other.store.writing(other.actor) as session:
        research.add(session, Study(short_name=f"  {known.short_name.upper()} ", note="ours"))
    ImportService(other).carry_out(ImportKind.FINDINGS, [export(clinic, tmp_path / "all.csv")])
    with other.store.reading() as session:
        same = [each for each in research.studies(session) if each.has(known.short_name)]
    assert [each.note for each in same] == ["ours"]


def test_a_tube_number_that_is_taken_here_refuses_the_patient_whole_and_names_the_rows(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    path, other = export(clinic, tmp_path / "all.csv"), opened("other")
    owner = PatientService(other).add(Patient(family_name="Quillfeather"))[0].id
    with other.store.writing(other.actor) as session:
        research.add(session, Sample(patient_id=owner, number="X00077", taken=PartialDate(2025)))
    with pytest.raises(ImportRefused) as refusal:
        ImportService(other).carry_out(ImportKind.FINDINGS, [path])
    reasons = {row.reason for row in refusal.value.report.refused}
    assert reasons == {
        "holds a sample whose number another sample bears already",
        "belongs to a patient whose first row was refused",
    }
    report, _ = ImportService(other).carry_out(ImportKind.FINDINGS, [path], set_aside=tmp_path / "aside.csv")
    assert report.refused
    with other.store.reading() as session:
        people = {file.patient.uid for file in files.load_files(session, items=())}
    with clinic.store.reading() as session:
        refused = next(iter(files.load_files(session, items=()))).patient.uid
        assert len({file.patient.uid for file in files.load_files(session, items=())} - people) == 1
    assert refused not in people, "nobody comes without their details"


def test_what_a_patient_who_is_here_has_more_in_the_file_is_told_and_not_taken(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    path, other = tmp_path / "all.csv", opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [export(clinic, path)])
    with clinic.store.writing(clinic.actor) as session:
        owner = next(iter(files.load_files(session, items=()))).patient.id
        research.add(session, Sample(patient_id=owner, number="X00078", taken=PartialDate(2026)))
    before = held(other)
    report, _ = ImportService(other).carry_out(ImportKind.FINDINGS, [export(clinic, tmp_path / "later.csv")])
    (told,) = report.files[0].notices
    assert "0 parts in studies and 1 samples" in told
    assert held(other) == before


def test_the_values_of_a_sample_are_linked_to_it_again_and_stand_in_the_audit(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    other = opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [export(clinic, tmp_path / "all.csv")])
    with other.store.reading() as session:
        linked = [
            (owner, each)
            for owner, own in research.all_samples(session).items()
            for each in own
            if each.result is ResultState.RECORDED
        ]
        assert linked
        for owner, each in linked:
            counted = files.load_file(session, owner).counted
            assert EncounterKind.RESEARCH not in {one.kind for one in counted}, "letters and charts read these"
            assert each.result_encounter_id in {one.id for one in files.load_file(session, owner).encounters}
        kinds = {entry.object for entry in audit.entries(session, linked[0][0], limit=500)}
        assert audit.verify(session, other.store.audit_key) == []
    assert {"sample", "aliquot"} <= kinds
