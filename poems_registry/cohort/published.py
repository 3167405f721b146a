"""How often other clinics found each feature: the series of clinical.md 6.2, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass

from poems_registry.domain.criteria import Criterion


@dataclass(frozen=True, slots=True)
class Series:
    """One publication. `size` is its number of patients; `from_memory`: not read at the source, to be checked.

    Percentages of one study, or (low, high) over several. They count features at diagnosis, by definitions and
    denominators of their own.
    """

    name: str
    size: int | None
    source: str
    address: str
    from_memory: bool
    percent: Mapping[Criterion, float | tuple[float, float]]


C = Criterion
SERIES = (
    Series(
        "6 older series",
        None,
        "Dispenzieri A. Am J Hematol 2012;87:804-14, Table 1 (lowest and highest of six series)",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC3425020/table/T1",
        False,
        {
            C.P: (100, 100),
            C.M: (75, 100),
            C.O: (45, 85),
            C.E: (67, 84),
            C.S: (68, 89),
            C.X: (29, 87),
            C.Pa: (29, 64),
            C.T: (54, 88),
            C.B: (27, 97),
            C.C: (11, 25),
        },
    ),
    Series(
        "Mayo 2003",
        99,
        "Dispenzieri A, et al. Blood 2003;101:2496-506",
        "https://ashpublications.org/blood/article/101/7/2496/106657/POEMS-syndrome-definitions-and-long-term",
        True,
        {C.P: 100, C.M: 100, C.O: 50, C.E: 67, C.S: 68, C.X: 29, C.Pa: 29, C.T: 54, C.B: 97, C.C: 11},
    ),
    Series(
        "China",
        1946,
        "Chinese literature, reviewed in Front Immunol 2019;10:1428",
        "https://www.frontiersin.org/articles/10.3389/fimmu.2019.01428/full",
        False,
        {C.P: 99.5, C.O: 83.1, C.E: 75.6, C.S: 77.1, C.X: 81.9},
    ),
    Series(
        "UCLH 2020",
        100,
        "Keddie S, et al. Neurology 2020;95:e268 (abstract)",
        "https://n.neurology.org/content/95/3/e268",
        False,
        {C.P: 96},
    ),
    Series(
        "UCLH transplant",
        42,
        "EHA congress abstract PF745 (transplanted patients)",
        "EHA congress abstract PF745",
        False,
        {C.V: 100},
    ),
)
"""Left out: figures for several features together, and counts of a serum M-protein alone."""


def series_name(series: Series) -> str:
    """`Mayo 2003, n = 99`."""
    return series.name if series.size is None else f"{series.name}, n = {series.size:,}"
