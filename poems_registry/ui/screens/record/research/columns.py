"""The columns of the lists of research: parts in studies, samples with their aliquots, values by sample."""

from collections.abc import Callable, Sequence

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.research.shown import PartRow, SampleRow, ValueRow, What
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column
from poems_registry.ui.theme.tokens import Tone


def part_columns() -> list[Column[PartRow]]:
    """What goes on in bold; a part without a consent says so in red."""
    return [
        Column(tr("Study"), lambda r: f"{r.study}, {r.full_name}".strip(", "), None, _study, 240, 190, stretch=True),
        Column(tr("Number"), lambda r: r.number, width=110, narrow=90),
        Column(tr("Joined"), lambda r: r.joined, width=230, narrow=200),
        Column(tr("State"), lambda r: ", ".join(p for p in (r.state, r.doubt) if p), None, _state, 180, 150),
        Column(tr("Ended"), lambda r: r.ended, width=260, narrow=200),
    ]


def sample_columns() -> list[Column[SampleRow]]:
    """A sample in bold, its aliquots below it in the second tone."""
    return [
        Column(tr("Number"), lambda r: r.number, None, _number, 112, 104),
        Column(tr("What"), lambda r: r.of, None, _plain(lambda r: r.of), 220, 170, stretch=True),
        Column(tr("When, or where"), lambda r: r.when, None, _plain(lambda r: r.when), 250, 190),
        Column(tr("Consent"), lambda r: r.consent, None, _consent, 220, 180),
        Column(tr("Result, or state"), lambda r: ". ".join(p for p in (r.state, r.more) if p), None, _result, 230, 190),
    ]


def value_columns(tests: Sequence[str]) -> list[Column[ValueRow]]:
    """One column a test."""
    return [
        Column(tr("Sample"), lambda r: f"{r.sample}, {r.day}", None, _sample, 130, 112),
        *(_test(place, name) for place, name in enumerate(tests)),
        Column(tr("Assay"), lambda r: r.assay or r.said, None, _assay, 150, 110, stretch=True),
    ]


def _test(place: int, name: str) -> Column[ValueRow]:
    def cell(row: ValueRow) -> Cell:
        value, assay = row.cells[place]
        return Cell((Span(value),), (Span(assay, tone=Tone.SUB),) if assay else ())

    return Column(name, lambda r: " ".join(part for part in r.cells[place] if part), None, cell, 92, 76)


def _study(row: PartRow) -> Cell:
    second = (Span(row.full_name, tone=Tone.SUB),) if row.full_name else ()
    return Cell((Span(row.study, bold=row.now),), second)


def _state(row: PartRow) -> Cell:
    doubt = (Span(row.doubt, tone=Tone.RED, icon="triangle-alert"),) if row.doubt else ()
    return Cell((Span(row.state, bold=row.now),), doubt)


def _number(row: SampleRow) -> Cell:
    if row.what is What.SAMPLE:
        return Cell((Span(row.number, bold=True),))
    return Cell((Span(f"    {row.number}", tone=Tone.SUB),))


def _plain(text: Callable[[SampleRow], str]) -> Callable[[SampleRow], Cell]:
    return lambda row: Cell((Span(text(row), tone=Tone.TEXT if row.what is What.SAMPLE else Tone.SUB),))


def _consent(row: SampleRow) -> Cell:
    if not row.consent:
        return Cell()
    if row.consent_bad:
        return Cell((Span(row.consent, bold=True, tone=Tone.RED, icon="triangle-alert"),))
    return Cell((Span(row.consent, icon="check", icon_tone=Tone.GREEN),))


def _result(row: SampleRow) -> Cell:
    return Cell((Span(row.state),), (Span(row.more, tone=Tone.SUB),) if row.more else ())


def _sample(row: ValueRow) -> Cell:
    mark = "triangle-alert" if row.consent_bad else ""
    return Cell((Span(row.sample, bold=True, icon=mark, icon_tone=Tone.RED),), (Span(row.day, tone=Tone.SUB),))


def _assay(row: ValueRow) -> Cell:
    return Cell((Span(row.assay or tr("beside each value"), tone=Tone.SUB),))
