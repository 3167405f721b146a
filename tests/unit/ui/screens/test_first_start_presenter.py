"""The first start decides: nothing is made before the recovery key came back from paper, and nothing secret stays."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from poems_registry.domain.access import Role
from poems_registry.domain.errors import CannotOpen, InvalidInput, RegistryError
from poems_registry.domain.locations import Location, ServerAddress
from poems_registry.services.doors import FirstPerson, Training
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.first_start.presenter import FirstStartPresenter, Page
from poems_registry.ui.tasks import Cancelled, Inline
from tests.unit.ui.screens.later import Later

KEY = "-".join(["ABCD2345"] * 8)
PLACE = {"clinic": "National POEMS Clinic", "hospital": "Example Hospital", "file": "poems.registry"}
PHRASES = {
    "admin1": "velvet harbour onion tractor lemon",
    "admin2": "saddle pepper window bottle river",
    "clinician": "cactus ribbon engine marble finch",
}
NAMES = {"admin1": ("adams", "P Adams"), "admin2": ("Baker", "Q Baker"), "clinician": ("osei", "Dr B Osei")}


def people(**changes: str) -> dict[str, str]:
    """What is typed about the first three, with some fields otherwise (admin1_user="")."""
    texts: dict[str, str] = {}
    for code, (user, name) in NAMES.items():
        texts |= {f"{code}.user": user, f"{code}.name": name, f"{code}.password": PHRASES[code]}
    return texts | {key.replace("_", ".", 1): text for key, text in changes.items()}


class Spy:
    """The guided page: keeps what it was told."""

    def __init__(self) -> None:
        self.page = Page.CHOOSE
        self.place = ""
        self.problems: Mapping[str, str] = {}
        self.judged: dict[str, bool] = {}
        self.phrases: dict[str, str] = {}
        self.groups: Sequence[str] = ()
        self.kept = ""
        self.made = ("", "")
        self.training: Sequence[tuple[str, str, str]] = ()
        self.progress: list[tuple[int, int, bool]] = []
        self.message: Message | None = None
        self.file: Path | None = None
        self.folder: Path | None = None
        self.sheet: Sequence[str] = ()
        self.prints = True
        self.asking_server = False
        self.address_wrong = ""

    def show_page(self, page: Page) -> None:
        self.page = page

    def show_place(self, folder: str) -> None:
        self.place = folder

    def mark(self, problems: Mapping[str, str]) -> None:
        self.problems = problems

    def judge(self, person: str, words: str, good: bool) -> None:
        self.judged[person] = good

    def offer_phrase(self, person: str, phrase: str) -> None:
        self.phrases[person] = phrase

    def show_key(self, groups: Sequence[str]) -> None:
        self.groups = groups

    def show_kept(self, words: str) -> None:
        self.kept = words

    def show_made(self, name: str, place: str) -> None:
        self.made = (name, place)

    def show_training(self, place: str, people: Sequence[tuple[str, str, str]], password: str) -> None:
        self.training = people

    def show_progress(self, done: int, total: int, words: str, can_stop: bool) -> None:
        self.progress.append((done, total, can_stop))

    def say(self, message: Message | None) -> None:
        self.message = message

    def ask_registry(self) -> Path | None:
        return self.file

    def ask_server(self, on: bool) -> None:
        self.asking_server, self.address_wrong = on, ""

    def refuse_server(self, words: str) -> None:
        self.address_wrong = words

    def asks(self) -> bool:
        """Whether an address is being asked for."""
        return self.asking_server

    def ask_folder(self, start: Path) -> Path | None:
        return self.folder

    def print_key(self, lines: Sequence[str]) -> bool:
        self.sheet = lines
        return self.prints

    def save_key(self, lines: Sequence[str]) -> bool:
        self.sheet = lines
        return self.prints


class Ways:
    """Doors that remember what was made."""

    def __init__(self) -> None:
        self.created: list[tuple[Path, str, str, tuple[FirstPerson, ...], str]] = []
        self.refusal: RegistryError | None = None
        self.steps: list[tuple[int, int]] = [(0, 150), (75, 150), (150, 150)]
        self.opened: list[tuple[Path, str, str]] = []

    def look(self, path: Path) -> tuple[str, ...]:
        if self.refusal is not None:
            raise self.refusal
        return ("adams",)

    def open(self, path: Path, user: str, password: str) -> Any:
        self.opened.append((path, user, password))
        return "session"

    def phrase(self) -> str:
        return PHRASES["admin1"]

    def new_recovery_key(self) -> str:
        return KEY

    def check_typed_back(self, recovery_text: str, typed: str) -> None:
        if typed != recovery_text:
            raise InvalidInput({"recovery_key": "has a typing mistake in group 2"})

    def create(
        self, path: Path, clinic_name: str, hospital: str, persons: Sequence[FirstPerson], recovery_text: str
    ) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.created.append((path, clinic_name, hospital, tuple(persons), recovery_text))

    def make_training(self, folder: Path, step: Callable[[int, int], None]) -> Training:
        for done, total in self.steps:
            step(done, total)
        return Training(folder / "training.registry", (("rahman", "Dr A Rahman", "clinician"),), "five words here")


class Going:
    """Where it led to."""

    def __init__(self) -> None:
        self.doors: list[tuple[Location, str]] = []
        self.inside: list[Any] = []

    def entered(self, signed_in: Any) -> None:
        self.inside.append(signed_in)

    def unlock(self, place: Location, user: str = "") -> None:
        self.doors.append((place, user))


class Desk:
    """Everything around one presenter."""

    def __init__(self, folder: Path, tasks: Any = None) -> None:
        self.view, self.ways, self.going, self.folder = Spy(), Ways(), Going(), folder
        self.presenter = FirstStartPresenter(self.view, self.ways, tasks or Inline(), self.going, folder)
        self.presenter.open()

    def at(self, page: Page) -> bool:
        """Whether this page is shown."""
        return self.view.page == page

    def to_the_key(self) -> None:
        """As far as the page with the recovery key."""
        self.presenter.make_new()
        self.presenter.placed(PLACE)
        self.presenter.named(people())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_registry_is_made_only_after_the_key_was_printed_and_typed_back(desk: Desk) -> None:
    desk.to_the_key()
    desk.presenter.print_key()
    desk.presenter.kept(by_hand=False)
    assert desk.at(Page.TYPE_BACK)
    desk.presenter.typed_back("something else")
    assert desk.ways.created == []
    assert "group 2" in desk.view.problems["recovery_key"]
    desk.presenter.typed_back(KEY)
    path, clinic, hospital, persons, key = desk.ways.created[0]
    assert path == desk.folder / "poems.registry"
    assert (clinic, hospital, key) == ("National POEMS Clinic", "Example Hospital", KEY)
    assert [(p.user, p.name, p.role) for p in persons] == [
        ("adams", "P Adams", Role.ADMIN),
        ("baker", "Q Baker", Role.ADMIN),
        ("osei", "Dr B Osei", Role.CLINICIAN),
    ]
    assert desk.at(Page.DONE)
    desk.presenter.enter()
    assert desk.going.doors == [(path, "adams")]


def test_the_key_does_not_leave_the_screen_before_somebody_kept_it(desk: Desk) -> None:
    desk.to_the_key()
    desk.presenter.kept(by_hand=False)
    assert desk.at(Page.KEY)
    assert "first" in desk.view.kept
    desk.view.prints = False
    desk.presenter.print_key()
    desk.presenter.kept(by_hand=False)
    assert desk.at(Page.KEY)
    desk.presenter.kept(by_hand=True)
    assert desk.at(Page.TYPE_BACK)


def test_the_sheet_holds_every_group_and_says_whose_it_is(desk: Desk) -> None:
    desk.to_the_key()
    desk.presenter.save_key()
    sheet = "\n".join(desk.view.sheet)
    assert all(group in sheet for group in KEY.split("-"))
    assert "National POEMS Clinic" in sheet
    assert "poems.registry" in sheet
    assert not any(phrase in sheet for phrase in PHRASES.values())


def test_a_place_that_is_taken_or_has_no_name_is_refused_beside_its_field(desk: Desk) -> None:
    (desk.folder / "poems.registry").write_bytes(b"somebody's")
    desk.presenter.make_new()
    desk.presenter.placed(PLACE | {"clinic": " "})
    assert set(desk.view.problems) == {"clinic", "file"}
    assert desk.at(Page.PLACE)
    for name in ("", "a/b", "a\\b", ".registry", "con:x"):
        desk.presenter.placed(PLACE | {"file": name})
        assert set(desk.view.problems) == {"file"}, name
    desk.presenter.placed(PLACE | {"file": "ours"})
    assert desk.at(Page.PEOPLE)


def test_everything_wrong_about_the_first_people_is_told_at_once(desk: Desk) -> None:
    desk.presenter.make_new()
    desk.presenter.placed(PLACE)
    desk.presenter.named(people(admin1_name="", admin2_user="ADAMS", clinician_password="osei osei osei osei"))
    assert set(desk.view.problems) == {"admin1.name", "admin2.user", "clinician.password"}
    assert desk.at(Page.PEOPLE)


def test_passwords_are_judged_while_they_are_typed_and_a_phrase_is_offered(desk: Desk) -> None:
    desk.presenter.password_typed("admin1", people(admin1_password="short"))
    assert desk.view.judged["admin1"] is False
    desk.presenter.suggest("admin1")
    desk.presenter.password_typed("admin1", people(admin1_password=desk.view.phrases["admin1"]))
    assert desk.view.judged["admin1"] is True


def test_a_refusal_while_making_is_said_and_the_steps_can_be_gone_again(desk: Desk) -> None:
    desk.to_the_key()
    desk.ways.refusal = CannotOpen("The folder cannot be written. Nothing was created. Choose another.")
    desk.presenter.kept(by_hand=True)
    desk.presenter.typed_back(KEY)
    assert desk.at(Page.PLACE)
    assert desk.view.message == Message("The folder cannot be written.", "Nothing was created. Choose another.")
    desk.ways.refusal = None
    desk.presenter.placed(PLACE)
    desk.presenter.named(people())
    desk.presenter.kept(by_hand=True)
    desk.presenter.typed_back(KEY)
    assert len(desk.ways.created) == 1


def test_going_back_keeps_the_key_and_leaving_forgets_it(desk: Desk) -> None:
    desk.to_the_key()
    desk.presenter.back()
    assert desk.at(Page.PEOPLE)
    desk.presenter.back()
    assert desk.at(Page.PLACE)
    desk.presenter.leave()
    desk.presenter.open()
    desk.presenter.print_key()
    assert not any(group and group in "".join(desk.view.sheet) for group in KEY.split("-"))


def test_an_existing_registry_leads_to_its_door_and_anything_else_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.presenter.open_existing()
    assert desk.going.doors == []
    desk.view.file = tmp_path / "there.registry"
    desk.presenter.open_existing()
    assert desk.going.doors == [(tmp_path / "there.registry", "")]
    desk.ways.refusal = CannotOpen("This is a letter. Nothing was changed.")
    desk.presenter.open_existing()
    assert desk.view.message == Message("This is a letter.", "Nothing was changed.")
    assert len(desk.going.doors) == 1


def test_an_address_leads_to_its_door_and_a_wrong_one_is_refused_beside_it(desk: Desk) -> None:
    desk.presenter.other_server()
    desk.presenter.server_named("poems.registry")
    assert desk.view.asks()
    assert "postgresql://" in desk.view.address_wrong
    assert desk.going.doors == []
    desk.presenter.server_named("postgresql://db.example/poems")
    assert not desk.view.asks()
    assert desk.going.doors == [(ServerAddress("db.example", "poems"), "")]


def test_the_training_registry_is_made_with_progress_and_entered_by_one_choice(desk: Desk) -> None:
    desk.presenter.try_training()
    assert [step[:2] for step in desk.view.progress[1:]] == desk.ways.steps
    assert desk.at(Page.TRAINED)
    desk.presenter.enter_training("rahman")
    assert desk.ways.opened == [(desk.folder / "training.registry", "rahman", "five words here")]
    assert desk.going.inside == ["session"]


def test_making_the_training_registry_can_be_stopped(tmp_path: Path) -> None:
    later = Later()
    desk = Desk(tmp_path, later)
    desk.presenter.try_training()
    desk.presenter.stop()
    later.answer()
    assert desk.at(Page.CHOOSE)
    assert desk.view.message is not None
    assert desk.view.message.cause == str(Cancelled()).partition(". ")[0] + "."


def test_another_folder_is_offered_from_then_on(desk: Desk, tmp_path: Path) -> None:
    desk.view.folder = tmp_path / "elsewhere"
    desk.presenter.choose_folder()
    assert desk.view.place == str(tmp_path / "elsewhere")
    desk.to_the_key()
    desk.presenter.kept(by_hand=True)
    desk.presenter.typed_back(KEY)
    assert desk.ways.created[0][0] == tmp_path / "elsewhere" / "poems.registry"
