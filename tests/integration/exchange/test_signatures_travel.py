"""A signature comes into a record that is kept here only with somebody who may sign, wherever in the file it stands."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotPermitted
from poems_registry.services.access import SignedIn
from poems_registry.services.exports import ExportService
from poems_registry.services.imports import ImportKind, ImportService
from tests.integration.exchange.test_exports import PURPOSE, Opened, amended_twice, clinic, edited, everyone

__all__ = ["clinic"]


def without(whole: Path, path: Path, uid: str) -> Path:
    """The transfer file without one encounter."""
    with whole.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["encounter_uid"] != uid]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def in_error(row: dict[str, str]) -> None:
    row["encounter_state"] = "in_error"


def closed_contact(row: dict[str, str]) -> None:
    row["encounter_state"], row["encounter_kind"] = "recorded", "physiotherapy"


@pytest.mark.parametrize("become", [in_error, closed_contact])
def test_a_signature_under_a_mistake_or_a_closed_contact_needs_one_who_may_sign(
    clinic: SignedIn, opened: Opened, tmp_path: Path, become: Callable[[dict[str, str]], None]
) -> None:
    visit = amended_twice(clinic)
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)
    other = opened("other")
    clerk = replace(other, person=replace(other.person, permissions=other.person.permissions - {Permission.SIGN}))
    fewer = without(tmp_path / "all.csv", tmp_path / "fewer.csv", visit.uid)
    ImportService(clerk).carry_out(ImportKind.FINDINGS, [fewer])
    before = everyone(other)

    def planted(row: dict[str, str]) -> None:
        if row["encounter_uid"] == visit.uid:
            become(row)

    edited(tmp_path / "all.csv", planted)
    with pytest.raises(NotPermitted):
        ImportService(clerk).carry_out(ImportKind.FINDINGS, [tmp_path / "all.csv"])
    assert everyone(other) == before
    report, _ = ImportService(other).carry_out(ImportKind.FINDINGS, [tmp_path / "all.csv"])
    assert report.counts.new > 0


def test_earlier_signed_versions_under_what_was_only_recorded_are_refused(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    visit = amended_twice(clinic)
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)

    earlier: set[str] = set()

    def recorded(row: dict[str, str]) -> None:
        if row["encounter_version"]:
            earlier.add(row["encounter_version"])
        elif row["encounter_uid"] == visit.uid:
            row["encounter_state"], row["encounter_kind"] = "recorded", "sample"

    report = ImportService(opened("other")).plan(ImportKind.FINDINGS, [edited(tmp_path / "all.csv", recorded)])
    told = [refused for refused in report.refused if "neither signed nor a closed contact" in refused.reason]
    assert len(told) == len(earlier) == 2
