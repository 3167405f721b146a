"""A template is words and an order: what cannot be is told with its line, and nothing in it ever runs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.domain.correspondence import LetterKind
from poems_registry.letters.built_in import built_in, built_in_text
from poems_registry.letters.template_form import FORMS, MOST_BYTES, PLACEHOLDERS, PLAIN_WORDS
from poems_registry.letters.template_reading import Read, read, read_bytes

CLINIC = built_in_text("clinic")


def changed(old: str, new: str, text: str = CLINIC) -> Read:
    """The clinic letter's own template with one thing changed."""
    assert old in text
    return read(text.replace(old, new, 1), "clinic")


def told(found: Read) -> list[str]:
    return [problem.told for problem in found.problems]


def own(words: str, *, name: str = "parking", extra: str = "") -> Read:
    section = f'[[body]]\npart = "own"\nname = "{name}"\n{extra}words = {words}\n\n[[body]]\npart = "summary"'
    return changed('[[body]]\npart = "summary"', section)


def test_every_kind_of_letter_has_a_built_in_template_in_the_form_that_a_clinic_writes() -> None:
    assert set(FORMS) == {*(kind.value for kind in LetterKind), PLAIN_WORDS}
    for kind in FORMS:
        assert read(built_in_text(kind), kind).problems == ()
        assert built_in(kind).kind == kind
        assert built_in(kind).mark == ""


def test_a_sound_template_keeps_order_titles_and_words() -> None:
    text = CLINIC.replace('title = "What you told us"', 'title = "Your own words"')
    first, second = '[[body]]\npart = "other"\ntitle = "Other findings"\n', '[[body]]\npart = "results"'
    text = text.replace(first, "").replace(second, second.replace("[[body]]", "[[body]]", 1))
    text = text.replace('[[body]]\npart = "response"', first + '\n[[body]]\npart = "response"')
    found = read(text, "clinic", 3)
    assert found.template is not None
    order = [section.part for section in found.template.body]
    assert order.index("results") < order.index("other") < order.index("response")
    assert next(s.title for s in found.template.body if s.part == "concerns") == "Your own words"
    assert re.fullmatch(r"template 3 [0-9a-f]{12}", found.template.mark)


def test_a_part_that_may_be_left_out_is_left_out_and_others_are_not() -> None:
    off = changed('part = "journey"', 'part = "journey"\nprint = false').template
    assert off is not None
    assert "journey" not in [section.part for section in off.body]
    for part in ("features", "safety", "results", "other", "next"):
        (words,) = told(changed(f'part = "{part}"', f'part = "{part}"\nprint = false'))
        assert f"the part {part} cannot be left out" in words


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("{visit_date}", "{visit_dat}", "title", "{visit_dat} is no placeholder; there are patient"),
        ("{visit_date}", "{visit_date", "title", "a brace that belongs to no placeholder"),
        ("{visit_date}", "{visit_date.year}", "title", "a brace that belongs to no placeholder"),
        ("{visit_date}", "{clinic}", "title", "{clinic} may lack a value"),
        ('farewell = "Yours sincerely"', 'farewell = ""', "farewell", "is missing or empty"),
        ('farewell = "Yours sincerely"', "farewell = 7", "farewell", "one sentence in quotation marks"),
        ('farewell = "Yours sincerely"', 'farewell = ["a", 2]', "farewell", "one sentence in quotation marks"),
        ('farewell = "Yours sincerely"', 'farewell = "Gr\u0001ss"', "", "cannot be read as a template"),
        ('farewell = "Yours sincerely"', 'farewell = "\\u0007"', "farewell", "cannot be printed: U+0007"),
        ('farewell = "Yours sincerely"', 'farewell = "Bye \U0001f600"', "farewell", "(U+1F600)"),
        ('farewell = "Yours sincerely"', 'farewell = "\u05e9\u05dc\u05d5\u05dd"', "farewell", "cannot be printed"),
        ('farewell = "Yours sincerely"', 'farewell = "a\\u202eb"', "farewell", "U+202E"),
        ('farewell = "Yours sincerely"', 'farewell = "a\\nb"', "farewell", "is one line"),
        ('farewell = "Yours sincerely"', 'farewell = "[[name]]"', "farewell", "a field in brackets"),
        ('title = "Diagnoses"', 'title = ""', "page_one 1, title", "is missing or empty"),
        ('title = "Diagnoses"', f'title = "{"x" * 91}"', "page_one 1, title", "91 characters"),
        ('title = "Diagnoses"', 'title = "{patient}"', "page_one 1, title", "a heading holds no placeholder"),
        ('title = "Diagnoses"', 'titel = "Diagnoses"', "page_one 1, titel", "is not known here"),
        ('title = "Allergies"', 'title = "Allergies: none"', "page_one 4, title", 'does not say "none"'),
        ('part = "allergies"', 'part = "alergies"', "page_one 4, part", '"alergies" is no part of this page'),
        ('part = "allergies"', 'part = "medicines"', "page_one 4, part", "stands here a second time"),
        ('part = "concerns"', 'part = "allergies"', "body 3, part", '"allergies" is no part of this page'),
        ('part = "journey"', 'part = "journey"\nprint = "no"', "body 8, print", "is true or false"),
        ("form = 1", "form = 2", "form", "this program reads form = 1"),
        ("form = 1", "form = true", "form", "this program reads form = 1"),
        ('kind = "clinic"', 'kind = "results"', "kind", "not a template for this kind"),
        ('gp = "For your GP"', "", "actions, gp", "is missing or empty"),
        ('gp = "For your GP"', 'gp = "x"\nboss = "y"', "actions, boss", "is not known here"),
        ("[actions]", "[[actions]]", "actions", "is written as [actions]"),
    ],
)
def test_each_thing_that_cannot_be_is_told_with_its_key_and_its_line(old: str, new: str, line: str, words: str) -> None:
    found = changed(old, new)
    assert found.template is None
    hits = [problem for problem in found.problems if words in problem.told and line in problem.told]
    assert hits, told(found)
    if line and "missing" not in words:
        assert hits[0].line > 0


def test_a_problem_names_the_line_on_which_its_key_stands() -> None:
    text = CLINIC.replace('title = "What you told us"', 'title = "None"')
    (problem,) = read(text, "clinic").problems
    assert text.splitlines()[problem.line - 1] == 'title = "None"'
    assert problem.told.startswith(f"Line {problem.line}, body 3, title: ")


def test_a_line_inside_a_paragraph_is_not_taken_for_a_key() -> None:
    words = '"""\nfarewell = 1\n[actions]\n"""'
    assert own(words).template is not None
    found = own(words + "\nbogus = 1")
    (problem,) = found.problems
    assert "bogus" in problem.told
    assert "body 2" in problem.told


@pytest.mark.parametrize("part", sorted(FORMS["clinic"].compulsory))
def test_a_missing_compulsory_part_is_named(part: str) -> None:
    blocks = CLINIC.split("\n\n")
    kept = "\n\n".join(block for block in blocks if f'part = "{part}"' not in block)
    found = read(kept, "clinic")
    assert any(part in problem and "every letter of this kind has" in problem for problem in told(found))


def test_nothing_of_the_programs_own_can_be_worded() -> None:
    for words in ("Signed electronically by Dr A", "DRAFT - NOT SIGNED", "Replaces letter of today", "NHS No. 999"):
        assert any("printed by the program alone" in each for each in told(own(f'"{words}"')))
    assert own('"We are part of NHS North."').template is not None


@pytest.mark.parametrize(
    "words", ["No new problems.", "All is well. No swelling.", "Note:\\nnone found", "(no pain)", "Normal results."]
)
def test_a_fixed_sentence_cannot_say_no_of_every_patient(words: str) -> None:
    assert any("it would be said of every patient" in each for each in told(own(f'"{words}"')))


@pytest.mark.parametrize(
    "words",
    [
        "There is no sign of POEMS activity today.",
        "Your scan shows no change.",
        "You have no known allergies.",
        "There are, as far as we can tell, none.",
        "There is\\u00a0clearly\\u00a0no sign of illness.",
        "We found nothing new.",
        "Your results were all normal.",
        "There isn't any sign of illness.",
        "You don't have any allergies.",
    ],
)
def test_a_fixed_sentence_denies_nothing_further_on_either(words: str) -> None:
    assert any("of what there is or was found" in each for each in told(own(f'"{words}"')))
    opening = changed('opening = ""', f'opening = "{words}"')
    assert any("sentences, opening" in each for each in told(opening))


@pytest.mark.parametrize(
    "words",
    [
        "If you have not heard from us within two weeks, please ring {nurse_line}.",
        "Please do not hesitate to ring us.",
        "Your results were not looked at on this day.",
        "There is a lift. Please do not use the stairs.",
    ],
)
def test_a_fixed_sentence_may_ask_and_say_what_nobody_did(words: str) -> None:
    assert told(own(f'"{words}"')) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'gp = "For your GP"\nyou = "For you"',
            'gp = "For you"\nyou = "For your GP"',
            "actions, gp: is one of: For your",
        ),
        ('nothing = "None"', 'nothing = "Take twice daily"', "actions, nothing: is one of: None; Nothing"),
        ('title = "Allergies"', 'title = "Medicines to stop"', "page_one 4, title: a title over allergies holds"),
        ('title = "Allergies"', 'title = "Medicines"', "page_one 4, title: a title over allergies holds"),
        ('title = "The five features today"', 'title = "All clear"', 'does not say "All clear"'),
        ('title = "The five features today"', 'title = "Good news"', "a title over features holds"),
        ('title = "Other findings"', 'title = "Resolved findings"', "a title over other holds"),
        ('short_title = "Medicines" ', 'short_title = "Medicines, changes" ', 'does not say "changes"'),
        ('title = "What you told us"', 'title = "Allergies"', "reads as the title of the part allergies"),
        ('title = "What happens next"', 'title = "For your GP"', "what is asked of somebody"),
    ],
)
def test_a_title_says_what_follows_and_nothing_of_how_it_turned_out(old: str, new: str, words: str) -> None:
    assert any(words in each for each in told(changed(old, new))), told(changed(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "Allergies"', 'title = "Your allergies and intolerances"'),
        ('title = "The five features today"', 'title = "Findings today"'),
        ('title = "Diagnoses"', 'title = "Diagnoses and other problems"'),
        ('gp = "For your GP"', 'gp = "For the practice"'),
    ],
)
def test_a_title_that_only_names_its_part_is_taken(old: str, new: str) -> None:
    assert told(changed(old, new)) == []


@pytest.mark.parametrize("title", ["Allergies", "ALLERGIES:", "Your\\u00a0allergies", "When to get help", "Medicines"])
def test_a_paragraph_of_ones_own_does_not_pose_as_a_part(title: str) -> None:
    found = own('"We are on the second floor."', extra=f'title = "{title}"\n')
    assert any("title of" in each and "body 2, title" in each for each in told(found)), told(found)
    assert own('"Ring us."', extra='title = "Bringing your medicines along"\n').template is not None


@pytest.mark.parametrize("words", ["Signed\\u00a0electronically by Dr A", "NOT  SIGNED", "Replaces\\nletter of today"])
def test_the_programs_own_words_are_known_through_other_blanks(words: str) -> None:
    assert any("printed by the program alone" in each for each in told(own(f'"{words}"')))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("that are larger than usual", "that are not larger than usual", "sentences, o"),
        ("Nothing in it is new.", "No abnormality was found in you.", "sentences, about"),
        ("Nothing in it is new.", "We found no abnormality in you.", "sentences, about"),
        ("Nothing was asked of you at this visit.", "No abnormality was found.", "sentences, nothing_asked: is one of"),
        ('title = "What you can do"', 'title = "What your GP will do"', "is one of: For you"),
    ],
)
def test_the_plain_words_deny_nothing_of_their_own(old: str, new: str, words: str) -> None:
    text = built_in_text(PLAIN_WORDS)
    assert old in text
    found = read(text.replace(old, new, 1), PLAIN_WORDS)
    assert any(words in each for each in told(found)), told(found)


def test_a_letter_signed_with_a_template_keeps_it_when_the_rules_of_words_grow() -> None:
    text = CLINIC.replace('title = "Allergies"', 'title = "Medicines to stop"')
    text = text.replace('opening = ""', 'opening = "Your scan shows no change."')
    assert read(text, "clinic").template is None
    assert read(text, "clinic", 2, signed=True).problems == ()
    assert read(text.replace("shows", "\\u202e"), "clinic", 2, signed=True).template is None


def test_markup_in_a_template_is_literal() -> None:
    found = own('"<img src=x> <b>& x < y</b> &lt;"')
    assert found.template is not None
    assert next(s.words for s in found.template.body if s.part == "own") == ("<img src=x> <b>& x < y</b> &lt;",)


def test_own_paragraphs_need_a_name_that_is_theirs_alone_and_something_to_say() -> None:
    assert any("has a name" in each for each in told(own('"x"', name="Our parking")))
    twice = CLINIC.replace(
        '[[body]]\npart = "summary"',
        '[[body]]\npart = "own"\nname = "a"\nwords = "x"\n\n[[body]]\npart = "own"\nname = "a"\nwords = "y"\n\n'
        '[[body]]\npart = "summary"',
    )
    assert any("a stands here a second time" in each for each in told(read(twice, "clinic")))
    assert any("what shall be printed here" in each for each in told(own('" "')))
    assert any("20,000 characters" in each for each in told(own('"' + "x" * 20_000 + '"')))
    many = "".join(f'[[body]]\npart = "own"\nname = "n{n}"\nwords = "x"\n\n' for n in range(13))
    assert any("more than 12 paragraphs" in each for each in told(changed("\n[[body]]", "\n" + many + "[[body]]")))


HOSTILE = {
    "nested arrays": "a = " + "[" * 20_000,
    "nested tables": "a = " + "{b=" * 10_000,
    "a long key": ".".join("a" * 8_000) + " = 1",
    "a great number": "form = " + "9" * 20_000,
    "not toml": "Dear {patient}",
    "empty": "",
    "a null": "form = \x00",
    "a list at the top": "[[form]]\n[[form]]",
    "parts as text": 'page_one = "diagnoses"\nbody = ["summary"]',
    "sentences as a list": "sentences = []\nactions = 3\ntitle = {}",
    "an unclosed string": 'title = """',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    found = read_bytes(HOSTILE[name].encode(), "clinic")
    assert found.template is None
    assert found.problems
    assert all(len(problem.told) < 400 for problem in found.problems)


def test_too_large_and_not_utf_8_are_refused_before_they_are_read() -> None:
    (problem,) = read_bytes(b"#" * (MOST_BYTES + 1), "clinic").problems
    assert "64,001 bytes" in problem.told
    (problem,) = read_bytes('form = 1\ntitle = "Caf\u00e9"'.encode("latin-1"), "clinic").problems
    assert problem.told == "Line 2: the file is not text in UTF-8; save it again with that encoding."


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    found = read_bytes(b"\xef\xbb\xbf" + CLINIC.replace("\n", "\r\n").encode(), "clinic").template
    plain = read(CLINIC, "clinic").template
    assert found is not None
    assert plain is not None
    assert found.sha256 == plain.sha256


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused_and_never_crashes(text: str) -> None:
    assert (read(text, "clinic").template is None) == bool(read(text, "clinic").problems)


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_whatever_stands_in_a_sentence_is_kept_or_refused(words: str) -> None:
    quoted = (
        '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in words if ord(c) < 0xD800) + '"'
    )
    found = own(quoted)
    if found.template is not None:
        kept = next(s.words for s in found.template.body if s.part == "own")
        assert all(name in PLACEHOLDERS for form in kept for name in re.findall(r"\{(.*?)\}", form))
