"""What about one recorded value is possible and yet unusual: asked once, never refused."""

import re
from typing import Final

from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import NBSP, Number, same_unit, show_number
from poems_registry.domain.findings import Finding, State

_POINT_OR_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def doubt_of(item: Item, finding: Finding) -> str:
    """Words when the value is unusual, or written so that it may mean another number; empty when it is plain."""
    if finding.state is not State.RECORDED or finding.value is None:
        return ""
    return item.kind.doubt(finding.value) or _point_for_thousands(item, finding)


def _point_for_thousands(item: Item, finding: Finding) -> str:
    """`1.250` is read with a decimal point; where a thousand and more is as possible, a person says which it is."""
    kind = item.kind
    if not isinstance(kind, Number) or not _POINT_OR_THOUSANDS.fullmatch(finding.reported):
        return ""
    if kind.decimals > 2 or finding.number * 1000 > kind.hard[1]:
        return ""
    own = not finding.reported_unit or same_unit(finding.reported_unit) == same_unit(kind.unit)
    unit = kind.unit if own else finding.reported_unit
    thousands = show_number(finding.reported_number * 1000, 0)
    read = f"{finding.reported}{NBSP}{unit}".rstrip()
    return f"read as {read} with a decimal point; a thousand and more is written {thousands}"
