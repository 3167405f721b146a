"""A journey of forty years with 200 values in each series, by which drawing is measured."""

import random
import time
from datetime import date, timedelta
from statistics import median

from poems_registry.charts.journey import journey
from poems_registry.charts.journey_data import Bar, Flag, JourneyData, Point, Sign
from poems_registry.charts.journey_series import free_light_chain, m_protein, onls, platelets, vegf_serum

YEARS, VALUES, TIMES = 40, 200, 15
END = date(2026, 1, 1)
WIDTH, HEIGHT, TYPE = 800.0, 600.0, 9.75


def long_journey() -> JourneyData:
    """Five series, eight lines of therapy, twelve events; a tenth of the values lies below an assay's limit."""
    chance = random.Random(1)
    days = [END - timedelta(days=YEARS * 365 * (VALUES - one) // VALUES) for one in range(VALUES)]

    def course(high: float, limit: float) -> tuple[Point, ...]:
        level, points = high, []
        for day in days:
            level = min(high, max(limit, level * chance.uniform(0.8, 1.22)))
            sign: Sign = "<" if chance.random() < 0.1 else "="
            points.append(Point(day, limit if sign == "<" else round(level, 1), sign))
        return tuple(points)

    scores = tuple(Point(day, float(chance.randint(1, 8))) for day in days)
    return JourneyData(
        (
            vegf_serum(course(9000, 31), decision=1771),
            m_protein(course(14, 1)),
            free_light_chain("Lambda FLC", course(90, 4)),
            onls(scores),
            platelets(course(700, 90)),
        ),
        END,
        tuple(Bar(f"Line {one}", date(1986 + 5 * one, 3, 1), date(1987 + 5 * one, 3, 1), one + 1) for one in range(8)),
        tuple(Flag(date(1987 + 3 * one, 5, 1), f"Event {one}") for one in range(12)),
    )


def milliseconds_to_draw() -> float:
    """The median from figures to a painted picture; needs a running application."""
    from PySide6.QtGui import QImage, QPainter

    from poems_registry.ui.theme.theme import Theme
    from poems_registry.ui.widgets.drawing import PIXELS_A_POINT, paint_scaled

    theme, data, took = Theme(), long_journey(), list[float]()
    picture = QImage(1100, 900, QImage.Format.Format_ARGB32_Premultiplied)
    for _ in range(TIMES):
        began = time.perf_counter()
        drawing = journey(data, WIDTH, HEIGHT, paper=False, font_size=TYPE)
        painter = QPainter(picture)
        paint_scaled(painter, theme, drawing, PIXELS_A_POINT)
        painter.end()
        took.append(time.perf_counter() - began)
    return median(took) * 1000
