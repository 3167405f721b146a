"""Real laboratory data into a real encrypted registry: everything or nothing, each row accounted for, nothing twice."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotPermitted, NotSaved
from poems_registry.domain.findings import Sign
from poems_registry.domain.records import PatientFile
from poems_registry.intake.source import Unreadable
from poems_registry.intake.toml_table import BadMapping
from poems_registry.services.access import SignedIn
from poems_registry.services.imports import ImportKind, ImportRefused, ImportService
from poems_registry.storage import audit, files, imports
from tests.tree import ROOT

DATA = ROOT / "tests" / "data" / "cdisc_pilot"
DM, LB, VS = DATA / "dm.csv", DATA / "lb.csv", DATA / "vs.csv"


def everyone(signed_in: SignedIn) -> dict[str, PatientFile]:
    """All records by study number."""
    with signed_in.store.reading() as session:
        return {file.patient.study_number: file for file in files.load_files(session)}


def actions(signed_in: SignedIn) -> list[str]:
    """What the audit says was done."""
    with signed_in.store.reading() as session:
        assert audit.verify(session, signed_in.store.audit_key) == []
        return [entry.action for entry in audit.entries(session, limit=10_000)]


@pytest.fixture
def filled(signed_in: SignedIn) -> SignedIn:
    """The seven participants with all their results."""
    service = ImportService(signed_in)
    service.carry_out(ImportKind.PATIENTS, [DM])
    service.carry_out(ImportKind.LABS, [LB, VS])
    return signed_in


def test_participants_and_results_arrive_and_the_sums_come_out_even(signed_in: SignedIn) -> None:
    service = ImportService(signed_in)
    report, changed = service.carry_out(ImportKind.PATIENTS, [DM])
    assert report.line == "7 read = 7 new + 0 changed + 0 unchanged + 0 ignored + 0 set aside"
    report, changed = service.carry_out(ImportKind.LABS, [LB, VS])
    assert report.line == "634 read = 408 new + 0 changed + 0 unchanged + 226 ignored + 0 set aside"
    assert changed.everything
    assert sum(len(e.findings) for file in everyone(signed_in).values() for e in file.encounters) == 408
    assert actions(signed_in).count("import") == 3


def test_the_same_files_again_change_nothing(filled: SignedIn) -> None:
    before = everyone(filled)
    report, _ = ImportService(filled).carry_out(ImportKind.PATIENTS, [DM])
    assert report.counts.unchanged == 7
    report, changed = ImportService(filled).carry_out(ImportKind.LABS, [LB, VS])
    assert report.line == "634 read = 0 new + 0 changed + 408 unchanged + 226 ignored + 0 set aside"
    assert all(file.seen_before for file in report.files)
    assert not changed.patients
    assert everyone(filled) == before


def test_hard_rows_come_out_right(filled: SignedIn) -> None:
    records = everyone(filled)
    low = [f for e in records["01-701-1115"].encounters if (f := e.finding("glucose_random")) and f.sign is Sign.BELOW]
    assert [(f.reported, f.reported_unit, round(f.number, 4)) for f in low] == [("40", "mg/dL", 2.2203)]
    found = records["01-704-1093"].last("hba1c")
    assert found is not None
    assert (found[1].value, found[1].limit_high) == (66.0998, 6.1)
    together = [
        e for e in records["01-709-1309"].encounters if "UNSCHEDULED 1.1, " in e.source or ", UNSCH" in e.source
    ]
    assert [e.time for e in together] == ["10:55"]
    assert records["01-701-1057"].patient.age_at is not None
    assert records["01-701-1211"].patient.died is not None
    height = records["01-704-1218"].last("height")
    assert height is not None
    assert height[1].reported_unit == "cm"


def test_a_dry_run_tells_the_same_and_does_nothing(signed_in: SignedIn) -> None:
    service = ImportService(signed_in)
    before = actions(signed_in)
    report = service.plan(ImportKind.PATIENTS, [DM])
    assert (report.dry_run, report.counts.new) == (True, 7)
    assert everyone(signed_in) == {}
    assert actions(signed_in) == before
    with signed_in.store.reading() as session:
        assert imports.everything(session) == ()


def changed_copy(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    """The laboratory file with some texts replaced."""
    text = LB.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_refused_row_stops_everything(signed_in: SignedIn, tmp_path: Path) -> None:
    service = ImportService(signed_in)
    service.carry_out(ImportKind.PATIENTS, [DM])
    with pytest.raises(ImportRefused, match="1 row was refused, so nothing was imported") as refusal:
        service.carry_out(ImportKind.LABS, [VS, changed_copy(tmp_path, ("<40,mg/dL", "<400,mmol/L"))])
    (refused,) = refusal.value.report.refused
    assert refused.file == "other.csv"
    assert refused.reason.endswith("must lie between 0.5 and 60 mmol/L")
    assert all(not file.encounters for file in everyone(signed_in).values())


def test_refused_rows_are_set_aside_whole_and_the_rest_is_imported(signed_in: SignedIn, tmp_path: Path) -> None:
    service, aside = ImportService(signed_in), tmp_path / "aside.csv"
    service.carry_out(ImportKind.PATIENTS, [DM])
    odd = changed_copy(tmp_path, ("<40,mg/dL", "<40,furlongs"), ("01-701-1015,HGB", "=01-701-1015,HGB"))
    report, _ = service.carry_out(ImportKind.LABS, [odd], set_aside=aside)
    assert report.counts.set_aside == len(report.refused) > 1
    lines = aside.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == report.counts.set_aside + 1
    assert lines[0].endswith("set_aside_beyond,set_aside_from,set_aside_row,set_aside_because")
    assert any("<40,furlongs" in line and "the unit furlongs is not known" in line for line in lines)
    assert any(",'=01-701-1015," in line for line in lines)


def test_set_aside_rows_can_be_mended_and_read_again(signed_in: SignedIn, tmp_path: Path) -> None:
    service, aside = ImportService(signed_in), tmp_path / "aside.csv"
    service.carry_out(ImportKind.PATIENTS, [DM])
    service.carry_out(ImportKind.LABS, [changed_copy(tmp_path, ("<40,mg/dL", "<40,furlongs"))], set_aside=aside)
    aside.write_text(aside.read_text(encoding="utf-8-sig").replace("furlongs", "mg/dL"), encoding="utf-8")
    report, _ = service.carry_out(ImportKind.LABS, [aside])
    assert report.line == "1 read = 1 new + 0 changed + 0 unchanged + 0 ignored + 0 set aside"


def test_a_file_of_that_name_is_never_overwritten_by_refused_rows(signed_in: SignedIn) -> None:
    with pytest.raises(NotSaved, match="There is a file already"):
        ImportService(signed_in).carry_out(ImportKind.LABS, [LB], set_aside=LB)


def test_a_later_file_of_the_source_corrects_and_an_old_one_does_not_undo(filled: SignedIn, tmp_path: Path) -> None:
    service = ImportService(filled)
    row = "01-701-1015,ALB,Albumin,CHEMISTRY,3.8,g/dL,3.3,4.9,38,38.0,g/L,33.0,49.0,NORMAL,Y"
    newer = changed_copy(tmp_path, (row, row.replace("3.8,", "4.1,")))
    report, changed = service.carry_out(ImportKind.LABS, [newer])
    assert (report.counts.changed, report.counts.new, report.counts.set_aside) == (1, 0, 0)
    assert len(changed.patients) == 1
    with pytest.raises(ImportRefused) as refusal:
        service.carry_out(ImportKind.LABS, [LB])
    assert ["corrected here since" in refused.reason for refused in refusal.value.report.refused] == [True]


def test_results_before_their_patients_are_refused_by_row(signed_in: SignedIn) -> None:
    report = ImportService(signed_in).plan(ImportKind.LABS, [LB])
    assert report.counts.set_aside == report.counts.read - report.counts.ignored
    assert (report.refused[0].row, report.refused[0].reason) == (2, "names a patient who is not in the registry")


@pytest.mark.parametrize(
    ("kind", "paths", "mapping", "words"),
    [
        (ImportKind.LABS, [DM], "", "none of those that came with the program fits dm.csv"),
        (ImportKind.LABS, [DM], "cdisc_pilot_lb", "the file dm.csv has no column LBDTC"),
        (ImportKind.PATIENTS, [DM], "cdisc_pilot_lb", "it is not for patients"),
        (ImportKind.LABS, [LB], "no_such_map", "the file cannot be read"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(
    signed_in: SignedIn, kind: ImportKind, paths: Sequence[Path], mapping: str, words: str
) -> None:
    with pytest.raises(BadMapping, match=words):
        ImportService(signed_in).carry_out(kind, paths, mapping)


def test_a_file_that_is_none_is_refused(signed_in: SignedIn, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        ImportService(signed_in).carry_out(ImportKind.LABS, [tmp_path / "nowhere.csv"])


def test_who_may_not_import_does_not(signed_in: SignedIn) -> None:
    person = replace(signed_in.person, permissions=signed_in.person.permissions - {Permission.IMPORT})
    with pytest.raises(NotPermitted):
        ImportService(replace(signed_in, person=person)).carry_out(ImportKind.PATIENTS, [DM])
