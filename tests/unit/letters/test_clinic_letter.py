"""What stands where in a clinic letter, and what an author may change."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import (
    AllergyState,
    EncounterState,
    LetterRecord,
    Medicine,
    MedicineChange,
    Patient,
    PatientFile,
)
from poems_registry.letters.clinic import compose
from poems_registry.letters.identity import greeting, letter_day
from poems_registry.letters.kinds import parts
from poems_registry.pages.document import Actions, Band, Heading, NewPage, Numbered, Paragraph, Table, words
from poems_registry.pages.pdf import render
from poems_registry.pages.text import to_text
from tests.golden.letters.people import CLINIC, NOW, Case, amended, follow_up, new_patient, relapse


def headings(case: Case) -> list[str]:
    return [block.text for block in case.document().blocks if isinstance(block, Heading)]


def edited(case: Case, **edits: str) -> Case:
    return replace(case, letter=replace(case.letter, edits=tuple(edits.items())))


def with_patient(case: Case, **changes: object) -> Case:
    patient = replace(case.file.patient, **changes)  # type: ignore[arg-type]
    return replace(case, file=replace(case.file, patient=patient))


def with_visit(case: Case, **changes: object) -> Case:
    visit = replace(case.encounter, **changes)  # type: ignore[arg-type]
    return replace(case, encounter=visit)


def test_the_parts_stand_in_the_print_order() -> None:
    case = follow_up()
    keys = [part.key for part in parts(case.file, case.encounter, case.clinic, case.letter, case.standing)]
    assert keys == [
        "attendance", "diagnoses", "actions_gp", "actions_you", "actions_hospital", "medicines", "allergies",
        "greeting", "summary", "concerns", "feature_p", "feature_o", "feature_e", "feature_m", "feature_s", "other",
        "results", "response", "journey", "next", "safety", "information", "needs", "copies",
    ]  # fmt: skip
    assert headings(case) == [
        "Your POEMS clinic visit on 18\u00a0November 2026", "Diagnoses", "Medicines, with changes made today",
        "Allergies", "What you told us", "The five features today", "Other findings", "Blood results and scores",
        "Results and treatment over time", "What happens next", "When to get help",
    ]  # fmt: skip


def test_the_greeting_opens_a_new_page_when_the_first_one_holds_the_rest() -> None:
    blocks = follow_up().document().blocks
    after = blocks[blocks.index(NewPage(only_from_first=True)) + 1]
    assert isinstance(after, Paragraph)
    assert words(after.runs) == "Dear Thomas"


def test_a_group_without_actions_stays_in_the_box_so_that_none_is_printed() -> None:
    box = next(block for block in new_patient().document().blocks if isinstance(block, Actions))
    assert [group.who for group in box.groups] == ["For your GP", "For you", "For the hospital team"]
    assert all(group.actions == () for group in box.groups)
    assert new_patient().text().count("\nNone\n") == 3


def test_action_numbers_run_through_all_groups() -> None:
    case = follow_up()
    by_key = {p.key: p.text for p in parts(case.file, case.encounter, case.clinic, case.letter, case.standing)}
    assert by_key["actions_you"].startswith("4. Take dexamethasone")
    assert "6. Lung function and heart scan (Sister J Okoro). By 10 February 2027." in case.text()


def test_stopped_medicines_stand_last_and_changes_are_words() -> None:
    case = follow_up()
    table = next(b for b in case.document().blocks if isinstance(b, Table) and b.columns[0].head == "Medicine")
    assert [words(row.cells[0]) for row in table.rows][-1] == "gabapentin"
    assert [words(row.cells[3]) for row in table.rows].count("Stopped") == 1
    assert [row.emphasised for row in table.rows] == [False, False, True, False, False, True, True]


def test_twelve_medicines_are_all_printed_and_none_is_cut() -> None:
    long = "days 1, 8, 15 and 22 of a cycle of 28 days, one hour before breakfast with a full glass of water"
    taken = tuple(Medicine(f"medicine-with-a-long-name-{n}", long, "by mouth", supply="GP") for n in range(12))
    case = with_visit(follow_up(), medicines=taken)
    text = case.text()
    assert [n for n in range(12) if f"medicine-with-a-long-name-{n} {long}, by mouth." in text] == list(range(12))
    assert render(case.document()).startswith(b"%PDF")


def test_medicines_not_reviewed_do_not_look_like_none_or_like_continued() -> None:
    text = relapse().text()
    assert "Medicines not reviewed today. The list shows what was on record" in text
    assert "hydrocortisone 10 mg in the morning, by mouth. Not reviewed." in text
    empty = with_visit(relapse(), medicines=()).text()
    assert "Medicines not reviewed today.\n" in empty
    assert "none taken" not in empty


def test_no_medicines_is_said_only_after_a_review() -> None:
    assert "Medicines reviewed today: none taken." in with_visit(follow_up(), medicines=()).text()
    assert "Whether medicines were reviewed today is not recorded." in new_patient().text()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AllergyState.KNOWN, "Known allergies: penicillin (rash). Last updated 18 November 2026."),
        (AllergyState.NONE_KNOWN, "No known allergies. Last updated 18 November 2026."),
        (AllergyState.NOT_RECORDED, "Allergies not recorded. Last updated 18 November 2026."),
        (AllergyState.UNAVAILABLE, "Allergies unavailable. Last updated 18 November 2026."),
    ],
)
def test_allergies_have_four_states_and_only_these_words(state: AllergyState, expected: str) -> None:
    assert f"Allergies\n\n{expected}\n" in with_patient(follow_up(), allergy_state=state).text()


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        (Patient(salutation="Tom", given_name="Thomas", family_name="Hartley"), "Dear Tom"),
        (Patient(given_name="Thomas", family_name="Hartley", title="Mr"), "Dear Thomas Hartley"),
        (Patient(family_name="Hartley", title="Mr."), "Dear Mr Hartley"),
        (Patient(given_name="Suharto"), "Dear Suharto"),
        (Patient(), "Dear patient"),
    ],
)
def test_a_surname_never_stands_bare_in_the_greeting(patient: Patient, expected: str) -> None:
    assert greeting(patient) == expected


def test_only_a_verified_nhs_number_is_printed() -> None:
    assert "NHS No. 999 000 2746" in follow_up().text()
    for status in ("", "02", "03"):
        text = with_patient(follow_up(), nhs_number_status=status).text()
        assert "2746" not in text
        assert "Hospital No. 00481726" in text


def test_nothing_but_name_and_address_stands_behind_the_window() -> None:
    assert follow_up().document().envelope.address == (
        "Mr Thomas Hartley",
        "17 Orchard Rise",
        "Little Sample",
        "Sampleford",
        "SW1A 9ZZ",
    )


def test_what_came_after_the_visit_is_no_part_of_its_letter() -> None:
    case = follow_up()
    later = replace(case.file.encounters[0], id=99, on=date(2027, 1, 5))
    event = replace(case.file.events[1], id=9, on=PartialDate(2027, 1, 5))
    file = replace(case.file, encounters=(*case.file.encounters, later), events=(*case.file.events, event))
    assert replace(case, file=file).text() == case.text()


def test_phone_numbers_come_from_the_clinic_and_are_never_made_up() -> None:
    with_numbers, without = follow_up().text(), relapse().text()
    assert "Nurse line, Monday to Friday, 09:00 to 17:00: 020 7946 0123. At other times: 020 7946 0456." in with_numbers
    assert "Contact the clinic or your GP the same day for:" in without
    assert "020" not in without.replace("2020", "")


@pytest.mark.parametrize(
    ("medicine", "warning"),
    [
        ("lenalidomide", "If you or your partner may be pregnant, stop lenalidomide and ring us at once."),
        ("apixaban", "bleeding or black stools"),
        ("hydrocortisone", "vomiting, because you may need extra steroid (sick-day rules)"),
        ("daratumumab", "a temperature of 38 °C or more"),
    ],
)
def test_warnings_follow_the_medicines_that_are_taken(medicine: str, warning: str) -> None:
    def text(*medicines: Medicine) -> str:
        case = with_visit(new_patient(), medicines=medicines)
        return case.text()

    assert warning not in text()
    assert warning in text(Medicine(medicine))
    assert warning not in text(Medicine(medicine, change=MedicineChange.STOPPED))


def test_an_authors_words_replace_the_generated_ones_and_can_be_put_back() -> None:
    case = edited(follow_up(), summary="My own words.", feature_p="Your feet are stronger.")
    made = {p.key: p for p in parts(case.file, case.encounter, case.clinic, case.letter, case.standing)}
    assert made["summary"].edited
    assert made["summary"].text.startswith("It was good to see you")
    assert made["summary"].words == "My own words."
    assert not made["next"].edited
    text = case.text()
    assert "My own words." in text
    assert "It was good to see you" not in text
    assert "P Nerve damage. Your feet are stronger. Change: better." in text
    assert edited(case).text() == edited(follow_up()).text()


def test_an_edit_that_says_the_same_is_no_edit() -> None:
    case = follow_up()
    summary = {p.key: p.text for p in parts(case.file, case.encounter, case.clinic, case.letter)}["summary"]
    again = edited(case, summary=summary)
    assert not {p.key: p for p in parts(again.file, again.encounter, again.clinic, again.letter)}["summary"].edited


def test_a_feature_cannot_be_emptied_and_a_table_cannot_be_edited() -> None:
    text = edited(follow_up(), feature_o="  ", medicines="none", results="all well").text()
    assert "Not assessed today (last: present, enlarged spleen" in text
    assert "lenalidomide 15 mg" in text
    assert "all well" not in text


def test_edited_actions_keep_their_by_when() -> None:
    box = next(b for b in amended().document().blocks if isinstance(b, Actions))
    first = box.groups[0].actions[0]
    assert words(first.what).replace("\u00a0", " ") == "Start pregabalin 75 mg twice a day. Stop gabapentin."
    assert first.when.replace("\u00a0", " ") == "by 24 November 2026"


def test_a_dose_at_the_start_of_an_authors_own_line_is_no_number_of_a_list() -> None:
    case = edited(
        follow_up(),
        actions_gp="1. Check cortisol\n40 mg prednisolone each morning",
        diagnoses="1. POEMS syndrome\n2 strokes in 2019",
    )
    blocks = case.document().blocks
    box = next(block for block in blocks if isinstance(block, Actions))
    listed = next(block for block in blocks if isinstance(block, Numbered))
    assert [words(each.what).replace("\u00a0", " ") for each in box.groups[0].actions] == [
        "Check cortisol",
        "40 mg prednisolone each morning",
    ]
    assert [words(item.runs) for item in listed.items] == ["POEMS syndrome", "2 strokes in 2019"]


def test_an_amendment_names_what_it_replaces_and_bars_only_what_changed() -> None:
    blocks = amended().document().blocks
    band = next(block for block in blocks if isinstance(block, Band))
    said = words(band.runs).replace("\u00a0", " ")
    assert said.startswith("Replaces letter of 20 November 2026 (version 1). Reason: the start date of pregabalin")
    box = next(block for block in blocks if isinstance(block, Actions))
    assert [a.changed for group in box.groups for a in group.actions] == [True] + [False] * 7
    changed = [b for b in blocks if isinstance(b, Paragraph) and b.changed]
    rows = [row for b in blocks if isinstance(b, Table) for row in b.rows if row.changed]
    items = [item for b in blocks if isinstance(b, Numbered) for item in b.items if item.changed]
    assert (changed, rows, items) == ([], [], [])


def test_a_first_version_has_no_band() -> None:
    assert not [block for block in follow_up().document().blocks if isinstance(block, Band)]


def test_a_letter_is_a_draft_until_it_is_signed() -> None:
    case = follow_up()
    unsigned = replace(case, letter=replace(case.letter, signature=None))
    assert unsigned.document().draft
    assert "Not signed" in unsigned.text()
    assert not case.document().draft
    assert "Signed electronically by Dr A Rahman\nConsultant neurologist, GMC 0000000\n20 November 2026, 16:42" in (
        case.text()
    )


def test_the_time_of_signing_is_the_clinics_own_clock() -> None:
    case = follow_up()
    summer = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    signature = case.letter.signature
    assert signature is not None
    letter = replace(case.letter, signature=replace(signature, at=summer))
    assert "1 August 2026, 00:30" in replace(case, letter=letter).text()
    assert letter_day(letter, CLINIC, NOW) == date(2026, 8, 1)


def test_no_letter_is_signed_from_an_unsigned_visit() -> None:
    case = with_visit(follow_up(), state=EncounterState.DRAFT)
    with pytest.raises(NotAllowedNow, match="signed visit"):
        case.document()


def test_no_letter_is_addressed_to_someone_who_has_died() -> None:
    case = with_patient(follow_up(), died=PartialDate(2026, 11, 19))
    with pytest.raises(NotAllowedNow, match="has died"):
        case.document()


def test_only_training_letters_call_the_patient_made_up() -> None:
    assert follow_up().document().footer.note == "Made-up patient"
    assert relapse().document().footer.note == ""


def test_markup_in_a_name_or_a_note_stays_what_was_typed() -> None:
    case = with_patient(follow_up(), family_name="<b>Hartley</b> & Söhne", salutation="T&amp;T <img src='x'>")
    case = edited(case, summary="<para>5 < 6 & 7 > 2</para>")
    text = case.text()
    assert "<B>HARTLEY</B> & SÖHNE, Thomas (Mr)" in text
    assert "Dear T&amp;T <img src='x'>" in text
    assert "<para>5 < 6 & 7 > 2</para>" in text
    assert render(case.document()).startswith(b"%PDF")


def test_large_print_has_the_same_words_in_the_same_order() -> None:
    case = with_patient(follow_up(), print_size=18)
    assert case.document().size == 18
    assert to_text(case.document()) == follow_up().text()


def test_the_same_record_gives_the_same_letter() -> None:
    assert follow_up().document() == follow_up().document()


def test_a_draft_visit_that_is_not_in_the_file_yet_can_be_previewed() -> None:
    case = follow_up()
    draft = replace(case.encounter, id=0, uid="", state=EncounterState.DRAFT)
    file = PatientFile(case.file.patient, case.file.encounters[:3])
    letter = replace(case.letter, signature=None)
    text = to_text(compose(file, draft, CLINIC, letter=letter, now=NOW))
    assert "3 today, 4 on 12 August 2026" in text


def test_an_unknown_birth_date_is_said_to_be_unknown() -> None:
    assert "Born not recorded" in new_patient().text()
    aged = with_patient(new_patient(), age_at=(61, date(2013, 1, 3)))
    assert "Born not recorded, 61 years on 3 January 2013" in aged.text()


def test_a_cause_other_than_poems_is_told_with_the_finding() -> None:
    assert "Swelling up to the thighs (thought to have another cause: heart failure)." in relapse().text()


def test_another_state_of_a_status_is_told_and_never_a_no() -> None:
    case = with_visit(new_patient(), findings=(Finding("p_status", state=State.DECLINED),))
    assert "P Nerve damage. Declined.\n" in case.text()


def test_a_letter_record_without_number_says_so() -> None:
    assert "Letter not yet numbered, version 1" in replace(new_patient(), letter=LetterRecord()).text()


@pytest.mark.parametrize(
    ("consent", "sentence"),
    [
        ("given", "You have agreed to take part in research."),
        ("Declined", "You have chosen not to take part in research."),
        ("Agreed to the biomarker study", "Research: Agreed to the biomarker study."),
    ],
)
def test_research_reads_as_a_sentence_and_silence_stays_silence(consent: str, sentence: str) -> None:
    assert f"\n{sentence}\n" in with_patient(follow_up(), research_consent=consent).text()
    assert "esearch" not in with_patient(follow_up(), research_consent="").text()


def test_a_first_letter_explains_its_terms_and_has_no_column_of_changes() -> None:
    case = follow_up()
    first = replace(case, file=replace(case.file, encounters=(case.encounter,)))
    assert "Platelets are blood cells that form clots." in first.text()
    assert "Platelets are blood cells" not in case.text()
    table = next(b for b in new_patient().document().blocks if isinstance(b, Table) and b.columns[0].head == "Feature")
    assert [column.head for column in table.columns] == ["Feature", "", "What we found"]
