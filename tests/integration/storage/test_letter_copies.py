"""Copies of a letter on both engines: each step noted, none taken back, nothing deleted, other forms frozen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from poems_registry.domain.correspondence import Addressee, Delivery, LetterKind, Recipient
from poems_registry.domain.errors import NotAllowedNow, StaleRecord
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.storage import letter_copies as copies
from poems_registry.storage import letters
from poems_registry.storage.failures import DatabaseRefused
from poems_registry.storage.letter_copies import Form
from poems_registry.storage.unit_of_work import Session, Store
from tests.integration.storage.made_up import NURSE, SIGNATURE
from tests.integration.storage.test_gateways import PAGES, signed_visit

AT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def signed_letter(store: Store) -> LetterRecord:
    patient_id, encounter_id = signed_visit(store)
    with store.writing(NURSE) as session:
        card = LetterRecord(patient_id=patient_id, encounter_id=encounter_id, number="L-2026-0001")
        draft = letters.add(session, replace(card, kind=LetterKind.RESULTS, about_on=AT.date()))
        return letters.store_signed(session, draft.id, draft.row_version, PAGES, SIGNATURE, "A7F3-19C2")


def with_copies(store: Store) -> tuple[LetterRecord, tuple[Recipient, ...]]:
    letter = signed_letter(store)
    ann = Recipient(letter_id=letter.id, patient_id=letter.patient_id, addressee=Addressee.PATIENT, name="Ann")
    practice = replace(ann, addressee=Addressee.PRACTICE, name="Mill Lane", address=("1 Mill Lane", "N1C 4AA"))
    with store.writing(NURSE) as session:
        return letter, copies.add(session, [ann, practice])


def doing(store: Store, act: Callable[[Session], object]) -> None:
    with store.writing(NURSE) as session:
        act(session)


def test_a_copy_says_who_printed_it_and_when_and_is_listed_with_its_letter(store: Store) -> None:
    letter, (ann, practice) = with_copies(store)
    with store.writing(NURSE) as session:
        printed = copies.save(session, replace(ann, delivery=Delivery.PRINTED, at=AT, by="Sister J Okoro"))
    with store.reading() as session:
        assert copies.of_letter(session, letter.id) == (printed, practice)
        assert copies.of_letters(session, [letter.id]) == {letter.id: (printed, practice)}
        assert copies.queued(session, letter.patient_id) == (printed, practice)
        assert copies.queued(session, letter.patient_id, Addressee.PATIENT) == (printed,)
        assert letters.load(session, letter.id).kind is LetterKind.RESULTS
    assert (printed.at, printed.by, practice.address) == (AT, "Sister J Okoro", ("1 Mill Lane", "N1C 4AA"))


def test_a_copy_that_was_sent_stays_sent_and_two_people_cannot_mark_one_at_once(store: Store) -> None:
    _, (ann, practice) = with_copies(store)
    with store.writing(NURSE) as session:
        sent = copies.save(session, replace(practice, delivery=Delivery.SENT))
    with pytest.raises(NotAllowedNow, match="sent already"):
        doing(store, lambda session: copies.save(session, replace(sent, delivery=Delivery.WITHDRAWN)))
    doing(store, lambda session: copies.save(session, replace(ann, delivery=Delivery.PRINTED)))
    with pytest.raises(StaleRecord):
        doing(store, lambda session: copies.save(session, replace(ann, delivery=Delivery.PRINTED)))


def test_no_copy_leaves_of_a_letter_that_was_withdrawn_but_it_can_be_withdrawn_itself(store: Store) -> None:
    letter, (ann, _) = with_copies(store)
    because = {"state": LetterState.WITHDRAWN, "withdrawn_because": "wrong person"}
    doing(store, lambda session: letters.save(session, replace(letter, **because)))  # type: ignore[arg-type]
    with pytest.raises(NotAllowedNow, match="replaced or withdrawn"):
        doing(store, lambda session: copies.save(session, replace(ann, delivery=Delivery.PRINTED)))
    doing(store, lambda session: copies.save(session, replace(ann, delivery=Delivery.WITHDRAWN, note="wrong person")))


def test_another_form_is_frozen_and_the_database_refuses_to_change_it_or_to_delete_a_copy(store: Store) -> None:
    letter, _ = with_copies(store)
    made = Form("plain_words", b"%PDF easy", "easy words", "plain-1", 1, AT)
    with store.reading() as session:
        assert copies.form(session, letter.id, "plain_words") is None
    doing(store, lambda session: copies.add_form(session, letter.id, letter.patient_id, made))
    with store.reading() as session:
        assert copies.form(session, letter.id, "plain_words") == made
    for act in ("UPDATE letter_form SET plain = 'x'", "DELETE FROM letter_form", "DELETE FROM letter_copy"):
        with pytest.raises(DatabaseRefused):
            doing(store, lambda session, act=act: session.execute(text(act)))  # type: ignore[misc]


def test_the_rules_a_letter_rests_on_are_frozen_with_its_pages(store: Store) -> None:
    patient_id, encounter_id = signed_visit(store)
    pages = replace(PAGES, rules={"rule_set": "poems-2025.1", "serum_vegf_decision_level": "1771"})
    with store.writing(NURSE) as session:
        draft = letters.add(session, LetterRecord(patient_id=patient_id, encounter_id=encounter_id))
        signed = letters.store_signed(session, draft.id, draft.row_version, pages, SIGNATURE, "")
    with store.reading() as session:
        assert letters.signed_pages(session, signed.id) == pages
