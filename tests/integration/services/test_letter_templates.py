"""The clinic's own wording on a real encrypted file: checked, versioned, kept with each letter, fallen back from."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.records import EncounterKind, LetterState, Patient, Practice
from poems_registry.letters.built_in import built_in_text
from poems_registry.letters.envelope_test import SEVEN
from poems_registry.letters.template_form import FORMS
from poems_registry.pages.pdf import check_archive
from poems_registry.pages.raster import page_count
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_templates import TemplateService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.storage import audit, letter_templates
from poems_registry.storage import letters as stored
from poems_registry.storage.failures import DatabaseRefused
from tests.integration.pages.reading import letters as letters_on
from tests.integration.pages.reading import page_texts, squeezed
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_letters_service import signed_letter
from tests.integration.services.test_visit_to_letter import signed_visit, with_details

FAREWELL = 'farewell = "Yours sincerely"'


def template_file(folder: Path, farewell: str = "Kind regards", kind: str = "clinic") -> Path:
    path = folder / f"{kind}-ours.toml"
    path.write_text(built_in_text(kind).replace(FAREWELL, f'farewell = "{farewell}"'), encoding="utf-8")
    return path


def put_in_force(me: SignedIn, path: Path, kind: str = "clinic") -> None:
    service = TemplateService(me)
    seen = next(card for card in service.everything() if card.kind == kind).in_use.version
    service.put_in_force(service.check(kind, path), seen)


def test_every_kind_is_listed_with_what_is_in_force(sign_in: SignIn) -> None:
    cards = TemplateService(sign_in("castellan")).everything()
    assert [card.kind for card in cards] == list(FORMS)
    assert not any(card.in_use.loaded or card.in_use.problems for card in cards)


@pytest.mark.parametrize("user", ["rahman", "okoro"])
def test_who_may_not_manage_the_registry_words_no_letters(sign_in: SignIn, user: str, tmp_path: Path) -> None:
    service = TemplateService(sign_in(user))
    for act in (
        service.everything,
        lambda: service.check("clinic", template_file(tmp_path)),
        lambda: service.put_back("clinic", 0),
        lambda: service.save_file("clinic", tmp_path / "x.toml", built_in=True),
        lambda: service.preview("clinic"),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert not (tmp_path / "x.toml").exists()


def test_a_file_with_problems_is_never_put_in_force(sign_in: SignIn, tmp_path: Path) -> None:
    service = TemplateService(sign_in("castellan"))
    checked = service.check("clinic", template_file(tmp_path, "{nobody}"))
    assert any("{nobody} is no placeholder" in problem for problem in checked.problems)
    with pytest.raises(InvalidInput):
        service.put_in_force(checked, 0)
    with pytest.raises(InvalidInput):
        service.preview("clinic", checked)
    with pytest.raises(InvalidInput):
        service.check("clinic", tmp_path / "not there.toml")
    assert not service.everything()[0].in_use.loaded


def test_a_template_in_force_words_letters_from_now_on_and_signed_ones_keep_theirs(
    sign_in: SignIn, tmp_path: Path
) -> None:
    me = sign_in("castellan")
    put_in_force(me, template_file(tmp_path))
    card = TemplateService(me).everything()[0]
    assert (card.in_use.own, card.in_use.version, card.in_use.by) == (True, 1, me.person.name)
    letters = LetterService(sign_in("rahman"))
    signed = signed_letter(letters.signed_in)
    first = letters.pdf(signed.id)
    assert "Kind regards" in "".join(page_texts(first))
    mark = card.in_use.template.mark
    with letters.signed_in.store.reading() as session:
        assert stored.template_version(session, signed.id) == f"clinic-4 {mark}"
    assert letters.open(signed.id).kept_template == f"version 1, {card.in_use.template.sha256[:12]}"
    put_in_force(sign_in("castellan"), template_file(tmp_path, "With best wishes"))
    letters = LetterService(sign_in("rahman"))
    assert letters.pdf(signed.id) == first
    letters.save_readable(signed.id, tmp_path / "again.html")
    assert "Kind regards" in (tmp_path / "again.html").read_text(encoding="utf-8")
    letters.plain_words(signed.id)
    new = letters.amend(signed.id, "a wrong dose")
    pages = "".join(page_texts(letters.preview(new, ())))
    assert "With best wishes" in pages
    assert "a wrong dose" in pages


def test_what_waits_is_refused_if_somebody_else_was_faster_and_versions_only_grow(
    sign_in: SignIn, tmp_path: Path
) -> None:
    me = sign_in("castellan")
    service = TemplateService(me)
    checked = service.check("clinic", template_file(tmp_path))
    service.put_in_force(checked, 0)
    with pytest.raises(StaleRecord):
        service.put_in_force(checked, 0)
    with pytest.raises(NotAllowedNow, match="in force already"):
        service.put_back("results", 0)
    back = service.put_back("clinic", 1)
    assert (back.in_use.own, back.in_use.version) == (False, 2)
    assert service.put_in_force(checked, 2).in_use.version == 3
    with me.store.reading() as session:
        told = [each for each in audit.entries(session) if each.object == "letter_template"]
    assert len(told) == 3
    with pytest.raises(DatabaseRefused), me.store.writing(me.actor) as session:
        session.execute(text("UPDATE letter_template SET text = 'x'"))


def test_a_broken_template_falls_back_and_says_so(sign_in: SignIn) -> None:
    me = sign_in("castellan")
    with me.store.writing(me.actor) as session:
        letter_templates.add(session, "clinic", "old.toml", "form = 0", 0)
    card = TemplateService(me).everything()[0]
    assert not card.in_use.own
    assert card.in_use.problems
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    with_details(letters.signed_in, visit.patient_id)
    opened = letters.open(letters.start(visit.id))
    assert opened.wording.problems
    assert opened.blocks == ()
    assert "Yours sincerely" in "".join(page_texts(letters.preview(opened.letter.id, ())))
    signed, _ = letters.sign(opened.letter.id, opened.letter.row_version, PASSWORD)
    with letters.signed_in.store.reading() as session:
        assert stored.template_version(session, signed.id) == "clinic-4"


def test_each_kind_can_be_tried_on_a_made_up_patient_and_saved_as_a_file(sign_in: SignIn, tmp_path: Path) -> None:
    service = TemplateService(sign_in("castellan"))
    for kind in FORMS:
        pages = page_texts(service.preview(kind))
        assert all("DRAFT - NOT SIGNED" in page for page in pages)
        assert "Made-up patient" in pages[0]
        path = tmp_path / f"{kind}.toml"
        service.save_file(kind, path, built_in=True)
        assert service.check(kind, path).problems == ()
    put_in_force(service.signed_in, template_file(tmp_path))
    service.save_file("clinic", tmp_path / "ours.toml", built_in=False)
    assert "Kind regards" in (tmp_path / "ours.toml").read_text(encoding="utf-8")


def never_seen(me: SignedIn) -> int:
    patient = Patient(family_name="Newham", given_name="Ida", born=PartialDate(1970, 2, 3))
    added = PatientService(me).add(patient)
    return added[0].id


def test_a_missed_first_appointment_has_its_letter_and_nothing_of_it_counts_as_a_visit(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    patient_id, letters, today = never_seen(me), LetterService(me), me.today
    letter_id, changed = letters.start_first_missed(patient_id, today)
    assert letters.start_first_missed(patient_id, today)[0] == letter_id
    assert changed.patients == frozenset({patient_id})
    opened = letters.open(letter_id)
    assert opened.letter.kind is LetterKind.FIRST_MISSED
    assert opened.encounter.kind is EncounterKind.MISSED
    assert opened.file.counted == ()
    pages = "".join(page_texts(letters.preview(letter_id, ())))
    assert "did not attend" in pages
    assert {block.key for block in opened.blocks} >= {"identity", "practice"}
    assert "allergies" not in {block.key for block in opened.blocks}
    patient = with_details(me, patient_id)
    practice = Practice("Dr P Example", "Example Surgery", ("1 High Street", "Sampleford"))
    known = replace(patient, nhs_number="9990001375", nhs_number_status="01", practice=practice)
    PatientService(me).change(replace(known, address=("1 Sample Street", "Sampleford"), postcode="SW1A 9ZZ"))
    opened = letters.open(letter_id)
    assert opened.blocks == ()
    signed, _ = letters.sign(letter_id, opened.letter.row_version, PASSWORD)
    assert signed.state is LetterState.SIGNED
    letters.pdf(letter_id)
    assert len(letters.copies(letter_id)) == 2
    assert letters.start_first_missed(patient_id, today)[0] == letter_id


def test_who_was_seen_has_no_first_appointment_to_miss(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    with pytest.raises(NotAllowedNow, match="has been seen"):
        letters.start_first_missed(visit.patient_id, letters.signed_in.today)


def test_the_envelope_test_page_fills_the_window_measures_true_and_names_nobody(
    sign_in: SignIn, tmp_path: Path
) -> None:
    service = TemplateService(sign_in("castellan"))
    service.save_envelope_test(tmp_path / "test.pdf")
    pdf = (tmp_path / "test.pdf").read_bytes()
    assert check_archive(pdf) == []
    assert page_count(pdf) == 1
    inside = [
        one for one in letters_on(pdf) if one.left >= 20 and one.right <= 100 and 57 <= one.top <= one.bottom <= 81
    ]
    said = squeezed("".join(one.character for one in inside))
    for line in SEVEN:
        assert squeezed(line) in said
    figures = [one for one in letters_on(pdf) if 262 < one.top < 268]
    assert squeezed("".join(one.character for one in figures)).startswith("0102030")
    for user in ("rahman", "okoro"):
        with pytest.raises(NotPermitted):
            TemplateService(sign_in(user)).save_envelope_test(tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()
