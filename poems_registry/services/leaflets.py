"""The leaflets that the clinic gives to patients, carers and families (clinic.md): a list it keeps as a setting."""

from collections.abc import Mapping

from poems_registry.domain.names import clean_text
from poems_registry.services.clinic_settings import Threshold
from poems_registry.storage.settings import Setting

BETWEEN = "|"
LONGEST = 120


def read_leaflets(text: str) -> tuple[str, ...]:
    """Titles, each once and in the order given; ValueError for one that cannot stand in the list of a visit."""
    found = [clean_text(part, LONGEST, lines=False) for part in text.split(BETWEEN)]
    if any(";" in title for title in found):
        raise ValueError("a title holds ; which stands between two of them")
    return tuple(dict.fromkeys(title for title in found if title))


OWN_LIST = "list"
"""The tag of a setting that is a list of the clinic's own words: no paper says what stands in it."""

LEAFLETS = Threshold("leaflets", "Leaflets that the clinic gives", "", OWN_LIST, "the clinic's own list", read_leaflets)


def leaflets_of(rows: Mapping[str, Setting]) -> tuple[str, ...]:
    """The list in force; empty until the clinic keeps one."""
    return read_leaflets(rows[LEAFLETS.name].value) if LEAFLETS.name in rows else ()


def leaflets_text(leaflets: tuple[str, ...]) -> str:
    """As it is stored and typed."""
    return BETWEEN.join(leaflets)
