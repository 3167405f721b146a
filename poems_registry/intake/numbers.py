"""Numbers as a file writes them: with a decimal point or a decimal comma, and refused where nobody could tell which."""

import re
from dataclasses import dataclass
from decimal import Decimal

from poems_registry.catalogue.kinds import Invalid, plain_number
from poems_registry.intake.mapping import Decimals, LabsMap
from poems_registry.intake.source import Source, SourceRow

_THREE_BEHIND = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""`1,250` and `1.250`: a thousand and more, or one and a quarter, depending on the country."""
_WITH_COMMA = re.compile(r"(?P<whole>[-+]?(?:[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+))(?:,(?P<part>[0-9]*))?")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How one file writes numbers. `unclear`: signs after which three figures can be thousands or decimals."""

    comma: bool = False
    unclear: str = ""

    @property
    def usual(self) -> bool:
        """Whether every number is read as people here write it."""
        return not (self.comma or self.unclear)

    def read(self, text: str) -> Decimal:
        """The number; Invalid in words for what is none, or can be two."""
        written = text.strip()
        if _THREE_BEHIND.fullmatch(written) and any(sign in self.unclear for sign in written):
            raise Invalid("can be read with thousands or with decimals: say in the mapping, decimals = comma or point")
        if not self.comma:
            return plain_number(written)
        match = _WITH_COMMA.fullmatch(written.replace("\u00a0", " "))
        if match is None:
            raise Invalid("is not a number with a decimal comma")
        whole = match["whole"].replace(".", "").replace(" ", "")
        return plain_number(f"{whole}.{match['part']}" if match["part"] else whole)


def numbers_of(source: Source, mapping: LabsMap) -> Numbers:
    """As the mapping says; without its word a file parted by semicolons is read with caution.

    Such files come from where the comma is the decimal sign: three figures behind a comma are unclear there, and behind
    a point too if another number of the file has a comma.
    """
    if mapping.decimals is not Decimals.UNSAID:
        return Numbers(comma=mapping.decimals is Decimals.COMMA)
    if source.separator != ";":
        return Numbers()
    column = mapping.result.value
    commas = any("," in row[column] for row in source.rows if isinstance(row, SourceRow))
    return Numbers(unclear=",." if commas else "")
