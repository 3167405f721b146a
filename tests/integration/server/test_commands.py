"""Every command with `--registry postgresql://...`: made, filled, read, checked; no secret is repeated."""

import json
from pathlib import Path

import pytest

from poems_registry.cli.signing_in import VARIABLE
from poems_registry.domain.locations import ServerAddress
from tests.integration.cli.conftest import Said, Type, type_
from tests.integration.server.conftest import PASSWORD, Clinic
from tests.tree import ROOT

__all__ = ["type_"]

PHRASE = "copper lantern walrus fiddle orbit"
ADMINS = ("--person", "kay:K Kay:admin", "--person", "lee:L Lee:admin")
PILOT = ROOT / "tests" / "data" / "cdisc_pilot"


class Desk:
    """Types commands as one of the clinic's people."""

    def __init__(self, clinic: Clinic, typed: Type) -> None:
        self.clinic, self._typed = clinic, typed

    def __call__(self, user: str, *words: object, lines: str = "") -> Said:
        return self._typed("--registry", self.clinic.address, "--user", user, *words, lines=lines)


@pytest.fixture
def as_(clinic: Clinic, type_: Type, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return Desk(clinic, type_)


@pytest.mark.parametrize("option", [True, False])
def test_a_registry_is_made_on_a_server_and_each_password_opens_it(database: str, type_: Type, option: bool) -> None:
    named = ("--registry", database, "new") if option else ("new", database)
    made = type_(*named, "--clinic", "Made-up Clinic", *ADMINS, lines=f"{PHRASE}\n{PHRASE} two\n")
    assert (made.code, made.err) == (0, "")
    assert f"registry: {database}" in made.out
    assert "docs/postgresql.md" in made.out
    for user, password in (("kay", PHRASE), ("lee", f"{PHRASE} two")):
        said = type_("--registry", database, "--user", user, "verify", lines=f"{password}\n")
        assert (said.code, said.err) == (0, "")
        assert "all is well" in said.out
    assert type_("--registry", database, "--user", "lee", "verify", lines=f"{PHRASE}\n").code == 3
    again = type_("new", database, "--clinic", "C", *ADMINS, lines=f"{PHRASE}\n{PHRASE}\n")
    assert (again.code, again.out) == (3, "")
    assert "There is a registry in this database already" in again.err


def test_records_come_in_are_shown_and_leave(as_: Desk, tmp_path: Path) -> None:
    people = as_("osei", "import", "patients", PILOT / "dm.csv")
    assert (people.code, people.err) == (0, "")
    assert "7 read = 7 new" in people.out
    results = as_("osei", "import", "labs", PILOT / "lb.csv", PILOT / "vs.csv")
    assert "634 read = 408 new" in results.out
    assert "7 read = 0 new + 0 changed + 7 unchanged" in as_("osei", "import", "patients", PILOT / "dm.csv").out
    shown = json.loads(as_("osei", "show", "#3", "--json").out)
    assert shown["patient"]["id"] == 3
    written = as_("osei", "export", "csv", tmp_path / "out", "--purpose", "audit")
    assert (written.code, written.err) == (0, "")
    assert "patients: 7" in written.out
    assert as_("osei", "cohort", "--out", tmp_path / "cohort.csv").code == 0
    assert as_("osei", "letter", "--due", "--out", tmp_path / "letters").out.strip() == "0 asked: no letter is due"
    assert "all is well" in as_("adams", "verify").out


def test_thresholds_and_people_are_kept_on_the_server(as_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_("adams", "settings", "platelets", "420", "--confirmed").code == 0
    (row,) = json.loads(as_("baker", "settings", "platelets", "--json").out)
    assert (row["value"], row["confirmed_by"]) == ("420", "P Adams")
    assert as_("adams", "person", "--add", "okoro:N Okoro:nurse", lines=f"{PHRASE}\n").code == 0
    assert "okoro: N Okoro, nurse" in as_("baker", "person").out
    monkeypatch.setenv(VARIABLE, PHRASE)
    assert as_("okoro", "migrate").code == 0


def test_somebody_leaves_and_comes_back_with_a_new_password(as_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "osei: Dr B Osei, clinician, may not sign in" in as_("adams", "person", "--leaves", "osei").out
    assert as_("osei", "migrate").code == 3
    early = as_("adams", "person", "--forgot", "osei", lines=f"{PHRASE}\n")
    assert (early.code, "allow that first" in early.err) == (3, True)
    back = as_("adams", "person", "--returns", "Osei", "--forgot", "osei", lines=f"{PHRASE}\n")
    assert (back.code, back.err) == (0, "")
    assert "Nobody of this user name" in as_("adams", "person", "--leaves", "nobody").err
    assert as_("adams", "person", "--leaves", "baker").code == 3  # two keepers at least
    monkeypatch.setenv(VARIABLE, PHRASE)
    assert as_("osei", "migrate").code == 0


def test_everything_is_checked_and_a_backup_is_refused_in_words(as_: Desk, tmp_path: Path) -> None:
    checked = as_("adams", "verify", "--json")
    assert checked.code == 0
    assert json.loads(checked.out)["problems"] == []
    refused = as_("adams", "backup", tmp_path)
    assert (refused.code, refused.out) == (3, "")
    assert "pg_dump" in refused.err


@pytest.mark.parametrize("words", [("verify",), ("new", "--clinic", "C", *ADMINS)])
def test_an_address_with_a_password_is_refused_and_not_repeated(type_: Type, words: tuple[str, ...]) -> None:
    said = type_("--registry", "postgresql://ann:hunter2@localhost/poems", "--user", "ann", *words)
    assert (said.code, said.out) == (3, "")
    assert "hunter2" not in said.err
    assert "password file" in said.err


def test_the_login_of_the_pc_is_told_apart_from_a_persons_own_password(
    as_: Desk, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = as_.clinic.address
    said = type_("--registry", ServerAddress(at.host, at.database, "stranger_to_all"), "--user", "osei", "verify")
    assert said.code == 3
    assert "did not accept this PC's login" in said.err
    assert "not about your own password" in said.err
    monkeypatch.setenv(VARIABLE, "not the password at all")
    wrong = as_("osei", "verify")
    assert wrong.code == 3
    assert "The name or the password is not right" in wrong.err
