"""Signed letters on a real encrypted file: copied, sent, and kept from who may not read them."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from poems_registry.domain.correspondence import Addressee, Delivery, LetterKind, Recipient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, NotSaved
from poems_registry.domain.records import EncounterState, LetterRecord, LetterState
from poems_registry.domain.treatments import Event
from poems_registry.letters.closing import recipients
from poems_registry.services.access import SignedIn
from poems_registry.services.letters import Edits, LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.queued_copies import HAS_DIED
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.treatments import TreatmentService
from poems_registry.storage import audit
from poems_registry.storage import letters as stored
from tests.integration.pages.reading import page_texts
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_visit_to_letter import signed_visit, someone_alive, with_details
from tests.integration.storage.test_speed_shapes import statements


def signed_letter(me: SignedIn, *edits: tuple[str, str]) -> LetterRecord:
    """The letter of a new visit, signed with these words of its author."""
    visit = signed_visit(me)
    with_details(me, visit.patient_id)
    letters = LetterService(me)
    letter = letters.open(letters.start(visit.id)).letter
    said: Edits = edits
    letter = letters.keep(letter.id, letter.row_version, said)
    signed, _ = letters.sign(letter.id, letter.row_version, PASSWORD)
    return signed


def test_a_saved_copy_is_the_frozen_letter_and_nobody_elses_to_read(sign_in: SignIn, tmp_path: Path) -> None:
    me = sign_in("rahman")
    letters = LetterService(me)
    letter = signed_letter(me)
    path = tmp_path / "copy.pdf"
    letters.save_copy(letter.id, path)
    assert path.stat().st_mode & 0o777 == 0o600
    with me.store.reading() as session:
        newest = next(iter(audit.entries(session, letter.patient_id, limit=1)))
    assert (newest.action, newest.object, newest.object_id) == ("export", "letter", str(letter.id))
    assert path.read_bytes() == letters.pdf(letter.id)
    with pytest.raises(NotSaved):
        letters.save_copy(letter.id, tmp_path / "no such folder" / "copy.pdf")


def test_who_may_print_but_not_view_findings_is_given_none_of_a_letters_words(sign_in: SignIn) -> None:
    letter = signed_letter(sign_in("rahman"), ("summary", "You walk well."))
    admin = sign_in("castellan")
    noted = LetterService(admin).dispatched(letter.id, letter.row_version)
    assert noted.state is LetterState.DISPATCHED
    assert (noted.edits, noted.reason) == ((), "")
    assert LetterService(sign_in("rahman")).open(letter.id).letter.edits == (("summary", "You walk well."),)


def copies_of(letters: LetterService, letter: LetterRecord) -> dict[Addressee, Recipient]:
    return {copy.addressee: copy for copy in letters.copies(letter.id)}


def test_a_letter_has_gone_when_its_last_copy_has_and_each_says_who_did_it_and_when(
    sign_in: SignIn, tmp_path: Path
) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me)
    letters = LetterService(sign_in("okoro"))
    own = copies_of(letters, letter)
    assert set(own) == {Addressee.PATIENT, Addressee.PRACTICE}
    patient = PatientService(letters.signed_in).who(letter.patient_id)
    assert own[Addressee.PATIENT].address[-1] == patient.postcode
    assert own[Addressee.PRACTICE].address[0] == patient.practice.name
    assert not set(own[Addressee.PRACTICE].address) & {*patient.address[:1], patient.postcode}
    patient_copy = own[Addressee.PATIENT].id
    letters.save_recipients_copy(patient_copy, 1, tmp_path / "one.pdf")
    printed = letters.came_out(patient_copy, 1)
    letters.save_recipients_copy(patient_copy, printed.row_version, tmp_path / "two.pdf")
    again = letters.came_out(patient_copy, printed.row_version)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    letters.given(again.id, again.row_version)
    assert letters.open(letter.id).letter.state is LetterState.SIGNED
    sent = letters.sent(own[Addressee.PRACTICE].id, 1)
    assert (sent.by, sent.delivery) == (letters.signed_in.person.name, Delivery.SENT)
    assert letters.open(letter.id).letter.state is LetterState.DISPATCHED
    (card,) = [card for card in letters.board() if card.letter is not None and card.letter.id == letter.id]
    assert card.sent_day == 0


def test_a_saved_file_is_an_export_and_only_paper_that_was_seen_is_a_print(sign_in: SignIn, tmp_path: Path) -> None:
    letter = signed_letter(sign_in("rahman"))
    letters = LetterService(sign_in("okoro"))
    copy = copies_of(letters, letter)[Addressee.PATIENT]
    letters.save_recipients_copy(copy.id, copy.row_version, tmp_path / "copy.pdf")
    assert copies_of(letters, letter)[Addressee.PATIENT] == copy
    letters.came_out(copy.id, copy.row_version)
    again = letters.came_out(copy.id, copies_of(letters, letter)[Addressee.PATIENT].row_version)
    assert (again.delivery, again.by) == (Delivery.PRINTED, letters.signed_in.person.name)
    with letters.signed_in.store.reading() as session:
        entries = [e for e in audit.entries(session, letter.patient_id, limit=20) if e.action in ("print", "export")]
    assert [(e.action, json.loads(e.new).get("reprint", False)) for e in entries] == [
        ("print", True),
        ("print", False),
        ("export", False),
    ]


def test_illegal_steps_are_refused_by_the_service_and_change_nothing(sign_in: SignIn, tmp_path: Path) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    own = copies_of(letters, letter)
    patient = own[Addressee.PATIENT]
    with pytest.raises(NotAllowedNow, match="waits to be printed"):
        letters.given(patient.id, patient.row_version)
    with pytest.raises(NotAllowedNow, match="signed"):
        letters.make_ready(letter.id, letters.open(letter.id).letter.row_version)
    with pytest.raises(NotAllowedNow, match="signed"):
        letters.keep(letter.id, letters.open(letter.id).letter.row_version, (("summary", "Other words."),))
    letters.withdraw(letter.id, letters.open(letter.id).letter.row_version, "wrong person")
    (withdrawn,) = {copy.delivery for copy in letters.copies(letter.id)}
    assert withdrawn is Delivery.WITHDRAWN
    now = copies_of(letters, letter)[Addressee.PATIENT]
    with pytest.raises(NotAllowedNow, match="withdrawn"):
        letters.save_recipients_copy(now.id, now.row_version, tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()
    with pytest.raises(NotAllowedNow):
        letters.amend(letter.id, "too late")
    with pytest.raises(InvalidInput):
        letters.withdraw(letter.id, letters.open(letter.id).letter.row_version, " ")


def test_only_who_may_sign_takes_a_signed_letter_back(sign_in: SignIn) -> None:
    letter = signed_letter(sign_in("rahman"))
    nurse = LetterService(sign_in("okoro"))
    with pytest.raises(NotPermitted):
        nurse.withdraw(letter.id, nurse.open(letter.id).letter.row_version, "not mine to do")
    assert nurse.open(letter.id).letter.state is LetterState.SIGNED


def test_a_draft_is_handed_over_as_ready_and_is_a_draft_again_when_a_word_changes(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    letter = letters.open(letters.start(visit.id)).letter
    people = PatientService(letters.signed_in)
    people.change(replace(people.who(visit.patient_id), address_checked_on=None))
    with pytest.raises(InvalidInput) as blocked:
        letters.make_ready(letter.id, letter.row_version)
    assert list(blocked.value.problems) == ["address_checked"]
    with_details(letters.signed_in, visit.patient_id)
    ready = letters.make_ready(letter.id, letter.row_version)
    assert ready.state is LetterState.READY
    assert letters.keep(ready.id, ready.row_version, (("summary", "New."),)).state is LetterState.DRAFT


def test_a_new_version_offers_the_same_recipients_and_takes_back_what_waited(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    (practice,) = recipients(someone_alive(letters.signed_in).patient, None)
    first = signed_letter(letters.signed_in, ("copies", f"Dr M Lee, neurologist\n{practice}"))
    (lee,) = [copy for copy in letters.copies(first.id) if copy.addressee is Addressee.OTHER]
    letters.sent(lee.id, lee.row_version)
    second = letters.open(letters.amend(first.id, "the dose was wrong")).letter
    letters.sign(second.id, second.row_version, PASSWORD)
    assert [copy.name for copy in letters.copies(second.id)] == [copy.name for copy in letters.copies(first.id)]
    assert {copy.delivery for copy in letters.copies(second.id)} == {Delivery.WAITING}
    old = letters.copies(first.id)
    assert {copy.note for copy in old if copy.delivery is Delivery.WITHDRAWN} == {"Replaced by version 2"}
    assert [copy.name for copy in old if copy.delivery is Delivery.SENT] == ["Dr M Lee, neurologist"]
    text = letters.open(second.id).letter
    assert (text.version, text.reason) == (2, "the dose was wrong")


def test_when_somebody_dies_nothing_addressed_to_them_leaves_and_the_gps_copy_still_may(
    sign_in: SignIn, tmp_path: Path
) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    people = PatientService(letters.signed_in)
    visit = letters.open(letter.id).encounter
    draft = letters.start(visit.id, LetterKind.RESULTS)
    colleague = letters.start(visit.id, LetterKind.PROFESSIONAL)
    people.change(replace(people.who(letter.patient_id), died=PartialDate(2026, 11, 20)))
    own = copies_of(letters, letter)
    assert (own[Addressee.PATIENT].delivery, own[Addressee.PATIENT].note) == (Delivery.WITHDRAWN, HAS_DIED)
    with pytest.raises(NotAllowedNow):
        letters.save_recipients_copy(own[Addressee.PATIENT].id, own[Addressee.PATIENT].row_version, tmp_path / "no.pdf")
    for refused in (letters.pdf, letters.plain_words):
        with pytest.raises(NotAllowedNow, match="has died"):
            refused(letter.id)
    letters.save_recipients_copy(own[Addressee.PRACTICE].id, own[Addressee.PRACTICE].row_version, tmp_path / "gp.pdf")
    assert (tmp_path / "gp.pdf").exists()
    assert letters.open(draft).letter.state is LetterState.WITHDRAWN
    assert letters.open(draft).letter.withdrawn_because == HAS_DIED
    assert letters.open(colleague).letter.state is LetterState.DRAFT


def test_a_death_noted_among_the_events_takes_queued_copies_back_too(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    treatments = TreatmentService(letters.signed_in)
    treatments.keep(Event(patient_id=letter.patient_id, kind="death", on=PartialDate(2026, 11, 20)))
    assert copies_of(letters, letter)[Addressee.PATIENT].delivery is Delivery.WITHDRAWN


def test_plain_words_are_frozen_when_first_asked_for_and_refused_once_the_record_says_something_else(
    sign_in: SignIn,
) -> None:
    letters = LetterService(sign_in("rahman"))
    first, second = (signed_letter(letters.signed_in, ("summary", words)) for words in ("Well.", "Better."))
    made = letters.plain_words(first.id)
    people = PatientService(letters.signed_in)
    people.change(replace(people.who(first.patient_id), family_name="Changed"))
    assert letters.plain_words(first.id) == made
    with pytest.raises(NotAllowedNow, match="has changed since"):
        letters.plain_words(second.id)


def test_a_letter_of_each_kind_is_begun_from_a_signed_visit_and_numbered_for_itself(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    file = someone_alive(letters.signed_in)
    visit = next(e for e in reversed(file.counted) if e.state is EncounterState.SIGNED)
    missed = visit.on + timedelta(days=1)
    today = letters.signed_in.today
    days = dict.fromkeys(LetterKind, missed) | {LetterKind.REMINDER: today + timedelta(days=7)}
    del days[LetterKind.FIRST_MISSED]
    made = {kind: letters.start(visit.id, kind, day) for kind, day in days.items()}
    assert len({letters.open(each).letter.number for each in made.values()}) == len(days)
    with pytest.raises(NotAllowedNow, match="has been seen"):
        letters.start(visit.id, LetterKind.FIRST_MISSED, missed)
    with pytest.raises(InvalidInput):
        letters.start(visit.id, LetterKind.REMINDER, today - timedelta(days=1))
    assert letters.start(visit.id, LetterKind.RESULTS) == made[LetterKind.RESULTS]
    assert letters.open(made[LetterKind.DID_NOT_ATTEND]).letter.about_on == missed
    for wrong in (None, letters.signed_in.today + timedelta(days=1), visit.on):
        with pytest.raises(InvalidInput):
            letters.start(visit.id, LetterKind.DID_NOT_ATTEND, wrong)


def test_a_letter_begun_for_another_day_is_about_the_day_that_was_asked_for(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    file = someone_alive(letters.signed_in)
    visit = next(e for e in reversed(file.counted) if e.state is EncounterState.SIGNED)
    missed, today = visit.on + timedelta(days=1), letters.signed_in.today
    days = {LetterKind.REMINDER: (today + timedelta(days=5), today + timedelta(days=58))}
    days[LetterKind.DID_NOT_ATTEND] = (missed, missed + timedelta(days=1))
    for kind, (first, second) in days.items():
        one, other = letters.start(visit.id, kind, first), letters.start(visit.id, kind, second)
        assert [letters.open(each).letter.about_on for each in (one, other)] == [first, second]
        assert letters.start(visit.id, kind, first) == one
    begun = letters.start(visit.id, LetterKind.RESULTS, missed)
    assert letters.start(visit.id, LetterKind.RESULTS, today) == begun
    assert letters.open(begun).letter.about_on == today


def test_the_signed_reminder_of_a_day_is_given_and_not_made_twice(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    with_details(letters.signed_in, visit.patient_id)
    day = letters.signed_in.today + timedelta(days=7)
    letter = letters.open(letters.start(visit.id, LetterKind.REMINDER, day)).letter
    letters.sign(letter.id, letter.row_version, PASSWORD)
    assert letters.start(visit.id, LetterKind.REMINDER, day) == letter.id
    other = letters.start(visit.id, LetterKind.REMINDER, day + timedelta(days=1))
    assert other != letter.id


def test_what_is_kept_from_the_patient_needs_a_reason_in_words_and_blocks_a_letter_to_them(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    with_details(letters.signed_in, visit.patient_id)
    letter = letters.open(letters.start(visit.id)).letter
    marked = letters.keep_from_patient(letter.id, letter.row_version, "tells of her sister")
    with pytest.raises(InvalidInput) as blocked:
        letters.sign(letter.id, marked.row_version, PASSWORD)
    assert list(blocked.value.problems) == ["not_for_patient"]
    free = letters.keep_from_patient(letter.id, marked.row_version, "  ")
    assert letters.open(letter.id).blocks == ()
    assert free.not_for_patient == ""


def test_rule_set_settings_and_template_are_frozen_with_the_letter(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me)
    with me.store.reading() as session:
        pages = stored.signed_pages(session, letter.id)
    assert pages.rules["rule_set"]
    assert "serum_vegf_decision_level" in pages.rules
    assert pages.template_version == "clinic-4"


def test_the_check_of_the_registry_finds_plain_words_that_were_altered(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me)
    LetterService(me).plain_words(letter.id)
    with me.store.writing(me.actor) as session:
        session.execute(text("DROP TRIGGER letter_form_no_update"))
        session.execute(text("UPDATE letter_form SET pdf = x'00'"))
    checked = SafekeepingService(sign_in("castellan")).check()
    assert f"letter {letter.id}: its plain words are not those that were frozen" in checked.problems


def test_a_third_partys_copy_comes_with_a_sheet_that_shows_their_address_and_no_patient(
    sign_in: SignIn, tmp_path: Path
) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    own = copies_of(letters, letter)
    patient = PatientService(letters.signed_in).who(letter.patient_id)
    letters.save_recipients_copy(own[Addressee.PATIENT].id, 1, tmp_path / "patient.pdf")
    letters.save_recipients_copy(own[Addressee.PRACTICE].id, 1, tmp_path / "practice.pdf")
    assert {path.name for path in tmp_path.glob("p*.pdf")} == {"patient.pdf", "practice.pdf", "practice-address.pdf"}
    (sheet,) = page_texts((tmp_path / "practice-address.pdf").read_bytes())
    assert patient.practice.name in sheet
    assert letter.number in sheet
    for secret in (patient.family_name, patient.family_name.upper(), patient.postcode, patient.nhs_number):
        assert secret not in sheet


def test_a_signed_letter_for_a_screen_reader_says_the_very_words_that_were_signed(
    sign_in: SignIn, tmp_path: Path
) -> None:
    me = sign_in("rahman")
    letters = LetterService(me)
    letter = signed_letter(me, ("summary", "You walk <b>well</b>."))
    for name in ("letter.txt", "letter.html"):
        letters.save_readable(letter.id, tmp_path / name)
    with me.store.reading() as session:
        assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == stored.signed_pages(session, letter.id).plain
    assert "You walk &lt;b&gt;well&lt;/b&gt;." in (tmp_path / "letter.html").read_text(encoding="utf-8")
    people = PatientService(me)
    people.change(replace(people.who(letter.patient_id), family_name="Changed"))
    letters.save_readable(letter.id, tmp_path / "later.txt")
    with pytest.raises(NotAllowedNow, match="has changed since"):
        letters.save_readable(letter.id, tmp_path / "later.html")
    assert not (tmp_path / "later.html").exists()


def test_the_list_of_letters_asks_as_few_questions_for_many_as_for_one(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letters, people = LetterService(me), PatientService(me)
    files = [people.open(row.id).file for row in people.find().rows]
    visits = [e.id for file in files for e in file.counted if e.state is EncounterState.SIGNED]
    letters.start(visits[0])
    one = statements(me.store, letters.board)
    for visit in visits[1:12]:
        letters.start(visit)
    assert len(letters.board()) >= 12
    assert statements(me.store, letters.board) == one
