"""What is stored is an archive file: PDF/A-2b by a strict judge, tagged throughout, its own date and language."""

from datetime import timedelta, timezone
from io import BytesIO

import pikepdf
import pytest

from poems_registry.pages.document import Document
from poems_registry.pages.fonts import MissingGlyph
from poems_registry.pages.pdf import check_archive, render
from tests.integration.pages.reading import fonts, painted_outside_tags, structure
from tests.integration.pages.report_samples import make_report
from tests.integration.pages.samples import amended, make_letter

DOCUMENTS = {
    "letter": make_letter(),
    "draft": make_letter(draft=True),
    "amended": amended(make_letter()),
    "large print": make_letter(size=18),
    "many medicines": make_letter(60),
    "report": make_report(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_kind_of_document_passes_as_pdf_a_2b(name: str) -> None:
    assert check_archive(render(DOCUMENTS[name])) == []


def test_the_judge_finds_what_is_wrong() -> None:
    assert check_archive(render(make_letter(), archive=False))
    assert check_archive(b"%PDF-1.4 nothing")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_painted_outside_a_tag_or_an_artefact(name: str) -> None:
    assert painted_outside_tags(render(DOCUMENTS[name])) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_our_typeface_is_used_and_it_is_embedded(name: str) -> None:
    found = fonts(render(DOCUMENTS[name]))
    assert found
    assert all(found.values())
    assert all("LiberationSans" in font for font in found)


def test_the_tags_tell_headings_lists_tables_and_figures_in_reading_order() -> None:
    tags = [tag for tag, _ in structure(render(make_letter()))]
    assert tags[0] == "/Document"
    assert tags.count("/H1") == 1
    assert tags.index("/H1") < tags.index("/L") < tags.index("/Table") < tags.index("/Figure")
    assert tags.count("/Table") == 3
    assert tags.count("/TR") == (1 + 7) + (1 + 5) + (1 + 5)
    assert tags.count("/Figure") == 1
    assert tags.count("/LI") == 3 + 8


def test_a_repeated_head_is_read_once() -> None:
    tags = [tag for tag, _ in structure(render(make_letter(60)))]
    assert tags.count("/TR") == (1 + 60) + (1 + 5) + (1 + 5)


def test_each_mark_of_each_page_leads_to_one_element() -> None:
    with pikepdf.open(BytesIO(render(make_letter(60)))) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert len(numbers) == 2 * len(pdf.pages)
        for index, page in enumerate(pdf.pages):
            assert page.StructParents == index
            steps = [step for step in pikepdf.parse_content_stream(page) if str(step.operator) == "BDC"]
            marks = [int(step.operands[1].MCID) for step in steps]
            assert marks == list(range(len(marks)))
            assert len(numbers[2 * index + 1]) == len(marks)


def test_a_chart_is_told_in_words() -> None:
    with pikepdf.open(BytesIO(render(make_letter()))) as pdf:
        alts = [str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert len(alts) == 1
    assert "VEGF, serum, pg/mL: 10 values; more than 8,000 on 4 March 2024" in alts[0]


def test_title_language_and_the_real_date_stand_in_the_file() -> None:
    zone = timezone(timedelta(hours=-5, minutes=-30))
    document = make_letter(created=make_letter().created.astimezone(zone), draft=True)
    with pikepdf.open(BytesIO(render(document))) as pdf:
        assert str(pdf.docinfo.Title) == "DRAFT - NOT SIGNED: Clinic letter L-2026-0412 version 1"
        assert str(pdf.docinfo.CreationDate) == "D:20261120111200-05'30'"
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert "<xmp:CreateDate>2026-11-20T11:12:00-05:30</xmp:CreateDate>" in packet
    assert check_archive(render(document)) == []


def test_signs_of_markup_in_the_title_do_not_break_the_metadata() -> None:
    assert check_archive(render(make_letter(title="a < b & c > d \"e\" 'f'", author="é Ł", subject=""))) == []


def test_a_letter_that_cannot_be_printed_stops_before_anything_is_made() -> None:
    with pytest.raises(MissingGlyph, match="王"):
        render(make_letter(address=("Mr 王", "ZZ1 4QX")))


def test_many_scripts_in_one_letter_still_pass() -> None:
    document: Document = make_letter(address=("Nguyễn Ṣọlá Łukasz", "Ωμέγα Достоевский", "ZZ1 4QX"))
    assert check_archive(render(document)) == []
