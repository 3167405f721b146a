"""A document read out as text says what the page says, in the same order."""

from datetime import UTC, datetime

import pytest

from poems_registry.charts.shapes import Drawing
from poems_registry.pages.document import (
    Action,
    ActionGroup,
    Actions,
    Band,
    Block,
    Column,
    Document,
    Envelope,
    Figure,
    Footer,
    Heading,
    Identity,
    IdentityRow,
    Item,
    KeyFigure,
    KeyFigures,
    NewPage,
    Numbered,
    Paragraph,
    Row,
    Run,
    Table,
    TwoColumns,
    plain,
)
from poems_registry.pages.text import to_text

WHEN = datetime(2026, 11, 20, 16, 42, tzinfo=UTC)


def document(*blocks: Block, **changes: object) -> Document:
    return Document(title="T", author="A", subject="S", created=WHEN, blocks=blocks, **changes)  # type: ignore[arg-type]


def test_text_follows_the_order_of_the_page() -> None:
    text = to_text(
        document(
            Heading("Your visit", 1),
            Band(plain("Replaces letter.")),
            Numbered((Item(plain("First")), Item(plain("Second")))),
            Paragraph((Run("Take "), Run("dexamethasone", bold=True), Run(" 10\u00a0mg."))),
            NewPage(),
            TwoColumns((Paragraph(plain("Yours sincerely")),), (Heading("Copies to", 3),)),
            KeyFigures((KeyFigure("142", "patients"),)),
            Figure(Drawing(10, 10, (), "A chart."), plain("Caption.")),
            footer=Footer("HARTLEY, Thomas", ("Born 14 March 1958",), "Letter 1"),
            envelope=Envelope(
                ("Clinic",), ("Mr Hartley", "ZZ1 4QX"), Identity("HARTLEY", (IdentityRow("Born", "1958"),))
            ),
        )
    )
    assert text == (
        "Clinic\n\nMr Hartley\nZZ1 4QX\n\nHARTLEY\nBorn 1958\n\nYour visit\n\nReplaces letter.\n\n1. First\n2. Second"
        "\n\nTake dexamethasone 10 mg.\n\nYours sincerely\n\nCopies to\n\n142 patients"
        "\n\nFigure: A chart.\n\nCaption.\n\n"
        "Letter 1\n"
    )


def test_actions_are_counted_through_and_an_empty_group_says_none() -> None:
    actions = Actions(
        (
            ActionGroup("For your GP", (Action(plain("Stop it."), "by 3 May 2027"),)),
            ActionGroup("For you", ()),
            ActionGroup("For the team", (Action(plain("Ring.")),)),
        )
    )
    assert to_text(document(actions)) == (
        "Actions\n\nFor your GP\n1. Stop it. By 3 May 2027.\n\nFor you\nNone\n\nFor the team\n2. Ring.\n"
    )


def test_a_table_row_names_its_columns_or_says_its_own_lines() -> None:
    columns = (Column("Test", 10), Column("Unit", 10), Column("Today", 10))
    rows = (
        Row((plain("VEGF"), plain("pg/mL"), plain("640"))),
        Row((plain("ONLS"), plain(""), plain("3")), lines=(plain("ONLS is 3."),)),
    )
    assert to_text(document(Table(columns, rows))) == "VEGF: Unit pg/mL; Today 640\nONLS is 3.\n"


def test_a_draft_says_so_first_and_in_its_title() -> None:
    draft = document(Paragraph(plain("Hello")), draft=True)
    assert to_text(draft).startswith("DRAFT - NOT SIGNED\n")
    assert draft.printed_title == "DRAFT - NOT SIGNED: T"


@pytest.mark.parametrize("size", [11, 25])
def test_type_sizes_beyond_what_people_can_ask_for_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="12 to 24"):
        document(size=size)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Document(title="T", author="A", subject="S", created=WHEN.replace(tzinfo=None), blocks=())


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell a column"):
        Table((Column("A", 1), Column("B", 1)), (Row((plain("x"),)),))
