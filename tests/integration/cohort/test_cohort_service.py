"""A cohort summary of an encrypted registry: the same numbers in every file, in the audit before the file exists."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from poems_registry.cohort.choosing import Reason
from poems_registry.cohort.people import member_of
from poems_registry.cohort.summary import summarise
from poems_registry.domain.access import Role
from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, NotSaved
from poems_registry.domain.thresholds import Thresholds
from poems_registry.exports.table import NotExported
from poems_registry.services.access import GUARDED, SignedIn
from poems_registry.services.cohort import CohortService, Conditions, words
from poems_registry.services.consents import ConsentService
from poems_registry.services.members import members_on
from poems_registry.services.registry import open_registry
from poems_registry.storage import audit, files
from poems_registry.storage.audit import AuditEntry
from tests.integration.cohort.conftest import NOW, PASSWORD, SIZE


def entries(signed_in: SignedIn) -> list[AuditEntry]:
    """The audit, newest first."""
    with signed_in.store.reading() as session:
        return list(audit.entries(session))


def long_table(path: Path) -> list[dict[str, str]]:
    """A written CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def words_of(path: Path) -> str:
    """All words of a PDF."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def cells(path: Path) -> Iterator[dict[str, Any]]:
    """The first sheet of a written workbook."""
    sheet = load_workbook(path).worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    head = [str(name) for name in next(lines)]
    return (dict(zip(head, line, strict=True)) for line in lines)


def test_the_summary_is_that_of_the_whole_records(signed_in: SignedIn) -> None:
    summary = CohortService(signed_in).summary()
    with signed_in.store.reading() as session:
        members = [member_of(file, Thresholds(), signed_in.today) for file in files.load_files(session)]
    assert summary == summarise(members, Conditions(), summary.basis)
    assert summary.everyone == SIZE
    assert summary.basis.training


def test_an_earlier_day_knows_less_and_a_later_one_is_refused(signed_in: SignedIn) -> None:
    service = CohortService(signed_in)
    early, now = service.summary(date(2016, 1, 1)), service.summary()
    assert 0 < (early.size or 0) < (now.size or 0)
    with pytest.raises(InvalidInput, match="1 entry") as refused:
        service.summary(date(2027, 1, 1))
    assert refused.value.problems == {"data_date": "lies in the future"}


def test_every_look_is_audited_with_counts(signed_in: SignedIn) -> None:
    summary = CohortService(signed_in).summary()
    entry = entries(signed_in)[0]
    assert (entry.action, entry.object) == ("view", "cohort")
    assert json.loads(entry.new)["patients"] == words.count(summary.size)


def test_whoever_may_not_is_refused_and_nothing_is_written(nurse: SignedIn, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        CohortService(nurse).summary()
    with pytest.raises(NotPermitted):
        CohortService(nurse).write(tmp_path / "cohort.pdf")
    assert list(tmp_path.iterdir()) == []
    assert {name.rpartition(".")[2] for name in GUARDED if ".CohortService." in name} == {"summary", "write", "prepare"}


def test_pdf_workbook_and_csv_hold_the_same_numbers(signed_in: SignedIn, tmp_path: Path) -> None:
    service = CohortService(signed_in)
    for suffix in (".pdf", ".xlsx", ".csv"):
        service.write(tmp_path / f"cohort{suffix}")
    printed, table = words_of(tmp_path / "cohort.pdf"), long_table(tmp_path / "cohort.csv")
    from_book = [
        {name: "" if cell is None else str(cell) for name, cell in line.items()}
        for line in cells(tmp_path / "cohort.xlsx")
    ]
    numbers = ("present", "assessed", "not_assessed", "percent", "low", "high", "median")
    assert len(from_book) == len(table)
    for ours, theirs in zip(table, from_book, strict=True):
        for name in numbers:
            same = ours[name] == theirs[name] or float(ours[name]) == float(theirs[name])
            assert same, (ours, theirs)
    counted = [line for line in table if line["section"] == "prevalence" and line["group"] == "ever"]
    assert len(counted) == 11
    for line in counted:
        assert f"{line['present']} / {line['assessed']}" in printed
        if line["percent"]:
            low, high = words.whole(float(line["low"])), words.whole(float(line["high"]))
            assert f"{words.whole(float(line['percent']))} ({low} to {high})" in printed
    assert next(line["text"] for line in table if line["row"] == "release") == words.NOT_FOR_RELEASE
    assert printed.count(words.NOT_FOR_RELEASE) == len(PdfReader(tmp_path / "cohort.pdf").pages)


def test_a_release_withholds_small_numbers_in_every_file(signed_in: SignedIn, tmp_path: Path) -> None:
    service = CohortService(signed_in)
    for suffix in (".pdf", ".csv"):
        service.write(tmp_path / f"out{suffix}", release=True)
    table = long_table(tmp_path / "out.csv")
    counts = [line[name] for line in table if line["section"] != "published" for name in ("present", "not_assessed")]
    assert "*" in counts
    assert [count for count in counts if count.isdigit() and (1 <= int(count) <= 7 or int(count) % 5)] == []
    assert words.NOT_FOR_RELEASE not in words_of(tmp_path / "out.pdf")
    manifest = json.loads((tmp_path / "out.manifest.json").read_text(encoding="utf-8"))
    assert manifest["patients"] % 5 == 0
    assert [count for count in manifest["left_out"].values() if 1 <= count <= 7] == []
    assert manifest["suppression"] == words.release_rules(7)


def test_the_manifest_and_the_audit_name_each_file_by_its_sum(signed_in: SignedIn, tmp_path: Path) -> None:
    made = CohortService(signed_in).write(tmp_path / "cohort.csv")
    assert [path.name for path in made.paths] == ["cohort.csv", "cohort.dictionary.csv", "cohort.manifest.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in made.paths)
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made.paths[:-1]}
    manifest = json.loads(made.paths[-1].read_text(encoding="utf-8"))
    assert {each["name"]: each["sha256"] for each in manifest["files"]} == sums
    assert manifest["made_by"] == "A clinician"
    assert manifest["settings"]["criteria rule set"] == "A-3"
    assert manifest["settings"]["Thrombocytosis from"] == "450 10⁹/L"
    assert manifest["settings"]["data up to"] == "2026-11-20"
    entry = entries(signed_in)[0]
    assert (entry.action, entry.object, entry.actor) == ("export", "cohort", "A clinician")
    said = json.loads(entry.new)
    assert all(any(name in line and digest in line for line in said["files"]) for name, digest in sums.items())
    assert said["release"] is False


def test_a_file_that_cannot_be_written_leaves_nothing_behind(signed_in: SignedIn, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "cohort.dictionary.csv").mkdir()
    service = CohortService(signed_in)
    with pytest.raises(NotSaved):
        service.write(tmp_path / "no such folder" / "cohort.csv")
    with pytest.raises(NotExported, match=r"ends in \.pdf, \.xlsx or \.csv"):
        service.write(tmp_path / "cohort.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_too_few_people_are_not_released(signed_in: SignedIn, tmp_path: Path) -> None:
    few = Conditions(diagnosed_from=date(2012, 1, 1), diagnosed_to=date(2012, 9, 30))
    service = CohortService(signed_in)
    assert 0 < (service.summary(conditions=few).size or 0) < 8
    with pytest.raises(NotAllowedNow, match="Nothing was written"):
        service.write(tmp_path / "few.csv", release=True, conditions=few)
    assert list(tmp_path.iterdir()) == []
    service.write(tmp_path / "few.csv", conditions=few)


def test_a_report_is_the_same_bytes_each_time(signed_in: SignedIn, tmp_path: Path) -> None:
    service = CohortService(signed_in)
    first = service.write(tmp_path / "one.pdf").manifest.files[0]
    second = service.write(tmp_path / "two.pdf").manifest.files[0]
    assert replace(first, name="") == replace(second, name="")


def test_a_release_leaves_out_who_took_consent_back_and_keeps_who_was_never_asked(place: Path, tmp_path: Path) -> None:
    for suffix in (".registry", ".keys"):
        shutil.copy(place.with_suffix(suffix), tmp_path / f"own{suffix}")
    me = open_registry(tmp_path / "own.registry", Role.CLINICIAN.value, PASSWORD, NOW)
    try:
        service, consents = CohortService(me), ConsentService(me)
        before = service.summary(release=True)
        inside = service.summary().size
        assert Reason.NO_CONSENT not in {left.reason for left in before.left_out}, "nobody was asked"
        cohort = [member.id for member in members_on(me, me.today)[1]][:20]
        for patient_id in cohort:
            given = Consent(patient_id=patient_id, scope=Scope.REUSE, on=PartialDate(2024), on_behalf="next of kin")
            consents.record(given)
        assert service.summary(release=True).size == before.size
        for patient_id in cohort:
            said = {"scope": Scope.REUSE, "answer": Answer.WITHDRAWN, "on_behalf": "next of kin"}
            consents.record(Consent(patient_id=patient_id, on=PartialDate(2025), **said))  # type: ignore[arg-type]
        after = service.summary(release=True)
        assert (after.size or 0) < (before.size or 0)
        assert {left.reason: left.count for left in after.left_out}[Reason.NO_CONSENT] == 20
        assert service.summary().size == inside, "inside the clinic they are counted still"
    finally:
        me.close()
