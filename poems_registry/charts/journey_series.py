"""The series a POEMS journey shows, declared once for screen and letter: axis, ticks, mark, dash, tone."""

from collections.abc import Iterable

from poems_registry.charts.journey_data import Level, Point, Series, ordered
from poems_registry.charts.markers import Marker
from poems_registry.charts.shapes import Tone

_VEGF_TICKS = (10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10000.0, 30000.0)
_SERUM_AXIS, _PLASMA_AXIS = (300.0, 10000.0), (30.0, 1000.0)
"""pg/mL that the axis shows at least; plasma runs about ten times lower than serum."""
_ONLS_MOST = 12.0
_ONLS_USUAL = 8.0


def vegf_serum(points: Iterable[Point], *, decision: float | None = None, limit: float | None = None) -> Series:
    """Serum VEGF in pg/mL, logarithmic, with the clinic's decision level and the laboratory's upper limit."""
    levels = [Level(decision, "decision level")] if decision is not None else []
    if limit is not None:
        levels.append(Level(limit, "upper limit", (0.9, 1.6)))
    return _vegf("VEGF, serum", points, levels, Marker.CIRCLE, _SERUM_AXIS)


def vegf_plasma(points: Iterable[Point], *, decision: float | None = None, limit: float | None = None) -> Series:
    """Plasma VEGF in pg/mL: another analyte than serum, its own panel."""
    levels = [Level(decision, "decision level")] if decision is not None else []
    if limit is not None:
        levels.append(Level(limit, "upper limit", (0.9, 1.6)))
    return _vegf("VEGF, plasma", points, levels, Marker.DIAMOND, _PLASMA_AXIS)


def m_protein(points: Iterable[Point]) -> Series:
    """Serum paraprotein in g/L from 0."""
    return Series(
        "M-protein",
        "g/L",
        ordered(tuple(points)),
        at_least=0.0,
        at_most=5.0,
        marker=Marker.SQUARE,
        tone=Tone.PURPLE,
        weight=1.1,
    )


def free_light_chain(name: str, points: Iterable[Point]) -> Series:
    """The involved free light chain in mg/L."""
    return Series(
        name,
        "mg/L",
        ordered(tuple(points)),
        at_least=0.0,
        at_most=30.0,
        marker=Marker.DIAMOND,
        tone=Tone.PURPLE,
        dash=(3.0, 1.6),
    )


def platelets(points: Iterable[Point], *, limit: float | None = None) -> Series:
    """Platelet count in 10⁹/L."""
    levels = (Level(limit, "upper limit", (0.9, 1.6)),) if limit is not None else ()
    return Series(
        "Platelets",
        "10⁹/L",
        ordered(tuple(points)),
        at_least=0.0,
        at_most=450.0,
        levels=levels,
        marker=Marker.SQUARE,
        tone=Tone.BLUE,
        dash=(5.0, 2.2),
    )


def onls(points: Iterable[Point]) -> Series:
    """Overall Neuropathy Limitations Scale, 0 to 12, lower is better; the axis grows from 8 to 12 when needed."""
    known = ordered(tuple(points))
    most = _ONLS_MOST if any(point.value > _ONLS_USUAL for point in known) else _ONLS_USUAL
    return Series(
        "ONLS",
        "0 to 12",
        known,
        steps=True,
        every_value=True,
        at_least=0.0,
        at_most=most,
        ticks=(0.0, most / 2, most),
        marker=Marker.OPEN_SQUARE,
        tone=Tone.GREEN,
        dash=(3.0, 1.6),
        hint="lower: better",
    )


def _vegf(name: str, points: Iterable[Point], levels: list[Level], marker: Marker, axis: tuple[float, float]) -> Series:
    return Series(
        name,
        "pg/mL, log scale",
        ordered(tuple(points)),
        logarithmic=True,
        levels=tuple(levels),
        shade_above=True,
        at_least=axis[0],
        at_most=axis[1],
        ticks=_VEGF_TICKS,
        marker=marker,
        tone=Tone.BLUE,
        weight=2.4,
    )
