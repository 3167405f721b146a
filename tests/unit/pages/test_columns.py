"""Columns: as designed where words fit, wider where one would be cut, lines where no width would do."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.pages.columns import SIDE, column_widths
from poems_registry.pages.document import Column, Document, Row, Table, plain
from poems_registry.pages.geometry import type_scale
from poems_registry.pages.setting import Setting
from poems_registry.pages.structure import Node
from poems_registry.pages.typesetting import longest_word

WIDTH = 487.0


def setting(*, compact: bool = True, size: int = 12) -> Setting:
    document = Document(
        title="T",
        author="",
        subject="",
        created=datetime(2026, 1, 1, tzinfo=UTC),
        blocks=(),
        compact=compact,
        size=size,
    )
    return Setting(document, type_scale(document), 0.0, WIDTH, Node("Document"))


def table(*texts: str, widths: tuple[float, ...] = ()) -> Table:
    asked = widths or tuple(10.0 for _ in texts)
    columns = tuple(Column(f"H{k}", width) for k, width in enumerate(asked))
    return Table(columns, (Row(tuple(plain(text) for text in texts)),))


def test_widths_that_fit_are_kept_as_designed() -> None:
    assert column_widths(setting(), table("a", "b", widths=(1, 3))) == pytest.approx((WIDTH / 4, WIDTH * 3 / 4))


def test_a_column_grows_to_its_longest_word() -> None:
    widths = column_widths(setting(), table("cyclophosphamide", "b c d", widths=(1, 20)))
    assert widths is not None
    assert widths[0] >= longest_word(plain("cyclophosphamide"), 10.5) + 2 * SIDE
    assert sum(widths) == pytest.approx(WIDTH)


def test_words_that_fit_no_width_ask_for_lines() -> None:
    assert column_widths(setting(), table("x" * 60, "y" * 60)) is None


@given(st.lists(st.text("ab c", max_size=40), min_size=1, max_size=6), st.booleans(), st.sampled_from([12, 14]))
def test_no_column_is_narrower_than_a_word_and_all_fill_the_width(texts: list[str], compact: bool, size: int) -> None:
    place = setting(compact=compact, size=size)
    made = table(*texts)
    widths = column_widths(place, made)
    if widths is None:
        return
    assert sum(widths) == pytest.approx(WIDTH)
    for width, text in zip(widths, texts, strict=True):
        assert width >= longest_word(plain(text), place.scale.small) + 2 * SIDE
