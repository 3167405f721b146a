"""Files in and out: imports, exports, the transfer, summaries, the dictionary, letters, copies."""

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage.triggers import names
from tests.integration.cli.conftest import Type

PILOT = Path(__file__).parents[2] / "data" / "cdisc_pilot"


def test_results_are_read_in_once_and_a_dry_run_changes_nothing(as_: Type) -> None:
    people = as_("rahman", "import", "patients", PILOT / "dm.csv")
    assert people.code == 0
    tried = as_("rahman", "import", "labs", PILOT / "lb.csv", "--dry-run", "--json")
    assert tried.code == 0
    told = json.loads(tried.out)
    assert told["dry_run"]
    assert told["counts"]["new"] > 0
    done = as_("rahman", "import", "labs", PILOT / "lb.csv")
    assert done.code == 0
    assert told["line"] in done.out
    again = json.loads(as_("rahman", "import", "labs", PILOT / "lb.csv", "--json").out)
    assert (again["counts"]["new"], again["counts"]["changed"]) == (0, 0)
    assert again["files"][0]["seen_before"]


def test_a_refused_row_stops_the_import_unless_it_is_set_aside(as_: Type, tmp_path: Path) -> None:
    as_("rahman", "import", "patients", PILOT / "dm.csv")
    with (PILOT / "lb.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    rows[0][head.index("LBORRESU")] = "furlongs"
    bad = tmp_path / "bad.csv"
    with bad.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    refused = as_("rahman", "import", "labs", bad)
    assert refused.code == 3
    assert "nothing was imported" in refused.err
    assert "row 2" in refused.err
    aside = as_("rahman", "import", "labs", bad, "--set-aside", tmp_path / "aside.csv")
    assert aside.code == 0
    assert "1 set aside" in aside.out
    assert "furlongs" in (tmp_path / "aside.csv").read_text(encoding="utf-8-sig")


def test_a_transfer_needs_a_purpose_and_a_grant_and_reads_back_unchanged(as_: Type, tmp_path: Path) -> None:
    out = tmp_path / "everything.csv"
    assert "may not export or transfer" in as_("castellan", "export", "transfer", out, "--purpose", "move").err
    assert as_("castellan", "person", "--grant", "castellan", "export_identifiable").code == 0
    assert "purpose" in as_("castellan", "export", "transfer", out).err
    assert not out.exists()
    assert as_("castellan", "export", "transfer", out, "--purpose", "move").code == 0
    back = json.loads(as_("castellan", "import", "findings", out, "--json").out)["counts"]
    assert back["read"] == back["unchanged"] > 100


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_export_names_nobody_and_lists_its_files_with_their_sums(as_: Type, tmp_path: Path, form: str) -> None:
    said = as_("rahman", "export", form, tmp_path / "out")
    assert said.code == 0
    lines = [line for line in said.out.splitlines() if "sha256" in line]
    assert lines
    for line in lines:
        path, told = Path(line.split(": ")[0]), line.rsplit(" ", 1)[1]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == told
    assert "may not export" in as_("okoro", "export", form, tmp_path / "more").err
    assert not (tmp_path / "more").exists()


def test_the_cohort_is_written_in_the_form_that_the_files_name_says(as_: Type, tmp_path: Path) -> None:
    for ending, head in ((".pdf", b"%PDF"), (".xlsx", b"PK"), (".csv", b"\xef\xbb\xbf")):
        out = tmp_path / f"cohort{ending}"
        said = as_("rahman", "cohort", "--out", out)
        assert (said.code, said.err) == (0, "")
        assert out.read_bytes().startswith(head)
        assert "NOT FOR RELEASE" in said.out
    assert as_("rahman", "cohort", "--out", tmp_path / "cohort.doc").code == 3
    assert "Nothing was written" in as_("rahman", "cohort", "--out", tmp_path / "small.csv", "--release").err
    assert not (tmp_path / "small.csv").exists()


def test_the_dictionary_needs_no_registry(type_: Type, tmp_path: Path) -> None:
    said = type_("dictionary", tmp_path / "items.csv")
    assert said.code == 0
    assert "vegf_plasma" in (tmp_path / "items.csv").read_text(encoding="utf-8-sig")
    assert type_("dictionary", tmp_path / "items.txt").code == 3


def sign_a_visit(registry: Path, skip: int = 0) -> int:
    """Enter a visit of somebody alive today and sign it; `skip` so many people before."""
    me = open_registry(registry, "rahman", PASSWORD)
    try:
        visits = VisitService(me)
        alive = [row for row in PatientService(me).find().rows if row.died is None][skip]
        visit = visits.open(visits.start(alive.id))
        draft = visit.draft
        typed = {"p_status": "present", "o_status": "not_assessed", "e_status": "absent", "m_status": "not_assessed",
                 "s_status": "absent", "medicines_reviewed": "reviewed", "address_checked": "yes",
                 "summary": "You walk well."}  # fmt: skip
        for code, text in typed.items():
            draft = draft.with_field(code, FieldDraft(text=text))
        visits.sign(visit.encounter.id, alive.id, visit.encounter.version, draft, PASSWORD)
        return visit.encounter.id
    finally:
        me.close()


def test_letters_that_are_due_are_signed_listed_and_come_back_byte_for_byte(
    as_: Type, registry: Path, tmp_path: Path
) -> None:
    visit = sign_a_visit(registry)
    drafts = as_("rahman", "letter", "--due", "--out", tmp_path / "drafts")
    assert drafts.code == 0
    assert "1 asked = 1 written = 1 listed (0 signed, 1 draft)" in drafts.out
    signed = as_("rahman", "letter", "--due", "--out", tmp_path / "signed", "--sign")
    with (tmp_path / "signed" / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["state"], line["visit"], line["not_signed_because"]) == ("signed", str(visit), "")
    assert "1 asked = 1 written = 1 listed (1 signed, 0 drafts)" in signed.out
    first = (tmp_path / "signed" / line["file"]).read_bytes()
    assert hashlib.sha256(first).hexdigest() == line["sha256"]
    assert "no letter is due" in as_("rahman", "letter", "--due", "--out", tmp_path / "none").out
    assert as_("okoro", "letter", "--visit", visit, "--out", tmp_path / "again").code == 0
    assert (tmp_path / "again" / line["file"]).read_bytes() == first
    names_told = [path.name for folder in ("drafts", "signed") for path in (tmp_path / folder).iterdir()]
    assert sorted(names_told)[0].startswith("draft-")
    assert as_("rahman", "letter", "--visit", visit, "--out", tmp_path / "signed").code == 3


def test_other_kinds_of_letters_and_plain_words_come_from_the_same_signed_visit(
    as_: Type, registry: Path, tmp_path: Path
) -> None:
    visit = sign_a_visit(registry)
    plain = ("rahman", "letter", "--visit", visit, "--plain-words", "--out")
    early = as_(*plain, tmp_path / "plain")
    assert (early.code, "no signed letter" in early.err) == (3, True)
    as_("rahman", "letter", "--visit", visit, "--out", tmp_path / "signed", "--sign")
    first = Path(as_(*plain, tmp_path / "plain").out.strip())
    second = Path(as_(*plain, tmp_path / "again").out.strip())
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600
    results = as_("rahman", "letter", "--visit", visit, "--kind", "results", "--out", tmp_path / "results", "--sign")
    assert "1 asked = 1 written = 1 listed (0 signed, 1 draft)" in results.out
    assert "What the results mean: nothing is written yet" in results.out
    missed = as_("rahman", "letter", "--visit", visit, "--kind", "did-not-attend", "--out", tmp_path / "missed")
    assert missed.code == 3
    assert "day of the missed appointment" in missed.err
    assert "no letter is due" in as_("rahman", "letter", "--due", "--out", tmp_path / "none").out


def test_nobody_writes_to_a_person_who_has_died_and_the_sum_still_agrees(
    as_: Type, registry: Path, tmp_path: Path
) -> None:
    visits = [sign_a_visit(registry, skip) for skip in (0, 1)]
    me = open_registry(registry, "rahman", PASSWORD)
    try:
        people = PatientService(me)
        encounter = VisitService(me).open(visits[0]).encounter
        people.change(replace(people.who(encounter.patient_id), died=PartialDate.of(me.today)))
    finally:
        me.close()
    said = as_("rahman", "letter", "--due", "--out", tmp_path / "out", "--sign")
    assert said.code == 0
    assert "2 asked = 1 written + 1 refused = 2 listed (1 signed, 0 drafts)" in said.out
    with (tmp_path / "out" / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {int(line["visit"]): line for line in csv.DictReader(file)}
    assert (lines[visits[0]]["state"], lines[visits[0]]["file"]) == ("refused", "")
    assert "has died" in lines[visits[0]]["not_signed_because"]
    alone = as_("rahman", "letter", "--visit", visits[0], "--out", tmp_path / "alone")
    assert alone.code == 3
    assert "has died" in alone.err


def test_a_nurse_cannot_sign_letters_in_a_batch_and_an_unsigned_visit_has_none(as_: Type, registry: Path) -> None:
    visit = sign_a_visit(registry)
    out = registry.parent / "letters"
    assert "may not sign" in as_("okoro", "letter", "--visit", visit, "--out", out, "--sign").err
    assert as_("rahman", "letter", "--visit", 99999, "--out", out).code == 3
    assert list(out.glob("*.pdf")) == []


def test_a_copy_opens_with_the_same_passwords_and_holds_every_row(as_: Type, type_: Type, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    made = as_("castellan", "backup", tmp_path / "copies")
    assert made.code == 0
    copy = Path(made.out.split("copy: ")[1].splitlines()[0])
    assert copy.parent == tmp_path / "copies"
    checked = type_("--registry", copy, "--user", "castellan", "verify", "--json")
    assert checked.code == 0
    assert json.loads(checked.out)["findings"] > 1000
    assert as_("castellan", "backup", copy).code == 3
    assert "may not manage" in as_("rahman", "backup", tmp_path / "mine").err
    assert "could not be written" in as_("castellan", "backup", tmp_path / "nowhere" / "copy.registry").err
    assert not (tmp_path / "nowhere").exists()


def test_verify_finds_a_value_and_an_audit_entry_that_somebody_changed(as_: Type, registry: Path) -> None:
    assert "all is well" in as_("castellan", "verify").out
    me = open_registry(registry, "castellan", PASSWORD)
    with me.store.engine.connect() as connection:
        for name in names():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(
            "UPDATE observation SET code = 'purple' WHERE code = 'present'"
            " AND encounter_id = (SELECT min(encounter_id) FROM observation WHERE code = 'present')"
        )
        connection.exec_driver_sql("UPDATE audit SET reason = 'nothing happened' WHERE seq = 3")
        connection.commit()
    me.close()
    said = as_("castellan", "verify")
    assert said.code == 3
    assert "audit entry 3" in said.err
    assert "does not fit its kind" in said.err
    assert "restore the last verified copy" in said.err


def test_people_are_added_and_two_can_always_manage(
    as_: Type, type_: Type, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrase = "copper lantern walrus fiddle orbit"
    said = as_("castellan", "person", "--add", "grey:N Grey:admin", lines=f"{phrase}\n")
    assert said.code == 0
    assert "grey: N Grey, admin" in said.out
    assert "Two people at least" in as_("castellan", "person", "--revoke", "castellan", "manage").err
    assert as_("castellan", "person", "--grant", "grey", "manage").code == 0
    assert as_("castellan", "person", "--grant", "nobody", "manage").code == 3
    assert as_("castellan", "person", "--grant", "grey", "fly").code == 3
    monkeypatch.delenv("POEMS_REGISTRY_PASSWORD")
    assert type_("--registry", registry, "--user", "grey", "verify", lines=f"{phrase}\n").code == 0


LIST = Path(__file__).parents[2] / "data" / "practices" / "list.csv"


def test_a_list_of_practices_is_tried_then_loaded_and_the_counts_add_up(as_: Type) -> None:
    tried = as_("castellan", "import", "practices", LIST, "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert "4 read = 3 new + 0 changed + 0 unchanged + 1 ignored + 0 set aside" in tried.out
    assert "dry run: nothing was changed" in tried.out
    done = as_("castellan", "import", "practices", LIST)
    assert done.code == 0
    assert "3 new" in done.out, "the try had changed nothing"
    again = json.loads(as_("castellan", "import", "practices", LIST, "--json").out)
    assert (again["counts"]["unchanged"], again["seen_before"], again["gone"]) == (3, True, 0)
    assert "may not" in as_("okoro", "import", "practices", LIST).err


def test_a_refused_row_of_a_list_stops_it_unless_it_is_set_aside(as_: Type, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(LIST.read_text(encoding="utf-8") + '"ZZ9909","TOO SHORT"\n', encoding="utf-8")
    refused = as_("castellan", "import", "practices", bad)
    assert refused.code == 3
    assert "1 row was refused" in refused.err
    assert "row 5: has 2 columns" in refused.err
    assert "3 new" in as_("castellan", "import", "practices", bad, "--dry-run").out, "nothing had been loaded"
    aside = as_("castellan", "import", "practices", bad, "--set-aside", tmp_path / "aside.csv")
    assert aside.code == 0
    assert "1 set aside" in aside.out
    assert "TOO SHORT" in (tmp_path / "aside.csv").read_text(encoding="utf-8-sig")
    assert "no --map" in as_("castellan", "import", "practices", LIST, "--map", "x.toml").err


def test_a_file_that_is_no_list_of_practices_is_refused_in_words(as_: Type) -> None:
    said = as_("castellan", "import", "practices", PILOT / "dm.csv")
    assert said.code == 3
    assert "no list of GP practices" in said.err
    assert "Nothing was changed" in said.err
