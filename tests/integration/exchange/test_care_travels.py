"""What goes on around the visits is in the identifiable transfer: out as it was, and in again it changes nothing."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.services.access import SignedIn
from poems_registry.services.care import CareService
from poems_registry.services.exports import ExportService
from poems_registry.services.imports import ImportKind, ImportRefused, ImportService
from poems_registry.services.training.demo import fill
from poems_registry.storage import care, files
from tests.integration.exchange.conftest import Opened

PURPOSE = "moving to another registry"
DAY = date(2026, 3, 4)
KINDS = (Referral, OnwardReferral, MdtEntry, AdviceCall, StatusChange)


def around(me: SignedIn) -> dict[str, tuple[Entry, ...]]:
    """Every entry by the uid of its patient, without the ids of this registry."""
    with me.store.reading() as session:
        uids = {file.patient.id: file.patient.uid for file in files.load_files(session, items=())}
        found = care.by_patient(session)
    return {
        uid: tuple(replace(each, id=0, patient_id=0, version=1) for each in found[patient_id])
        for patient_id, uid in uids.items()
        if patient_id in found
    }


@pytest.fixture
def clinic(opened: Opened) -> SignedIn:
    """A training clinic of a few made-up patients."""
    signed_in = opened("clinic")
    fill(signed_in, 6, 1, date(2026, 11, 20))
    return signed_in


@pytest.fixture
def told(clinic: SignedIn) -> SignedIn:
    """One more of each kind, a mistake among them, and a call that named nobody."""
    service = CareService(clinic)
    with clinic.store.reading() as session:
        owner = next(iter(files.load_files(session, items=()))).patient.id
    for entry in (
        Referral(patient_id=owner, on=DAY, referrer="Dr P Fenwick", question="Is it POEMS?\nHe falls."),
        OnwardReferral(patient_id=owner, on=DAY, service="orthotics", reason="Foot drop", made_by="Dr A Rahman"),
        MdtEntry(patient_id=owner, on=DAY, question="Transplant?", presenter="Dr A Rahman"),
        AdviceCall(
            patient_id=owner, on=DAY, time="14:05", asked_by="Registrar", question="Q", advice="A", given_by="X"
        ),
        AdviceCall(on=DAY, asked_by="Registrar", question="Q", advice="A", given_by="X"),
    ):
        service.keep(entry)
    status = service.of(owner).patient.status.value
    other = "transferred" if status != "transferred" else "suspected"
    service.change_status(StatusChange(patient_id=owner, on=DAY, before=status, status=other, reason="Moved away"))
    mistaken = service.of(owner).referrals[-1]
    service.mark_in_error(mistaken, "=Wrong person")
    return clinic


def test_every_entry_comes_to_an_empty_registry_with_who_recorded_it_and_when_mistakes_too(
    told: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    ExportService(told).transfer(first, PURPOSE)
    before = around(told)
    assert {type(each) for entries in before.values() for each in entries} == set(KINDS)
    other = opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [first])
    assert around(other) == before
    errors = [each.error_reason for entries in around(other).values() for each in entries if each.error_reason]
    assert "=Wrong person" in errors
    ExportService(other).transfer(second, PURPOSE)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_in_again_it_changes_nothing(told: SignedIn, tmp_path: Path, name: str) -> None:
    before = around(told)
    ExportService(told).transfer(tmp_path / name, PURPOSE)
    report, changed = ImportService(told).carry_out(ImportKind.FINDINGS, [tmp_path / name])
    assert report.counts.unchanged == report.counts.read
    assert not changed.patients
    assert around(told) == before


def test_the_manifest_counts_what_is_in_the_file_and_says_what_is_not(told: SignedIn, tmp_path: Path) -> None:
    made = ExportService(told).transfer(tmp_path / "all.csv", PURPOSE)
    entries = [each for every in around(told).values() for each in every]
    inside, research, outside = made.notices
    names = ("referrals", "onward referrals", "MDT entries", "calls for advice", "changes of status")
    for kind, words in zip(KINDS, names, strict=True):
        assert f"{sum(type(each) is kind for each in entries)} {words}" in inside
    with told.store.reading() as session:
        unnamed = len(care.by_patient(session)[0])
    assert f"{unnamed} calls for advice that named nobody" in outside
    assert "letters and drafts" in outside
    assert "samples" in research
    (manifest,) = tmp_path.glob("*manifest*.json")
    assert json.loads(manifest.read_text("utf-8"))["notices"] == list(made.notices)


@pytest.mark.parametrize(
    ("was", "now"), [('""on"":""2026-03-04""', '""on"":null'), ('""state"":""made""', '""state"":""lost""')]
)
def test_an_entry_without_its_day_or_with_an_unknown_word_is_refused_before_anything_is_written(
    told: SignedIn, opened: Opened, tmp_path: Path, was: str, now: str
) -> None:
    path = tmp_path / "all.csv"
    ExportService(told).transfer(path, PURPOSE)
    text = path.read_text("utf-8-sig")
    assert was in text
    path.write_text(text.replace(was, now), "utf-8")
    other = opened("other")
    with pytest.raises(ImportRefused) as refusal:
        ImportService(other).carry_out(ImportKind.FINDINGS, [path])
    reasons = {row.reason for row in refusal.value.report.refused}
    assert any("without its day or with an unknown word" in reason for reason in reasons), reasons
    assert around(other) == {}
