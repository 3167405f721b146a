"""What leaves the registry is whole, audited before it exists, and reads back as it was."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.access import Permission
from poems_registry.domain.consents import Answer, Consent, Scope, stays_inside
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import InvalidInput, NotPermitted, NotSaved
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.domain.treatments import LineDrug, RadiotherapyCourse, Transplant
from poems_registry.exports.table import NotExported
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.exports import ExportService, write_dictionary
from poems_registry.services.imports import ImportKind, ImportRefused, ImportService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import fill
from poems_registry.services.visits import VisitService
from poems_registry.storage import audit, encounter_versions, files
from tests.integration.exchange.conftest import PASSWORD

Opened = Callable[[str], SignedIn]
PURPOSE = "moving to the new server"


@pytest.fixture
def clinic(opened: Opened) -> SignedIn:
    """A training clinic of a few made-up patients with years of visits."""
    signed_in = opened("clinic")
    fill(signed_in, 6, 1, date(2026, 11, 20))
    return signed_in


def everyone(signed_in: SignedIn) -> list[PatientFile]:
    """All records."""
    with signed_in.store.reading() as session:
        return list(files.load_files(session))


def said(file: PatientFile) -> PatientFile:
    """A record without the ids and versions that each registry gives itself; drafts and letters do not travel."""
    uid = {e.id: e.uid for e in file.encounters}
    encounters = tuple(
        replace(
            e,
            id=0,
            patient_id=0,
            author_id=0,
            version=1,
            findings=tuple((uid.get(f.confirmed_from or 0), replace(f, confirmed_from=None)) for f in e.findings),  # type: ignore[misc]
        )
        for e in file.encounters
        if e.state is not EncounterState.DRAFT
    )
    lines = tuple(
        replace(
            line, id=0, patient_id=0, version=1, drugs=bare(line.drugs), radiotherapy=bare(line.radiotherapy),
            transplants=bare(line.transplants),
        )
        for line in file.lines
    )  # fmt: skip
    events = tuple(replace(event, id=0, patient_id=0, version=1) for event in file.events)
    care = tuple(replace(each, id=0, patient_id=0, version=1) for each in file.supportive)
    return PatientFile(replace(file.patient, id=0, version=1), encounters, lines, events, supportive=care)


Part = TypeVar("Part", LineDrug, RadiotherapyCourse, Transplant)


def bare(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Parts of a line as they travel."""
    return tuple(replace(part, id=0, patient_id=0, line_id=0, version=1) for part in parts)


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_out_and_in_again_changes_nothing(clinic: SignedIn, tmp_path: Path, name: str) -> None:
    before = everyone(clinic)
    made = ExportService(clinic).transfer(tmp_path / name, PURPOSE)
    report, changed = ImportService(clinic).carry_out(ImportKind.FINDINGS, [tmp_path / name])
    assert report.counts.unchanged == report.counts.read == made.files[0].rows > 100
    assert not changed.patients
    assert everyone(clinic) == before


def test_an_empty_registry_takes_it_all_and_gives_the_same_file(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    ExportService(clinic).transfer(first, PURPOSE)
    other = opened("other")
    report, _ = ImportService(other).carry_out(ImportKind.FINDINGS, [first])
    assert report.counts.new == report.counts.read
    ExportService(other).transfer(second, PURPOSE)
    assert first.read_bytes() == second.read_bytes()
    assert [said(file) for file in everyone(other)] == [said(file) for file in everyone(clinic)]


def test_that_a_visit_was_amended_or_entered_in_error_and_why_travels_with_it(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    visits = VisitService(clinic)
    signed = [e for f in everyone(clinic) for e in f.encounters if e.kind is EncounterKind.CLINIC and e.signature]
    amended, wrong = signed[0], signed[-1]
    visits.begin_amendment(amended.id, amended.patient_id, "weighed with boots")
    draft = visits.open(amended.id).draft.with_field("weight", FieldDraft(text="61.5"))
    visits.sign(amended.id, amended.patient_id, amended.version, draft, PASSWORD)
    visits.mark_in_error(wrong.id, wrong.patient_id, wrong.version, "wrong patient")
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)
    other = opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [tmp_path / "all.csv"])
    assert [said(f).encounters for f in everyone(other)] == [said(f).encounters for f in everyone(clinic)]
    came = {e.uid: e for file in everyone(other) for e in file.encounters}
    assert (came[amended.uid].version_number, came[amended.uid].amend_reason) == (2, "weighed with boots")
    assert (came[wrong.uid].error_reason, came[wrong.uid].error_by) == ("wrong patient", clinic.person.name)


def amend(clinic: SignedIn, encounter_id: int, weight: str, reason: str) -> Encounter:
    """The visit amended and signed again."""
    visits = VisitService(clinic)
    before = visits.open(encounter_id).encounter
    visits.begin_amendment(before.id, before.patient_id, reason)
    draft = visits.open(before.id).draft.with_field("weight", FieldDraft(text=weight, doubt_confirmed=True))
    visits.sign(before.id, before.patient_id, before.version, draft, PASSWORD)
    return visits.open(encounter_id).encounter


def amended_twice(clinic: SignedIn) -> Encounter:
    """A visit with two earlier versions, the last of those of a patient: what it confirmed stands before it."""
    file = max(everyone(clinic), key=lambda each: len(each.encounters))
    visit = [e for e in file.encounters if e.kind is EncounterKind.CLINIC and e.signature][-1]
    amend(clinic, visit.id, "61.5", "weighed with boots")
    return amend(clinic, visit.id, "62.5", "the scales were wrong")


def versions(signed_in: SignedIn, uid: str) -> list[Encounter]:
    """Every earlier version without the ids that each registry gives itself."""
    every = [e for file in everyone(signed_in) for e in file.encounters]
    uids = {e.id: e.uid for e in every}
    visit = next(e for e in every if e.uid == uid)
    with signed_in.store.reading() as session:
        found = encounter_versions.earlier_of(session, visit)
        assert encounter_versions.altered(session) == []
    return [
        replace(
            each, id=0, patient_id=0, author_id=0, version=1,
            findings=tuple((uids.get(f.confirmed_from or 0), replace(f, confirmed_from=None)) for f in each.findings),  # type: ignore[misc]
        )
        for each in found
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_what_an_amended_visit_said_before_travels_with_it_and_comes_out_again(
    clinic: SignedIn, opened: Opened, tmp_path: Path, name: str
) -> None:
    visit = amended_twice(clinic)
    first, second = tmp_path / name, tmp_path / "again.csv"
    ExportService(clinic).transfer(first, PURPOSE)
    other = opened("other")
    report, _ = ImportService(other).carry_out(ImportKind.FINDINGS, [first])
    assert report.counts.new == report.counts.read
    told = versions(other, visit.uid)
    assert told == versions(clinic, visit.uid)
    assert [each.version_number for each in told] == [1, 2]
    assert [each.amend_reason for each in told] == ["", "weighed with boots"]
    ExportService(other).transfer(second, PURPOSE)
    if first.suffix == ".csv":
        assert first.read_bytes() == second.read_bytes()


def test_earlier_versions_read_back_change_nothing_here_nor_where_they_came_in(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    amended_twice(clinic)
    path, before = tmp_path / "all.csv", everyone(clinic)
    made = ExportService(clinic).transfer(path, PURPOSE)
    other = opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [path])
    for registry in (clinic, other):
        report, changed = ImportService(registry).carry_out(ImportKind.FINDINGS, [path])
        assert report.counts.unchanged == report.counts.read == made.files[0].rows
        assert not changed.patients
    assert everyone(clinic) == before


def test_a_version_that_was_signed_is_never_told_otherwise_by_a_file(clinic: SignedIn, tmp_path: Path) -> None:
    amended_twice(clinic)
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)

    def heavier(row: dict[str, str]) -> None:
        if row["item"] == "weight" and row["encounter_version"] == "2":
            row["number"] = "111.0"

    with pytest.raises(ImportRefused) as refusal:
        ImportService(clinic).carry_out(ImportKind.FINDINGS, [edited(tmp_path / "all.csv", heavier)])
    assert ["signed" in refused.reason for refused in refusal.value.report.refused] == [True]


@pytest.mark.parametrize("number", ["3", "9", "0", "x"])
def test_a_version_whose_number_does_not_fit_is_refused(
    clinic: SignedIn, opened: Opened, tmp_path: Path, number: str
) -> None:
    amended_twice(clinic)
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)

    def otherwise(row: dict[str, str]) -> None:
        if row["encounter_version"] == "2":
            row["encounter_version"] = number

    report = ImportService(opened("other")).plan(ImportKind.FINDINGS, [edited(tmp_path / "all.csv", otherwise)])
    assert report.refused
    assert all("version" in refused.reason for refused in report.refused)


def test_a_file_of_an_older_program_without_versions_is_read_as_before(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "all.csv"
    ExportService(clinic).transfer(path, PURPOSE)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            {name: cell for name, cell in row.items() if name != "encounter_version"} for row in csv.DictReader(file)
        ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    report, _ = ImportService(opened("other")).carry_out(ImportKind.FINDINGS, [path])
    assert report.counts.new == report.counts.read == len(rows)


def edited(path: Path, edit: Callable[[dict[str, str]], None]) -> Path:
    """The transfer file with its rows edited."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        edit(row)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_signed_visit_is_never_changed_by_a_file(clinic: SignedIn, tmp_path: Path) -> None:
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)

    def heavier(row: dict[str, str]) -> None:
        if row["item"] == "weight" and row["encounter_state"] == "signed":
            row["number"] = "111.0"
            row["recorded_at"] = "2026-11-22T14:00:00+00:00"

    path = edited(tmp_path / "all.csv", heavier)
    with pytest.raises(ImportRefused) as refusal:
        ImportService(clinic).carry_out(ImportKind.FINDINGS, [path])
    assert {"signed" in refused.reason for refused in refusal.value.report.refused} == {True}


def test_a_result_recorded_later_elsewhere_is_taken_and_an_older_one_is_not(clinic: SignedIn, tmp_path: Path) -> None:
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)
    moment = {"recorded_at": "2026-11-22T15:00:00+00:00"}

    def higher(row: dict[str, str]) -> None:
        if row["item"] == "platelets" and row["encounter_state"] == "recorded" and row["number"]:
            row.update(moment, number="123.0", reported="123")

    report, _ = ImportService(clinic).carry_out(ImportKind.FINDINGS, [edited(tmp_path / "all.csv", higher)])
    assert report.counts.changed > 0
    assert report.counts.set_aside == 0
    moment["recorded_at"] = "2001-01-01T00:00:00+00:00"

    def lower(row: dict[str, str]) -> None:
        higher(row)
        if row["item"] == "platelets" and row["encounter_state"] == "recorded" and row["number"]:
            row["number"] = "124.0"

    with pytest.raises(ImportRefused) as refusal:
        ImportService(clinic).carry_out(ImportKind.FINDINGS, [edited(tmp_path / "all.csv", lower)])
    assert all("recorded later" in refused.reason for refused in refusal.value.report.refused)


def test_rows_that_contradict_each_other_about_a_patient_are_refused(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)
    seen: set[str] = set()

    def other_name(row: dict[str, str]) -> None:
        if row["patient_uid"] in seen:
            row["family_name"] = "Else"
        seen.add(row["patient_uid"])

    report = ImportService(opened("other")).plan(ImportKind.FINDINGS, [edited(tmp_path / "all.csv", other_name)])
    assert report.counts.new == len(seen)
    assert {refused.reason for refused in report.refused} == {"says something else about its patient than a row above"}


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_a_pseudonymised_export_comes_with_dictionary_and_manifest(clinic: SignedIn, tmp_path: Path, form: str) -> None:
    made = ExportService(clinic).pseudonymised(form, tmp_path / "out", purpose="study 1", project="one")
    written = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert written["purpose"] == "study 1"
    for file in made.files:
        data = (tmp_path / "out" / file.name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file.sha256, file.size)
    listed = {"manifest.json", *(file.name for file in made.files)}
    assert {path.name for path in (tmp_path / "out").iterdir()} == listed
    counted = sum(len(file.counted) for file in everyone(clinic) if not stays_inside(file.consents))
    assert made.files[0].rows == counted


def test_a_second_export_into_a_folder_takes_no_manifest_from_the_files_of_the_first(
    clinic: SignedIn, tmp_path: Path
) -> None:
    service, out = ExportService(clinic), tmp_path / "out"
    service.pseudonymised("csv", out, purpose="the first")
    service.pseudonymised("json", out, purpose="another form")
    service.pseudonymised("csv", out, purpose="the first again")
    told = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in out.glob("manifest*.json")}
    assert {name: said["purpose"] for name, said in told.items()} == {
        "manifest.json": "the first again",
        "manifest-2.json": "another form",
    }
    for said in told.values():
        for file in said["files"]:
            assert hashlib.sha256((out / file["name"]).read_bytes()).hexdigest() == file["sha256"]


def test_a_file_of_somebody_else_that_is_called_manifest_stays(clinic: SignedIn, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text("[]", encoding="utf-8")
    ExportService(clinic).pseudonymised("csv", out)
    assert (out / "manifest.json").read_text(encoding="utf-8") == "[]"
    assert (out / "manifest-2.json").stat().st_mode & 0o777 == 0o600


def test_no_name_number_or_date_leaves_in_a_pseudonymised_export(clinic: SignedIn, tmp_path: Path) -> None:
    ExportService(clinic).pseudonymised("csv", tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    for file in everyone(clinic):
        patient = file.patient
        for secret in (patient.family_name, patient.nhs_number, patient.uid, patient.postcode):
            assert not secret or secret not in text
        for encounter in file.encounters:
            assert encounter.on.isoformat() not in text
            assert encounter.uid not in text


def test_who_declines_or_takes_consent_back_is_left_out_and_counted(clinic: SignedIn, tmp_path: Path) -> None:
    inside = [file.patient.id for file in everyone(clinic) if stays_inside(file.consents)]
    before = ExportService(clinic).pseudonymised("csv", tmp_path / "before")
    assert (before.patients, sum(before.left_out.values())) == (6 - len(inside), len(inside))

    leaves = next(file.patient for file in everyone(clinic) if file.patient.id not in inside)
    told = Consent(patient_id=leaves.id, answer=Answer.WITHDRAWN, on=PartialDate.of(clinic.today))
    ConsentService(clinic).record(told)
    after = ExportService(clinic).pseudonymised("csv", tmp_path / "after")
    assert (after.patients, sum(after.left_out.values())) == (before.patients - 1, len(inside) + 1)
    shared = ConsentService(clinic).of(leaves.id).shared
    assert [each.what for each in shared] == ["pseudonymised encounters"] * 2


def test_a_refusal_noted_in_words_before_there_were_consents_still_counts(clinic: SignedIn, tmp_path: Path) -> None:
    before = ExportService(clinic).pseudonymised("csv", tmp_path / "before")
    service = PatientService(clinic)
    added, _ = service.add(Patient(family_name="Quillfeather", research_consent="Declined by letter"))
    assert ExportService(clinic).pseudonymised("csv", tmp_path / "noted").patients == before.patients
    given = Consent(patient_id=added.id, on=PartialDate.of(clinic.today))
    ConsentService(clinic).record(given)
    in_registry = ExportService(clinic).pseudonymised("csv", tmp_path / "in-registry")
    assert in_registry.patients == before.patients, "being in the registry is another question than research"
    ConsentService(clinic).record(replace(given, scope=Scope.REUSE))
    assert ExportService(clinic).pseudonymised("csv", tmp_path / "asked").patients == before.patients + 1


def test_an_export_stands_in_the_audit_before_it_exists(clinic: SignedIn, tmp_path: Path) -> None:
    blocked = tmp_path / "folder.csv"
    blocked.mkdir()
    (blocked / "transfer.csv").mkdir()
    with pytest.raises(NotSaved, match="was not written"):
        ExportService(clinic).transfer(blocked, PURPOSE)
    with clinic.store.reading() as session:
        newest = next(audit.entries(session))
    assert (newest.action, newest.reason) == ("export", PURPOSE)
    assert [path.name for path in blocked.iterdir()] == ["transfer.csv"]


def test_an_identifiable_export_needs_its_purpose_and_its_permission(clinic: SignedIn, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        ExportService(clinic).transfer(tmp_path / "all.csv", "  ")
    person = replace(clinic.person, permissions=clinic.person.permissions - {Permission.EXPORT_IDENTIFIABLE})
    with pytest.raises(NotPermitted):
        ExportService(replace(clinic, person=person)).transfer(tmp_path / "all.csv", PURPOSE)
    assert not (tmp_path / "all.csv").exists()


@pytest.mark.parametrize(("form", "name"), [("csv", "out.xlsx"), ("pdf", "out")])
def test_a_form_or_ending_that_is_not_meant_is_refused(clinic: SignedIn, tmp_path: Path, form: str, name: str) -> None:
    with pytest.raises(NotExported, match="Nothing was written"):
        ExportService(clinic).pseudonymised(form, tmp_path / name)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_the_dictionary_needs_no_registry(tmp_path: Path, suffix: str) -> None:
    assert write_dictionary(tmp_path / f"words{suffix}") > len(CATALOGUE.items)
    with pytest.raises(NotExported):
        write_dictionary(tmp_path / "words.pdf")


def test_nobody_brings_in_a_colleagues_signed_visit_without_the_right_to_sign(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)
    newest: dict[str, str] = {}

    def note(row: dict[str, str]) -> None:
        if row["encounter_state"] == "signed":
            newest[row["patient_uid"]] = max(newest.get(row["patient_uid"], ""), row["encounter_uid"])

    shutil.copy(tmp_path / "all.csv", tmp_path / "fewer.csv")
    edited(tmp_path / "fewer.csv", note)
    with (tmp_path / "fewer.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["encounter_uid"] not in newest.values()]
    with (tmp_path / "fewer.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    other = opened("other")
    clerk = replace(other, person=replace(other.person, permissions=other.person.permissions - {Permission.SIGN}))
    ImportService(clerk).carry_out(ImportKind.FINDINGS, [tmp_path / "fewer.csv"])
    before = everyone(other)
    with pytest.raises(NotPermitted):
        ImportService(clerk).carry_out(ImportKind.FINDINGS, [tmp_path / "all.csv"])
    assert everyone(other) == before
    report, _ = ImportService(other).carry_out(ImportKind.FINDINGS, [tmp_path / "all.csv"])
    assert report.counts.new > 0
