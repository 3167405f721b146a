"""What a clinic's template makes of a letter: its order and words, and nothing of what was found."""

from dataclasses import replace

import pytest

from poems_registry.domain.correspondence import LetterKind
from poems_registry.letters.built_in import built_in, built_in_text
from poems_registry.letters.kinds import compose, parts
from poems_registry.letters.plain_words import plain_words
from poems_registry.letters.template import Template, Templates
from poems_registry.letters.template_form import PLACEHOLDERS
from poems_registry.letters.template_reading import read
from poems_registry.pages.document import Actions, Document, Heading, Paragraph, words
from poems_registry.pages.text import to_text
from poems_registry.pages.web import to_html
from tests.golden.letters.more_letters import did_not_attend, in_plain_words, professional, results
from tests.golden.letters.people import CLINIC, NOW, Case, amended, follow_up

OWN = '[[body]]\npart = "own"\nname = "parking"\ntitle = "Where to find us"\nwords = """{words}"""\n\n'


def template(kind: str, *changes: tuple[str, str]) -> Template:
    """The built-in template with changes, as a clinic's version 4."""
    text = built_in_text(kind)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    found = read(text, kind, 4)
    assert found.template is not None, found.problems
    return found.template


def with_paragraph(said: str, kind: str = "clinic") -> Template:
    return template(kind, ("\n[[body]]\n", "\n" + OWN.replace("{words}", said) + "[[body]]\n"))


def document(case: Case, own: Template, earlier: Template | None = None) -> Document:
    templates = Templates(own, earlier)
    return compose(
        case.file, case.encounter, case.clinic, case.standing, letter=case.letter, now=NOW, templates=templates
    )


def text(case: Case, own: Template) -> str:
    return to_text(document(case, own)).replace("\u00a0", " ")


def test_titles_and_order_are_the_templates() -> None:
    said = text(
        follow_up(),
        template(
            "clinic",
            ('title = "What you told us"', 'title = "In your own words"'),
            ('[[page_one]]\npart = "allergies"\ntitle = "Allergies"\n', ""),
            ('[[page_one]]\npart = "diagnoses"', '[[page_one]]\npart = "allergies"\ntitle = "Allergies"\n\n'
             '[[page_one]]\npart = "diagnoses"'),
        ),
    )  # fmt: skip
    assert said.index("Allergies") < said.index("Diagnoses") < said.index("Actions")
    assert "In your own words\n\nPoor sleep is my main worry." in said
    assert "What you told us" not in said


def test_fixed_sentences_are_printed_with_the_values_of_the_letter() -> None:
    own = template(
        "clinic",
        ('opening = ""', 'opening = "Thank you for coming on {visit_date}."'),
        ('closing = ""', 'closing = "With best wishes from {clinic}."'),
        ('farewell = "Yours sincerely"', 'farewell = "Kind regards"'),
        ('same_letter = "You have the same letter as your GP."', 'same_letter = "Your GP has this letter too."'),
    )
    said = text(follow_up(), own)
    assert "Dear Thomas\n\nThank you for coming on 18 November 2026.\n\nIt was good to see you" in said
    assert "With best wishes from National POEMS Clinic.\n\nKind regards" in said
    assert "Your GP has this letter too." in said
    assert "Yours sincerely" not in said


def test_a_sentence_whose_value_is_missing_gives_way_to_its_next_form() -> None:
    own = with_paragraph("Ring {nurse_line}.")
    silent = replace(follow_up(), clinic=replace(CLINIC, nurse_line=""))
    assert "Ring 020 7946 0123." in text(follow_up(), own)
    assert "Where to find us" not in text(silent, own)
    for clinic, said in (
        (CLINIC, "ring us on 020 7946 0123 (Monday to Friday, 09:00 to 17:00), so that"),
        (replace(CLINIC, nurse_line_hours=""), "ring us on 020 7946 0123, so that"),
        (replace(CLINIC, nurse_line=""), "Please ring the clinic, so that"),
    ):
        assert said in text(replace(did_not_attend(), clinic=clinic), built_in("did_not_attend"))


def test_what_a_placeholder_puts_in_is_never_read_again() -> None:
    odd = replace(CLINIC, name="{nurse_line} <b>&", hospital="{clinic}")
    said = text(replace(follow_up(), clinic=odd), with_paragraph("From {clinic} at {hospital}."))
    assert "From {nurse_line} <b>& at {clinic}." in said


def test_the_actions_box_is_worded_by_the_template() -> None:
    own = template(
        "clinic", ('title = "Actions"', 'title = "What is asked"'), ('nothing = "None"', 'nothing = "Nothing"')
    )
    case = replace(follow_up(), encounter=replace(follow_up().encounter, actions=()))
    (box,) = [block for block in document(case, own).blocks if isinstance(block, Actions)]
    assert (box.title, box.nothing) == ("What is asked", "Nothing")


FINDINGS = ("diagnoses", "medicines", "allergies", "other", "results", "response", "journey",
            *(f"feature_{letter}" for letter in "poems"))  # fmt: skip


@pytest.mark.parametrize("make", [follow_up, professional, results, did_not_attend])
def test_no_template_changes_a_word_of_what_was_found(make: object) -> None:
    case: Case = make()  # type: ignore[operator]
    kind = case.letter.kind.value
    arguments = (case.file, case.encounter, case.clinic, case.letter, case.standing)
    plain = {part.key: part.words for part in parts(*arguments) if part.key in FINDINGS}
    other = {part.key: part.words for part in parts(*arguments, with_paragraph("We are on the second floor.", kind))}
    assert plain
    assert {key: other[key] for key in plain} == plain


@pytest.mark.parametrize("make", [follow_up, professional, results, did_not_attend])
def test_identity_draft_mark_and_signature_are_not_the_templates(make: object) -> None:
    case: Case = make()  # type: ignore[operator]
    own = template(case.letter.kind.value, ('farewell = "Yours sincerely"', 'farewell = "Kind regards"'))
    built, made = case.document(), document(case, own)
    assert (made.envelope, made.footer, made.draft, made.title) == (
        built.envelope, built.footer, built.draft, built.title,
    )  # fmt: skip
    assert "Signed electronically by Dr A Rahman" in to_text(made).replace("\u00a0", " ")


def test_an_amendment_names_its_reason_under_any_template_and_marks_only_what_changed() -> None:
    case = amended()
    own = with_paragraph("We are on the second floor.")
    same = document(case, own, own)
    assert "Replaces letter of" in to_text(same)
    new = [words(b.runs) for b in document(case, own).blocks if isinstance(b, Paragraph) and b.changed]
    assert "We are on the second floor." in new
    kept = [words(b.runs) for b in same.blocks if isinstance(b, Paragraph) and b.changed]
    assert "We are on the second floor." not in kept


def test_an_authors_words_outlive_a_template_that_has_no_place_for_them() -> None:
    case = follow_up()
    letter = replace(case.letter, edits=(("concerns", "I sleep badly."), ("own_parking", "Bay 7, please.")))
    off = template("clinic", ('title = "What you told us"', 'title = "What you told us"\nprint = false'))
    said = text(replace(case, letter=letter), off)
    assert "I sleep badly." in said
    assert "Bay 7, please." in said
    assert "Poor sleep is my main worry." not in text(case, off)


def test_a_fixed_paragraph_can_be_changed_for_one_letter_and_put_back() -> None:
    case, own = follow_up(), with_paragraph("We are on the second floor.")
    edited = replace(case, letter=replace(case.letter, edits=(("own_parking", "This time on the ground floor."),)))
    assert "This time on the ground floor." in text(edited, own)
    part = next(
        p for p in parts(edited.file, edited.encounter, CLINIC, edited.letter, None, own) if p.key == "own_parking"
    )
    assert (part.text, part.edited, part.title) == ("We are on the second floor.", True, "Where to find us")


def test_plain_words_come_by_the_same_way() -> None:
    case = in_plain_words()
    own = template(
        "plain_words",
        ('title = "How you are"', 'title = "Your body"'),
        ('part = "poems" ', 'part = "poems"\nprint = false'),
        ('s = "darker skin, red spots, hair growth, changed nails or swelling"', 's = "skin that changes"'),
        ('opening = ""', 'opening = "We wrote this for you."'),
    )
    made = plain_words(case.file, case.encounter, case.clinic, case.standing, letter=case.letter, now=NOW, template=own)
    said = to_text(made)
    assert "Your body" in said
    assert "What POEMS is" not in said
    assert "S is for skin changes: skin that changes." in said
    assert "We wrote this for you." in said


def test_text_and_html_say_what_the_page_says_under_any_template() -> None:
    made = document(follow_up(), with_paragraph("Ask at <desk> & wait."))
    assert "Ask at <desk> & wait." in to_text(made)
    assert "Ask at &lt;desk&gt; &amp; wait." in to_html(made)
    assert "<desk>" not in to_html(made)


def test_every_placeholder_has_a_value_for_a_full_record() -> None:
    every = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    case = follow_up()
    case = replace(case, letter=replace(case.letter, about_on=NOW.date()))
    (part,) = [
        p
        for p in parts(case.file, case.encounter, CLINIC, case.letter, None, with_paragraph(every))
        if p.key == "own_parking"
    ]
    assert part.text
    assert "{" not in part.text


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_prints_its_title_and_its_own_paragraphs(kind: LetterKind) -> None:
    case = follow_up()
    letter = replace(case.letter, kind=kind, about_on=NOW.date(), edits=())
    made = document(replace(case, letter=letter), with_paragraph("We are on the second floor.", kind.value))
    assert isinstance(made.blocks[0], Heading)
    assert made.blocks[0].text
    assert "Where to find us\n\nWe are on the second floor." in to_text(made)
