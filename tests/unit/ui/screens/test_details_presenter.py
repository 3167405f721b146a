"""The details form decides: all problems at once, nobody twice, two people's changes met, typing never lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotSaved, RegistryError, StaleRecord
from poems_registry.domain.merging import Side
from poems_registry.domain.records import AllergyState, Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import DETAILS, FormKey, KeptForm
from poems_registry.services.patients import LookAlikes
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.conflict.shown import ConflictShown
from poems_registry.ui.screens.details.alike import Comparison
from poems_registry.ui.screens.details.fields import Section
from poems_registry.ui.screens.details.presenter import DetailsPresenter
from poems_registry.ui.screens.details.reading import Answer
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.later import Later

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
ANN = Patient(
    id=5,
    version=3,
    family_name="Smith",
    given_name="Ann",
    born=PartialDate(1955, 7, 14),
    nhs_number="9990000050",
    phone="020 7946 0001",
    research_consent="given for data only",
)


@dataclass
class Me:
    """Who is signed in."""

    role: Role = Role.CLINICIAN
    read_only: bool = False
    training: bool = True

    @property
    def today(self) -> date:
        return TODAY

    def may(self, permission: Permission) -> bool:
        return permission in DEFAULTS[self.role]


class Registry:
    """One known person, and whatever is added."""

    def __init__(self, me: Me) -> None:
        self.me = me
        self.known = ANN
        self.added: list[tuple[Patient, bool]] = []
        self.changed: list[Patient] = []
        self.refusals: list[RegistryError] = []

    @property
    def signed_in(self) -> Me:
        return self.me

    def who(self, patient_id: int) -> Patient:
        assert patient_id == self.known.id
        return self.known

    def add(self, patient: Patient, *, another_person: bool = False) -> tuple[Patient, Changed]:
        if self.refusals:
            raise self.refusals.pop(0)
        self.added.append((patient, another_person))
        return replace(patient, id=9), Changed(patients=frozenset({9}))

    def changed_by(self, patient_id: int) -> tuple[str, datetime] | None:
        return ("Dr B. Osei", NOW) if patient_id == self.known.id else None

    def change(self, patient: Patient) -> tuple[Patient, Changed]:
        if self.refusals:
            raise self.refusals.pop(0)
        self.changed.append(patient)
        self.known = replace(patient, version=patient.version + 1)
        return self.known, Changed(patients=frozenset({patient.id}))


class Forms:
    """What was typed and not saved, as the registry keeps it."""

    def __init__(self) -> None:
        self.left: dict[FormKey, KeptForm] = {}
        self.refusals: list[RegistryError] = []

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime:
        if self.refusals:
            raise self.refusals.pop(0)
        self.left[key] = KeptForm(key, NOW, content)
        return NOW

    def load(self, key: FormKey) -> KeptForm | None:
        return self.left.get(key)

    def drop(self, key: FormKey) -> None:
        self.left.pop(key, None)


class Spy:
    """The form: keeps what it shows."""

    def __init__(self) -> None:
        self.title = ""
        self.sections: Sequence[Section] = ()
        self.texts: dict[str, str] = {}
        self.new = self.editable = False
        self.answers: dict[str, Answer] = {}
        self.summary: Sequence[tuple[str, str, str]] = ()
        self.alike: Comparison | None = None
        self.unsaved = False
        self.focused = ""
        self.message: Message | None = None
        self.words = ""
        self.reminders: list[int] = []
        self.conflict: ConflictShown | None = None

    def show_form(
        self, title: str, sections: Sequence[Section], texts: Mapping[str, str], new: bool, editable: bool
    ) -> None:
        self.title, self.sections, self.texts = title, sections, dict(texts)
        self.new, self.editable, self.answers = new, editable, {}

    def show_text(self, code: str, text: str) -> None:
        self.texts[code] = text

    def show_answer(self, code: str, answer: Answer) -> None:
        self.answers[code] = answer

    def show_summary(self, problems: Sequence[tuple[str, str, str]]) -> None:
        self.summary = problems

    def show_alike(self, comparison: Comparison | None) -> None:
        self.alike = comparison

    def show_changed(self, changed: bool) -> None:
        self.unsaved = changed

    def focus_field(self, code: str) -> None:
        self.focused = code

    def say(self, message: Message | None) -> None:
        self.message = message

    def busy(self, words: str) -> None:
        self.words = words

    def remind(self, after_ms: int) -> None:
        self.reminders.append(after_ms)

    def ask_conflict(self, conflict: ConflictShown) -> None:
        self.conflict = conflict


class Going:
    """Where it led to, and what was said."""

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.lists = 0
        self.said: list[str] = []
        self.banners: list[str] = []

    def patients(self) -> None:
        self.lists += 1

    def patient(self, patient_id: int) -> None:
        self.opened.append(patient_id)

    def show_patient(self, patient: Patient) -> None:
        self.banners.append(patient.family_name)

    def say_saved(self, words: str) -> None:
        self.said.append(words)


class Desk:
    """Everything around one presenter; `news` is what the others were told."""

    def __init__(self, me: Me | None = None, tasks: Any = None) -> None:
        self.view, self.registry, self.going, self.feed = Spy(), Registry(me or Me()), Going(), ChangeFeed()
        self.news: list[Changed] = []
        self.feed.listen(self.news.append)
        self.tasks, self.forms = tasks or Inline(), Forms()
        self.presenter = self.another_screen()

    def another_screen(self) -> DetailsPresenter:
        """As after another start of the program: only what the registry keeps is there."""
        self.view = Spy()
        self.presenter = DetailsPresenter(self.view, self.registry, self.tasks, self.feed, self.going, self.forms)
        return self.presenter

    def typing(self, **texts: str) -> None:
        """Type into fields."""
        for code, text in texts.items():
            self.presenter.typed(code, text)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_new_form_is_empty_and_answers_nothing_for_the_person(desk: Desk) -> None:
    desk.presenter.add()
    assert desk.view.new
    assert desk.view.title == "Add patient"
    filled = {code: text for code, text in desk.view.texts.items() if text}
    assert filled == {"status": "referred", "print_size": "12"}
    assert desk.view.focused == "family_name"


def test_a_person_is_added_and_opened_and_the_others_hear_of_it(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(family_name="Whitlock", given_name="Iris", born="2 Mar 1958", nhs_number="9990001375")
    desk.presenter.save()
    patient, another = desk.registry.added[0]
    assert (patient.family_name, patient.born, patient.nhs_number) == (
        "Whitlock",
        PartialDate(1958, 3, 2),
        "9990001375",
    )
    assert another is False
    assert patient.allergy_state is AllergyState.NOT_RECORDED
    assert desk.news == [Changed(patients=frozenset({9}))]
    assert desk.going.opened == [9]
    assert desk.going.said == ["Added WHITLOCK, Iris"]


def test_all_problems_stand_beside_their_fields_and_on_top_and_what_was_typed_stays(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(family_name="Whitlock", born="14/7/26", nhs_number="123", postcode="XX1 1XX")
    desk.presenter.save()
    assert [code for code, _, _ in desk.view.summary] == ["born", "nhs_number", "postcode"]
    assert desk.view.answers["nhs_number"].problem == "This number is too short: 3 of 10 figures."
    assert len(desk.view.answers["born"].offers) == 2
    assert desk.view.answers["family_name"].problem == ""
    assert desk.registry.added == []
    desk.presenter.chosen("born", "14-Jul-1926")
    assert desk.view.texts["born"] == "14-Jul-1926"
    desk.typing(nhs_number="", postcode="")
    desk.presenter.save()
    assert desk.registry.added[0][0].born == PartialDate(1926, 7, 14)


def test_what_the_registry_refuses_stands_beside_its_field_too(desk: Desk) -> None:
    desk.registry.refusals = [InvalidInput({"hospital_number": "already belongs to another patient of this registry"})]
    desk.presenter.add()
    desk.typing(family_name="Whitlock", hospital_number="77")
    desk.presenter.save()
    assert desk.view.answers["hospital_number"].problem.startswith("already belongs")
    assert desk.view.summary[0][1] == "Hospital number"


def test_a_field_is_written_tidily_when_it_is_left_and_told_what_is_wrong(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(phone="02079460123", born="14.7.1955", nhs_number="999000005")
    for code in ("phone", "born", "nhs_number"):
        desk.presenter.left(code)
    assert desk.view.texts["phone"] == "020 7946 0123"
    assert desk.view.texts["born"] == "14-Jul-1955"
    assert desk.view.answers["born"].note == "Now 71y old"
    assert desk.view.answers["nhs_number"].problem
    desk.typing(nhs_number="9990000050")
    assert desk.view.answers["nhs_number"].problem == ""


def test_somebody_like_this_is_shown_beside_and_a_person_chooses(desk: Desk) -> None:
    desk.registry.refusals = [LookAlikes((ANN,))]
    desk.presenter.add()
    desk.typing(family_name="smith", given_name="ANN", phone="020 7946 0002")
    desk.presenter.save()
    alike = desk.view.alike
    assert alike is not None
    same = dict(zip(alike.labels, alike.candidates[0].same, strict=True))
    assert (same["Name"], same["Born"], same["NHS No."], same["Phone"]) == (True, False, False, False)
    assert alike.may_be_another
    desk.presenter.another_person()
    assert [another for _, another in desk.registry.added] == [True]


def test_the_same_nhs_number_leaves_no_second_choice(desk: Desk) -> None:
    desk.registry.refusals = [LookAlikes((ANN,))]
    desk.presenter.add()
    desk.typing(family_name="Other", nhs_number="999 000 0050")
    desk.presenter.save()
    assert desk.view.alike is not None
    assert desk.view.alike.may_be_another is False


def test_opening_the_known_record_keeps_what_was_typed_for_the_way_back(desk: Desk) -> None:
    desk.registry.refusals = [LookAlikes((ANN,))]
    desk.presenter.add()
    desk.typing(family_name="Smith", language_need="Welsh")
    desk.presenter.save()
    desk.presenter.open_that(ANN.id)
    desk.presenter.leave()
    assert desk.going.opened == [ANN.id]
    desk.presenter.add()
    assert desk.view.texts["language_need"] == "Welsh"
    assert desk.view.message is not None
    assert desk.view.message.cause == "What you typed before is here again."


def test_a_known_person_is_changed_with_the_version_that_was_seen(desk: Desk) -> None:
    desk.presenter.open(ANN.id, "phone")
    assert desk.view.title == "Details, SMITH, Ann"
    assert desk.view.focused == "phone"
    desk.typing(phone="020 7946 0999")
    assert desk.view.unsaved
    desk.presenter.save()
    assert desk.registry.changed == [replace(ANN, phone="020 7946 0999")]
    assert desk.going.said == ["Details of SMITH, Ann saved"]
    assert vars(desk.view)["unsaved"] is False


def test_a_known_persons_form_stands_under_their_banner_and_never_puts_it_over_another_screen() -> None:
    later = Later()
    desk = Desk(tasks=later)
    desk.presenter.open(ANN.id)
    assert desk.going.banners == []
    later.answer()
    assert desk.going.banners == ["Smith"]
    desk.presenter.open(ANN.id)
    desk.presenter.leave()
    later.answer()
    assert desk.going.banners == ["Smith"]


def test_an_answer_that_no_list_knows_any_more_can_still_be_seen_and_kept(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    consent = next(f for s in desk.view.sections for f in s.fields if f.code == "research_consent")
    assert ("given for data only", "given for data only") in consent.answers
    desk.presenter.save()
    assert desk.registry.changed == [ANN]


def met(desk: Desk) -> ConflictShown:
    """Two changed the same phone number, and each something else too."""
    desk.presenter.open(ANN.id)
    desk.typing(phone="020 7946 0999", email="ann@example.org")
    desk.registry.refusals = [StaleRecord()]
    desk.registry.known = replace(ANN, version=4, phone="020 7946 0777", postcode="N1C 4AA")
    desk.presenter.save()
    assert desk.view.conflict is not None
    return desk.view.conflict


def test_a_field_that_two_changed_is_shown_as_it_was_as_mine_and_as_theirs(desk: Desk) -> None:
    conflict = met(desk)
    assert [(line.label, line.before, line.mine, line.theirs) for line in conflict.lines] == [
        ("Phone", "020 7946 0001", "020 7946 0999", "020 7946 0777")
    ]
    assert conflict.theirs_by.startswith("Dr B. Osei, ")
    assert conflict.button == "Save choices for SMITH, Ann"
    assert conflict.taken == ("Taken from theirs: Postcode: N1C 4AA",)
    assert desk.registry.changed == []
    assert desk.view.texts["phone"] == "020 7946 0001", "nothing is put over what stands on the form"


@pytest.mark.parametrize(("side", "phone"), [(Side.MINE, "020 7946 0999"), (Side.THEIRS, "020 7946 0777")])
def test_what_is_chosen_is_saved_with_what_only_one_of_both_changed(desk: Desk, side: Side, phone: str) -> None:
    met(desk)
    desk.presenter.settled({"phone": side})
    (saved,) = desk.registry.changed
    assert (saved.version, saved.phone, saved.postcode, saved.email) == (4, phone, "N1C 4AA", "ann@example.org")
    assert desk.forms.left == {}


def test_going_back_from_the_choice_keeps_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    met(desk)
    desk.presenter.leave()
    desk.another_screen().open(ANN.id)
    assert desk.registry.changed == []
    assert desk.view.texts["email"] == "ann@example.org"
    assert desk.view.conflict is not None, "the choice is asked again: theirs is in the record by now"


def test_changes_of_different_fields_meet_without_a_question(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(email="ann@example.org")
    desk.registry.refusals = [StaleRecord()]
    desk.registry.known = replace(ANN, version=4, postcode="N1C 4AA")
    desk.presenter.save()
    assert desk.view.conflict is None
    assert (desk.view.texts["postcode"], desk.view.texts["email"]) == ("N1C 4AA", "ann@example.org")
    assert desk.view.message is not None
    desk.presenter.save()
    assert (desk.registry.changed[0].version, desk.registry.changed[0].postcode) == (4, "N1C 4AA")


def test_what_is_typed_is_in_the_registry_within_three_seconds_and_there_after_a_crash(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="020 7946 0999")
    assert desk.view.reminders
    assert desk.view.reminders[0] < 3000
    desk.presenter.woken()
    assert not desk.presenter.has_unkept
    desk.another_screen().open(ANN.id)
    assert desk.view.texts["phone"] == "020 7946 0999"
    assert desk.view.message is not None
    assert desk.view.message.rest.startswith("It is not saved yet. You typed it on 22-Nov-2026")
    desk.presenter.save()
    assert desk.registry.changed[0].phone == "020 7946 0999"
    assert desk.forms.left == {}


def test_a_new_persons_details_come_back_after_a_crash_too(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(family_name="Łukasiewicz")
    desk.presenter.leave()
    assert set(desk.forms.left) == {FormKey(DETAILS)}
    desk.another_screen().add()
    assert desk.view.texts["family_name"] == "Łukasiewicz"
    desk.presenter.save()
    assert desk.forms.left == {}


def test_what_was_typed_and_typed_back_is_nothing_to_restore(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="1")
    desk.typing(phone=ANN.phone)
    desk.presenter.leave()
    desk.another_screen().open(ANN.id)
    assert desk.view.message is None


def test_what_could_not_be_kept_is_told_and_counts_as_unkept(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="1")
    desk.forms.refusals = [NotSaved("The disk is full. Nothing was saved. Free some space.")]
    desk.presenter.woken()
    assert desk.presenter.has_unkept
    assert desk.view.message == Message("The disk is full.", "Nothing was saved. Free some space.")
    desk.presenter.woken()
    assert not desk.presenter.has_unkept


def test_a_save_that_did_not_reach_the_disk_keeps_the_form_as_typed(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="020 7946 0999")
    desk.registry.refusals = [NotSaved("The disk is full. Nothing was saved. Free some space.")]
    desk.presenter.save()
    assert desk.view.message == Message("The disk is full.", "Nothing was saved. Free some space.")
    assert desk.view.unsaved
    desk.presenter.save()
    assert desk.registry.changed[0].phone == "020 7946 0999"


def test_undo_puts_the_known_record_back_and_cancel_leaves_a_new_one(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="x")
    desk.presenter.take_back()
    assert desk.view.texts["phone"] == "020 7946 0001"
    assert desk.going.lists == 0
    desk.presenter.add()
    desk.typing(family_name="Whitlock")
    desk.presenter.take_back()
    assert desk.going.lists == 1
    desk.presenter.leave()
    desk.presenter.add()
    assert desk.view.texts["family_name"] == ""


def test_a_change_elsewhere_refreshes_an_untouched_form_and_never_a_touched_one(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.registry.known = replace(ANN, version=4, phone="020 7946 0777")
    desk.feed.publish(Changed(patients=frozenset({ANN.id})))
    assert desk.view.texts["phone"] == "020 7946 0777"
    desk.typing(phone="020 7946 0888")
    desk.registry.known = replace(ANN, version=5, phone="020 7946 0666")
    desk.feed.publish(Changed(patients=frozenset({ANN.id})))
    desk.presenter.leave()
    desk.presenter.open(ANN.id)
    assert desk.view.texts["phone"] == "020 7946 0888"


def test_who_may_not_view_findings_sees_no_allergies() -> None:
    admin = Desk(Me(Role.ADMIN))
    admin.presenter.open(ANN.id)
    codes = {section.code for section in admin.view.sections}
    assert "allergies" not in codes
    assert "diagnosis" not in codes
    assert admin.view.editable


def test_a_registry_that_can_only_be_read_is_not_written_to() -> None:
    desk = Desk(Me(read_only=True))
    desk.presenter.open(ANN.id)
    desk.presenter.save()
    assert desk.view.editable is False
    assert desk.registry.changed == []


def test_a_person_saved_after_the_screen_was_left_is_told_to_the_others_and_opens_nothing() -> None:
    later = Later()
    desk = Desk(tasks=later)
    desk.presenter.add()
    later.answer()
    desk.typing(family_name="Whitlock")
    desk.presenter.save()
    desk.presenter.save()  # a second press is no second person
    assert len(later.waiting) == 1
    desk.presenter.leave()
    assert desk.forms.left == {}, "what is being saved is not kept beside"
    desk.presenter.add()
    later.answer()
    later.answer()
    assert desk.news == [Changed(patients=frozenset({9}))]
    assert desk.going.opened == []
    assert desk.view.texts["family_name"] == ""  # else it would be saved a second time
