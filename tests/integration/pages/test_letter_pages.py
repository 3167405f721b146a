"""A printed letter says all that was composed, stands where the envelope needs it, and shows its state on each page."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.pages import columns, typesetting
from poems_registry.pages.document import (
    ActionGroup,
    Actions,
    Document,
    Envelope,
    Heading,
    Paragraph,
    Run,
    Table,
    bold,
    plain,
    words,
)
from poems_registry.pages.front import AddressDoesNotFit
from poems_registry.pages.geometry import UnknownEnvelope
from poems_registry.pages.pdf import all_texts, render
from poems_registry.pages.raster import page_count, picture, png
from tests.integration.pages.reading import letters, page_texts, squeezed, type_sizes
from tests.integration.pages.report_samples import make_report
from tests.integration.pages.samples import LONG_ADDRESS, amended, make_letter

SIZES = [12, 14, 16, 18, 20, 24]


def printed(document: Document) -> str:
    return squeezed("".join(page_texts(render(document))))


def test_every_word_that_was_composed_is_printed() -> None:
    document = make_letter()
    whole = printed(document)
    skipped = {squeezed(document.draft_words)}
    for block in document.blocks:
        if isinstance(block, Table):  # said in large print only
            in_lines = [run.text for row in block.rows for line in row.lines for run in line]
            skipped |= {squeezed(part) for text in in_lines for part in text.split("\n")}
    for text in all_texts(document):
        for line in text.split("\n"):
            assert squeezed(line) in whole or squeezed(line) in skipped, line


@pytest.mark.parametrize("size", SIZES)
def test_every_size_says_medicines_actions_and_sign_off(size: int) -> None:
    whole = printed(make_letter(12, size=size, compact=False))
    for text in ("dexamethasone", "1,800 mg every 4 weeks", "Yours sincerely", "Ankle splint review", "GMC 0000000"):
        assert squeezed(text) in whole
    for number in range(8):
        assert f"{number + 1}" in whole


@pytest.mark.parametrize("size", SIZES)
def test_no_letter_stands_outside_the_page_margins(size: int) -> None:
    for letter in letters(render(make_letter(12, size=size, compact=False, draft=False))):
        assert letter.left >= 19.5
        assert letter.right <= 192.6
        assert letter.top >= 4
        assert letter.bottom <= 293


ACCENTED = ("Ấjqy Ṣọ́lá Éjg", *LONG_ADDRESS[1:6], "Ǻgjy Ửq")


@pytest.mark.parametrize("address", [LONG_ADDRESS, LONG_ADDRESS[:6], LONG_ADDRESS[:3], ACCENTED, ACCENTED[:5]])
@pytest.mark.parametrize("size", SIZES)
def test_the_address_and_nothing_else_stands_in_the_window(address: tuple[str, ...], size: int) -> None:
    first = [one for one in letters(render(make_letter(address=address, size=size))) if one.page == 0]
    inside = [one for one in first if one.left < 113 and one.right > 10 and one.top < 92 and one.bottom > 46]
    assert squeezed("".join(one.character for one in inside)) == squeezed("".join(address))
    assert min(one.left for one in inside) >= 20
    assert max(one.right for one in inside) <= 100
    assert min(one.top for one in inside) >= 57
    assert max(one.bottom for one in inside) <= 81


def test_a_long_line_of_an_address_is_wrapped_not_cut() -> None:
    address = ("Mr Thomas Hartley", "The Very Long Name Of A Converted Agricultural Building", "ZZ1 4QX")
    assert squeezed("".join(address)) in printed(make_letter(address=address))


def test_an_address_of_eight_lines_is_refused_not_cut() -> None:
    with pytest.raises(AddressDoesNotFit, match="at most 7 lines"):
        render(make_letter(address=(*LONG_ADDRESS, "Extra")))


def test_the_hybrid_mail_window_is_another_profile() -> None:
    document = make_letter(address=LONG_ADDRESS)
    first = [
        one
        for one in letters(render(replace(document, envelope=replace(document.envelope, profile="hybrid-mail"))))
        if one.page == 0
    ]
    inside = [one for one in first if one.left < 120 and one.top < 66.3 and one.bottom > 39.5]
    assert squeezed("".join(one.character for one in inside)) == squeezed("".join(LONG_ADDRESS))
    assert min(one.left for one in inside) >= 24.6
    assert min(one.left for one in first) >= 15


def test_an_unknown_envelope_is_refused_by_name() -> None:
    with pytest.raises(UnknownEnvelope, match="dl-window"):
        render(replace(make_letter(), envelope=Envelope(profile="letterbox")))


@pytest.mark.parametrize("paragraphs", [0, 30, 140])
def test_identity_reference_and_page_number_stand_on_every_page(paragraphs: int) -> None:
    filler = tuple(Paragraph(plain(f"Line {k} of a long letter. " * 4)) for k in range(paragraphs))
    document = replace(make_letter(), blocks=(Heading("Letter", 1), *filler))
    pages = page_texts(render(document))
    assert len(pages) == {0: 1, 30: 2, 140: 7}[paragraphs]
    for number, text in enumerate(pages, 1):
        said = squeezed(text)
        assert squeezed(f"Page {number} of {len(pages)}") in said
        for part in ("HARTLEY, Thomas", "Born 14 March 1958", "999 000 2746", "L-2026-0412 version 1"):
            assert squeezed(part) in said


@pytest.mark.parametrize("family", ["KOWALSKI-ŁUKASIEWICZ", "KOWALSKI-ŁUKASIEWICZ-HARGREAVES"])
def test_a_long_family_name_is_broken_nowhere_in_the_largest_print(family: str) -> None:
    document, name = make_letter(size=24), f"{family}, João Miguel (Mr)"
    identity, footer = document.envelope.identity, replace(document.footer, name=name)
    assert identity is not None
    envelope = replace(document.envelope, identity=replace(identity, name=name))
    document = replace(document, footer=footer, envelope=envelope)
    pages = page_texts(render(document))
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert text.count(family) == (2 if number == 1 else 1)  # beside the address, and in the footer
        assert f"Page {number} of {len(pages)}" in text


@pytest.mark.parametrize("size", [12, 24])
def test_a_draft_says_so_on_every_page_and_a_signed_letter_nowhere(size: int) -> None:
    pages = page_texts(render(make_letter(size=size, draft=True)))
    assert all(squeezed(text).count("DRAFT-NOTSIGNED") == 3 for text in pages)  # across, in a box, in the footer
    assert "DRAFT" not in "".join(page_texts(render(make_letter(size=size))))


def test_the_greeting_opens_the_back_of_the_sheet() -> None:
    pages = page_texts(render(make_letter()))
    assert len(pages) == 2
    assert squeezed(pages[0]).count("DearThomas") == 0
    assert squeezed(pages[1]).index("DearThomas") < 80


def test_a_first_page_that_overflows_flows_on_without_an_empty_half() -> None:
    pages = [squeezed(text) for text in page_texts(render(make_letter(12)))]
    assert "medicine4" in pages[1]
    assert "DearThomas" in pages[1]


def test_a_table_that_is_parted_repeats_its_head_and_keeps_two_rows_together() -> None:
    pages = [squeezed(text) for text in page_texts(render(make_letter(60)))]
    rows = [sum(f"medicine{k}5mg" in page for k in range(53)) for page in pages]
    with_rows = [page for page, count in zip(pages, rows, strict=True) if count]
    assert len(with_rows) >= 3
    assert all(squeezed("Dose and how often") in page for page in with_rows)
    assert all(count >= 2 for count in rows if count)


@pytest.mark.parametrize("size", SIZES)
def test_no_type_is_smaller_than_chosen_but_the_address(size: int) -> None:
    document = make_letter(12, size=size, compact=False, address=(), draft=True)
    drawn_to_size = [block for block in document.blocks if size >= 16 or not hasattr(block, "drawing")]
    assert min(type_sizes(render(replace(document, blocks=tuple(drawn_to_size))))) >= size


def test_large_print_leaves_the_chart_out_and_says_results_as_lines() -> None:
    whole = printed(make_letter(size=18))
    assert squeezed("12 August 2026: 29.8 high") in whole
    assert squeezed("decision level") not in whole


def test_a_group_without_actions_prints_none() -> None:
    document = replace(make_letter(), blocks=(Actions((ActionGroup("For you", ()),)),))
    assert "ForyouNone" in printed(document)
    assert "ForyouNone" in printed(replace(document, size=18))


def test_an_amended_letter_names_what_it_replaces_and_marks_changed_lines() -> None:
    before, after = make_letter(), amended(make_letter())
    assert squeezed("Replaces letter of 20 November 2026 (version 1).") in printed(after)
    dark = [_dark_at_left_edge(render(document)) for document in (before, after)]
    assert dark[0] == 0
    assert dark[1] > 20


def _dark_at_left_edge(data: bytes) -> int:
    """Dark pixels between x 18.2 and 19.8 mm of page 1, where bars of changed lines stand."""
    page = picture(data, 0, 2.0)
    columns = range(int(18.6 * 72 / 25.4 * 2), int(19.6 * 72 / 25.4 * 2))
    rows = range(int(120 * 72 / 25.4 * 2), page.height - 200)
    return sum(page.rgba[4 * (y * page.width + x)] < 100 for y in rows for x in columns)


def test_the_same_document_gives_the_same_bytes_and_another_does_not() -> None:
    assert render(make_letter()) == render(make_letter())
    assert render(make_report()) == render(make_report())
    assert render(make_letter()) != render(make_letter(title="Another"))


def test_what_was_printed_before_changes_no_byte_and_leaves_no_words_behind() -> None:
    first = render(make_letter())
    render(make_letter(size=18))
    render(replace(make_letter(), blocks=(Paragraph(plain("Ωμέγα, Ễ and ⁹ in an order of their own.")),)))
    assert render(make_letter()) == first
    assert (typesetting.kept(), columns.kept()) == (0, 0)


def test_the_preview_form_shows_the_same_page() -> None:
    document = make_letter()
    quick, kept = render(document, archive=False), render(document)
    assert picture(quick, 0) == picture(kept, 0)
    assert page_count(quick) == page_count(kept) == 2
    assert png(kept, 1).startswith(b"\x89PNG")


def test_a_report_carries_its_band_and_footer_on_every_page() -> None:
    pages = [squeezed(text) for text in page_texts(render(make_report()))]
    assert len(pages) == 2
    for number, text in enumerate(pages, 1):
        assert squeezed("NOT FOR RELEASE: clinic use only") in text
        assert squeezed("Cohort report C-2026-031.") in text
        assert f"Page{number}of2" in text
    assert "NOTFORRELEASE" not in printed(make_report(band=""))


HOSTILE = [
    '<img src="file:///etc/passwd"/>',
    "x<y and y>z",
    "<b",
    "</para>",
    "&amp; &lt; & &#65;",
    "%s {0} {title} \\n",
    "(unbalanced ( brackets \\ back",
    "BT /F1 12 Tf (x) Tj ET",
    "=1+1",
    "Robert'); DROP TABLE patient;--",
    "<font color=red>red</font>",
    "]]> <!-- -->",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_markup_is_printed_as_it_was_typed(text: str) -> None:
    document = make_letter(address=(text[:30], "ZZ1 4QX"), title=text, author=text, subject=text)
    blocks = (Heading(text, 1), Paragraph((Run(text), Run(text, bold=True))), Heading(text, 3))
    whole = printed(replace(document, blocks=blocks))
    assert whole.count(squeezed(text)) >= 4


@settings(max_examples=60)
@given(st.text(st.sampled_from("abé <>&%()\\[]{}'\"/=+-\n\u00a0Łж10⁹"), min_size=1, max_size=80))
def test_whatever_is_typed_is_what_is_read(text: str) -> None:
    document = Document(
        title="T", author="A", subject="S", created=make_letter().created, blocks=(Paragraph(bold("[" + text + "]")),)
    )
    assert squeezed("[" + text + "]") in printed(document)


@pytest.mark.parametrize("text", ["word " * 10_000, "x" * 50_000])
def test_fifty_thousand_letters_flow_over_pages_and_none_is_lost(text: str) -> None:
    document = replace(make_letter(), blocks=(Paragraph(plain(text)),))
    pages = page_texts(render(document, archive=False))
    assert len(pages) > 5
    assert sum(page.count(text[0]) for page in pages) >= text.count(text[0])


def test_a_cell_of_pages_of_text_is_parted_not_clipped() -> None:
    document = make_letter()
    table = next(block for block in document.blocks if isinstance(block, Table))
    long = "dose " * 3000
    row = replace(table.rows[0], cells=(*table.rows[0].cells[:1], plain(long), *table.rows[0].cells[2:]))
    whole = printed(replace(document, blocks=(replace(table, rows=(row, *table.rows[1:])),)))
    assert whole.count("dose") == 3000
    assert words(row.cells[0]) in whole
