"""A pasted block in hand with what was said of it, and the same as it is kept for later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.pasted import Pasted, read_block
from poems_registry.catalogue.pasted_results import IGNORE, Answers, proposed_item, proposed_unit


@dataclass
class Block:
    """A block, and by a test's place what a person said of it."""

    text: str
    pasted: Pasted
    items: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    confirmed: set[int] = field(default_factory=set)
    doubts: bool = False
    change: bool = False
    reason: str = ""

    @property
    def answers(self) -> Answers:
        """Only what a person confirmed counts as a unit."""
        units = {place: unit for place, unit in self.units.items() if place in self.confirmed and unit}
        return Answers(dict(self.items), units, self.doubts, self.change)

    def propose(self) -> None:
        """The tests and units that the block names without any doubt, for a person to confirm."""
        for test in self.pasted.tests:
            code = proposed_item(test.name)
            if code:
                self.items[test.place] = code
                self.units[test.place] = proposed_unit(CATALOGUE.item(code), test)

    def to_json(self) -> dict[str, Any]:
        """Plain values for storage."""
        return {
            "text": self.text,
            "items": {str(place): code for place, code in self.items.items()},
            "units": {str(place): unit for place, unit in self.units.items()},
            "confirmed": sorted(self.confirmed),
            "doubts": self.doubts,
            "change": self.change,
            "reason": self.reason,
        }


def block_of(content: Mapping[str, Any]) -> Block:
    """What was kept, read again; NoBlock if it is no block by the rules of now. A test that is gone is chosen anew."""
    text = str(content.get("text", ""))
    pasted = read_block(text)
    places = {test.place for test in pasted.tests}
    items = {int(place): str(code) for place, code in content.get("items", {}).items() if int(place) in places}
    known = {place: code for place, code in items.items() if code in ("", IGNORE) or code in CATALOGUE.items}
    units = {int(place): str(unit) for place, unit in content.get("units", {}).items() if int(place) in known}
    return Block(
        text,
        pasted,
        known,
        units,
        {int(place) for place in content.get("confirmed", ()) if int(place) in known},
        bool(content.get("doubts")),
        bool(content.get("change")),
        str(content.get("reason", "")),
    )
