"""Admin decides: who is listed with which rights, what a form refuses beside its fields, what waits for the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, RegistryError, StaleRecord, WrongPassword
from poems_registry.domain.records import Person
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.clinic_settings import BY_NAME
from poems_registry.services.registry import NewPerson
from poems_registry.services.settings import SettingInForce
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.admin.people_presenter import PeoplePresenter
from poems_registry.ui.screens.admin.presenter import AdminPresenter
from poems_registry.ui.screens.admin.settings_presenter import SettingsPresenter
from poems_registry.ui.screens.admin.shown import PersonForm, PersonRow, PersonTyped, Right, SettingRow
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.later import Later

GOOD = "orchard lantern pebble walnut violin"
KEEPER = DEFAULTS[Role.ADMIN] | {Permission.MANAGE}
ADAMS = Person(id=1, user="adams", name="P Adams", role=Role.ADMIN, permissions=KEEPER)
OKORO = Person(id=2, user="okoro", name="J Okoro", role=Role.NURSE, permissions=DEFAULTS[Role.NURSE])
LEFT = Person(id=3, user="lund", name="C Lund", role=Role.CLINICIAN, permissions=KEEPER, active=False)
OKORO_TYPED = PersonTyped("okoro", "J Okoro", "nurse", rights=frozenset(DEFAULTS[Role.NURSE]))


class Spy:
    """The screen: keeps what it was last told."""

    def __init__(self) -> None:
        self.rows: Sequence[PersonRow] = ()
        self.settings: Sequence[SettingRow] = ()
        self.words = self.warning = self.refused = self.phrase = ""
        self.form: PersonForm | SettingRow | tuple[str, str] | None = None
        self.rights: Sequence[Right] = ()
        self.problems: Mapping[str, str] = {}
        self.judged = ("", False)
        self.message: Message | None = None
        self.working = ""

    def show_people(self, rows: Sequence[PersonRow], words: str, warning: str) -> None:
        self.rows, self.words, self.warning = rows, words, warning

    def show_settings(self, rows: Sequence[SettingRow], words: str) -> None:
        self.settings, self.words = rows, words

    def ask_person(self, form: PersonForm) -> None:
        self.form = form

    def ask_password(self, user: str, name: str) -> None:
        self.form = (user, name)

    def ask_setting(self, row: SettingRow) -> None:
        self.form = row

    def refuse_setting(self, words: str) -> None:
        self.refused = words

    def show_rights(self, rights: Sequence[Right]) -> None:
        self.rights = rights

    def offer_phrase(self, phrase: str) -> None:
        self.phrase = phrase

    def judge(self, words: str, good: bool) -> None:
        self.judged = (words, good)

    def mark(self, problems: Mapping[str, str]) -> None:
        self.problems = problems

    def busy(self, words: str) -> None:
        self.working = words

    def close_form(self) -> None:
        self.form = None

    def say(self, message: Message | None) -> None:
        self.message = message


class Staff:
    """The people, changed as a service would; refuses when told."""

    def __init__(self, *people: Person) -> None:
        self.people = {person.user: person for person in people}
        self.refusal: RegistryError | None = None
        self.given: list[tuple[str, str, str]] = []

    def everyone(self) -> tuple[Person, ...]:
        return tuple(self.people.values())

    def add(self, person: NewPerson) -> Person:
        return self._kept(
            Person(9, person.user, person.name, person.role, person.profession, person.registration,
                   DEFAULTS[person.role])
        )  # fmt: skip

    def change(self, seen: Person, wanted: Person) -> Person:
        assert self.people[seen.user] == seen
        return self._kept(wanted)

    def give_password(self, user: str, password: str, own_password: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.given.append((user, password, own_password))

    def _kept(self, person: Person) -> Person:
        if self.refusal is not None:
            raise self.refusal
        self.people[person.user] = person
        return person


class Office:
    """The people page with everything around it."""

    def __init__(self, *people: Person, tasks: Inline | Later | None = None) -> None:
        self.view, self.staff, self.said = Spy(), Staff(*(people or (ADAMS, OKORO, LEFT))), list[str]()
        self.presenter = PeoplePresenter(
            self.view, self.staff, tasks or Inline(), "adams", lambda: GOOD, self.said.append
        )
        self.presenter.load()


@pytest.fixture
def office() -> Office:
    return Office()


def test_everybody_is_listed_with_what_differs_from_their_role(office: Office) -> None:
    rows = {row.user: row for row in office.view.rows}
    assert (rows["adams"].me, rows["adams"].manages, rows["okoro"].rights) == (True, True, "")
    assert rows["adams"].rights == "May also manage people, keys, settings, backups and the audit"
    assert rows["lund"].rights.startswith("May also manage people")
    assert "may not view clinical findings and results" in rows["lund"].rights
    assert (rows["lund"].active, rows["lund"].manages) == (False, False)
    assert office.view.words == "2 may sign in"


def test_a_clinic_with_one_keeper_is_told_to_name_a_second(office: Office) -> None:
    assert "second" in office.view.warning
    assert Office(ADAMS, replace(OKORO, permissions=KEEPER)).view.warning == ""


def test_a_form_shows_each_right_and_saves_only_what_was_changed(office: Office) -> None:
    office.presenter.opened("okoro")
    form = office.view.form
    assert isinstance(form, PersonForm)
    assert {right.code for right in form.rights if right.granted} == DEFAULTS[Role.NURSE]
    office.presenter.save(OKORO_TYPED)
    assert (office.view.form, office.said) == (None, [])
    office.presenter.opened("okoro")
    office.presenter.save(replace(OKORO_TYPED, rights=OKORO_TYPED.rights | {"sign"}, registration=" NMC 1 "))
    assert office.staff.people["okoro"].permissions == DEFAULTS[Role.NURSE] | {Permission.SIGN}
    assert office.staff.people["okoro"].registration == "NMC 1"
    assert office.said == ["J Okoro saved"]
    assert "sign and amend" in {row.user: row.rights for row in office.view.rows}["okoro"]


def test_another_role_brings_its_own_rights(office: Office) -> None:
    office.presenter.add()
    office.presenter.role_chosen("clinician")
    assert {right.code for right in office.view.rights if right.granted} == DEFAULTS[Role.CLINICIAN]
    assert all(right.granted == right.by_role for right in office.view.rights)


def test_somebody_new_needs_a_name_a_user_name_and_a_password_that_is_hard_to_guess(office: Office) -> None:
    office.presenter.add()
    office.presenter.save(PersonTyped("", " ", "nurse", password="okoro1"))
    assert set(office.view.problems) == {"user", "name", "password"}
    assert "9" not in office.staff.people
    office.presenter.save(PersonTyped("finch", "A Finch", "nurse", password=GOOD, rights=frozenset({"find_patients"})))
    assert office.staff.people["finch"].permissions == {Permission.FIND_PATIENTS}
    assert office.view.form is None


@pytest.mark.parametrize(
    ("refusal", "field"),
    [
        (InvalidInput({"user": "is already somebody's user name"}), "user"),
        (InvalidInput({"password finch": "is in every list of passwords"}), "password"),
        (NotAllowedNow("Two people at least must be able to manage."), ""),
        (StaleRecord(), ""),
    ],
)
def test_a_refusal_stands_in_the_form_and_what_was_typed_stays(
    office: Office, refusal: RegistryError, field: str
) -> None:
    office.presenter.add()
    office.staff.refusal = refusal
    office.presenter.save(PersonTyped("finch", "A Finch", "nurse", password=GOOD))
    assert list(office.view.problems) == [field]
    assert office.view.form is not None
    assert office.view.working == ""


def test_a_password_is_judged_while_it_is_typed_and_five_words_are_offered(office: Office) -> None:
    office.presenter.password_typed("J Okoro", "okoro", "okoro okoro okoro")
    assert not office.view.judged[1]
    office.presenter.suggest()
    office.presenter.password_typed("J Okoro", "okoro", office.view.phrase)
    assert office.view.judged[1]


def test_a_new_password_needs_ones_own_and_a_wrong_one_is_told_beside_it(office: Office) -> None:
    office.presenter.opened("okoro")
    office.presenter.password()
    assert office.view.form == ("okoro", "J Okoro")
    office.presenter.give_password("okoro", GOOD, "")
    assert list(office.view.problems) == ["own"]
    office.staff.refusal = WrongPassword(4)
    office.presenter.give_password("okoro", GOOD, "not mine")
    assert "4 seconds" in office.view.problems["own"]
    office.staff.refusal = None
    office.presenter.give_password("okoro", GOOD, "mine")
    assert office.staff.given == [("okoro", GOOD, "mine")]
    assert office.said == ["New password set for J Okoro"]


def test_an_answer_that_comes_after_the_screen_was_left_is_not_shown() -> None:
    later = Later()
    office = Office(tasks=later)
    office.presenter.leave()
    later.answer()
    assert office.view.rows == ()


class Settings:
    """Three thresholds, one of them confirmed."""

    def __init__(self) -> None:
        self.rows = {
            name: SettingInForce(BY_NAME[name], value, default, by, on, 1)
            for name, value, default, by, on in (
                ("platelets", "420", "450", "", None),
                ("vegf_specimens", "plasma|serum", "plasma|serum", "", None),
                ("spleen_cm", "13", "13", "P Adams", date(2026, 11, 20)),
            )
        }
        self.refusal: RegistryError | None = None

    def everything(self) -> tuple[SettingInForce, ...]:
        return tuple(self.rows.values())

    def change(self, name: str, text: str, version: int, *, confirmed: bool) -> None:
        if self.refusal is not None:
            raise self.refusal
        assert self.rows[name].version == version
        by, on = ("P Adams", date(2026, 11, 22)) if confirmed else ("", None)
        self.rows[name] = replace(self.rows[name], value=text, confirmed_by=by, confirmed_on=on, version=version + 1)


class Desk:
    """The settings page with everything around it."""

    def __init__(self) -> None:
        self.view, self.settings, self.said = Spy(), Settings(), list[str]()
        self.feed, self.news = ChangeFeed(), list[Changed]()
        self.feed.listen(self.news.append)
        self.presenter = SettingsPresenter(self.view, self.settings, Inline(), self.feed, self.said.append)
        self.presenter.load()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_each_threshold_has_value_unit_source_and_who_confirmed_it(desk: Desk) -> None:
    rows = {row.name: row for row in desk.view.settings}
    platelets, spleen = rows["platelets"], rows["spleen_cm"]
    assert (platelets.value, platelets.default, platelets.changed) == ("420 10⁹/L", "450 10⁹/L", True)
    assert platelets.source == "WHO, clinical.md 1.4"
    assert (platelets.confirmed, spleen.confirmed) == ("", "P Adams, 20-Nov-2026")
    assert rows["vegf_specimens"].value == "plasma, serum"
    assert desk.view.words == "3 settings, 2 to check against the paper"


def test_only_what_waits_for_the_paper_can_be_listed_and_words_narrow_it(desk: Desk) -> None:
    desk.presenter.only_to_check(True)
    assert [row.name for row in desk.view.settings] == ["platelets", "vegf_specimens"]
    desk.presenter.searched("who THROMB")
    assert [row.name for row in desk.view.settings] == ["platelets"]
    assert desk.view.words == "3 settings, 2 to check against the paper"


def test_a_change_is_saved_told_to_every_screen_and_no_longer_confirmed(desk: Desk) -> None:
    desk.presenter.opened("spleen_cm")
    desk.presenter.save("spleen_cm", "12", False)
    row = next(row for row in desk.view.settings if row.name == "spleen_cm")
    assert (row.value, row.confirmed) == ("12 cm", "")
    assert [news.everything for news in desk.news] == [True]
    assert desk.said == ["Spleen enlarged above saved"]
    assert desk.view.form is None


def test_the_same_value_can_be_confirmed_and_left_alone(desk: Desk) -> None:
    desk.presenter.opened("platelets")
    desk.presenter.save("platelets", " 420 ", False)
    assert (desk.news, desk.view.form) == ([], None)
    desk.presenter.save("platelets", "420", True)
    assert desk.settings.rows["platelets"].confirmed_by == "P Adams"


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (InvalidInput({"platelets": "cannot be read"}), "Cannot be read."),
        (InvalidInput({"light_chain_ratio_upper": "is below the lower one"}), "Is below the lower one."),
        (StaleRecord(), str(StaleRecord())),
    ],
)
def test_a_value_that_cannot_be_is_told_in_the_form(desk: Desk, refusal: RegistryError, words: str) -> None:
    desk.settings.refusal = refusal
    desk.presenter.opened("platelets")
    desk.presenter.save("platelets", "many", True)
    assert desk.view.refused == words
    assert desk.view.form is not None
    assert desk.news == []


def test_leaving_the_screen_closes_its_form(office: Office, desk: Desk) -> None:
    office.presenter.opened("okoro")
    AdminPresenter(office.view, office.presenter, desk.presenter).leave()
    assert office.view.form is None
