"""Pages end where nothing is cut and nothing lost: whatever the pieces, each is placed once and inside its page."""

from hypothesis import given
from hypothesis import strategies as st

from poems_registry.pages.flow import TALL, Break, Outline, Piece, Placed, Room, cuts, outlines, paginate
from poems_registry.pages.pen import Pen

HEIGHT = 100.0


def nothing(pen: Pen, top: float) -> None:
    """Paints nothing."""


def room(page: int) -> Room:
    return Room(40.0 if page == 0 else 10.0, 10.0 + HEIGHT)


def piece(
    height: float,
    *,
    keep: bool = False,
    space: float = 0.0,
    head: tuple[Piece, ...] = (),
    outline: Outline | None = None,
    breaks: Break = Break.NONE,
) -> Piece:
    return Piece(height, nothing, space, keep, head, outline, breaks)


def own(page: list[Placed]) -> list[Piece]:
    return [placed.piece for placed in page if not placed.again]


PIECES = st.lists(
    st.builds(
        piece,
        st.floats(1, 60),
        keep=st.booleans(),
        space=st.floats(0, 20),
        breaks=st.sampled_from([Break.NONE] * 8 + [Break.ALWAYS, Break.FROM_FIRST]),
    ),
    max_size=40,
)


@given(PIECES)
def test_every_piece_is_placed_once_in_order_and_inside_its_page(pieces: list[Piece]) -> None:
    pages = paginate(pieces, room)
    assert [one for page in pages for one in own(page)] == pieces
    for index, page in enumerate(pages):
        y = room(index).top
        for placed in page:
            assert placed.top >= y - 0.01
            y = placed.top + placed.piece.height
        assert y <= room(index).bottom + 0.02


@given(PIECES)
def test_no_page_is_left_empty(pieces: list[Piece]) -> None:
    assert all(paginate(pieces, room)) or not pieces


def test_what_is_kept_goes_to_the_next_page_together() -> None:
    pieces = [piece(50), piece(10, keep=True), piece(40)]
    assert [own(page) for page in paginate(pieces, room)] == [[pieces[0]], pieces[1:]]


def test_a_chain_taller_than_a_page_flows() -> None:
    pieces = [piece(30, keep=True) for _ in range(9)]
    pages = paginate(pieces, room)
    assert [len(own(page)) for page in pages] == [2, 3, 3, 1]


def test_a_head_is_repeated_on_each_page_a_table_reaches() -> None:
    head = piece(8)
    pieces = [piece(8, keep=True), *(piece(20, head=(head,)) for _ in range(10))]
    pages = paginate(pieces, room)
    assert len(pages) > 2
    for page in pages[1:]:
        assert page[0].piece is head
        assert page[0].again


def test_the_greeting_opens_page_two_unless_the_first_page_overflowed() -> None:
    greeting = piece(10, breaks=Break.FROM_FIRST)
    assert len(paginate([piece(20), greeting], room)) == 2
    overflowed = paginate([piece(60), piece(60), greeting], room)
    assert len(overflowed) == 2
    assert greeting in own(overflowed[1])


def test_space_falls_away_at_the_top_of_a_page() -> None:
    pages = paginate([piece(60), piece(50, space=15)], room)
    assert pages[1][0].top == room(1).top


def test_a_box_parted_over_two_pages_is_closed_on_both() -> None:
    outline = Outline(0, 100, 5)
    pieces = [piece(20), *(piece(20, outline=outline) for _ in range(5))]
    pages = paginate(pieces, room)
    drawn = [outlines(page) for page in pages]
    assert [len(boxes) for boxes in drawn] == [1, 1]
    for index, boxes in enumerate(drawn):
        _, top, bottom = boxes[0]
        inside = [placed for placed in pages[index] if placed.piece.outline]
        assert top == inside[0].top - 5
        assert bottom == inside[-1].top + 20 + 5
        assert bottom <= room(index).bottom + 0.02


@given(st.integers(0, 500))
def test_something_tall_is_cut_between_its_lines_and_leaves_none_alone(lines: int) -> None:
    parts = cuts(lines)
    assert [line for start, end in parts for line in range(start, end)] == list(range(lines))
    if lines <= TALL:
        assert parts == [(0, lines)]
    else:
        assert parts[0][1] - parts[0][0] == parts[-1][1] - parts[-1][0] == 3
