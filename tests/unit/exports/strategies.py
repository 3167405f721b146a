"""Values and findings that any item of the catalogue may hold, for Hypothesis."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import AnyKind, Choice, Choices, Day, Number, Text, YesNo
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State, Value

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
"""Any text but the halves of characters and NUL, which no field takes."""

limits = st.none() | st.floats(allow_nan=False, allow_infinity=False)
reported = st.sampled_from(["", "12", "12.5", "12,5", "1,250", "1250", "0,450", "not detected"])
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial_days(draw: st.DrawFn) -> PartialDate:
    """Dates known to the day, the month or the year, some approximate."""
    day = draw(days)
    parts = draw(st.integers(1, 3))
    month, known_day = day.month if parts > 1 else None, day.day if parts > 2 else None
    return PartialDate(day.year, month, known_day, draw(st.booleans()))


def values_of(kind: AnyKind) -> st.SearchStrategy[Value]:
    """Whatever an item of this kind may hold."""
    match kind:
        case Number(whole=True):
            return st.integers(int(kind.hard[0]), int(min(kind.hard[1], 10**9))).map(float)
        case Number():
            return st.floats(*kind.hard)
        case Choice() | YesNo():
            return st.sampled_from([option.code for option in kind.options])
        case Choices():
            codes = [option.code for option in kind.options]
            chosen = st.sets(st.sampled_from(codes), min_size=1)
            return chosen.map(lambda some: tuple(code for code in codes if code in some))
        case Day():
            return partial_days()
        case Text():
            return words.filter(bool)


@st.composite
def findings_of(draw: st.DrawFn, item: Item) -> Finding:
    """A finding of this item with every column of decision 11 filled or empty."""
    state = draw(st.sampled_from(State))
    recorded = state is State.RECORDED
    censored = isinstance(item.kind, Number) and item.kind.censored
    value = draw(values_of(item.kind)) if recorded else None
    signs = [sign for sign in Sign if value != 0 or sign is not Sign.BELOW]
    return Finding(
        item.code,
        value,
        state,
        draw(st.integers(0, 5)),
        draw(st.sampled_from(signs)) if censored and recorded else Sign.EQUAL,
        draw(reported if isinstance(item.kind, Number) else words),
        draw(words),
        draw(limits),
        draw(limits),
        draw(words),
        draw(words),
        draw(words),
        draw(words),
        draw(st.none() | st.sampled_from(Attribution)),
        draw(words),
        None,
        draw(words),
        draw(words),
        draw(st.none() | instants),
        draw(st.integers(1, 99)),
    )
