"""The signed versions of a visit: which there were, who signed each and why, told without their content."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SignedVersion:
    """A version as it was signed; `reason` says why it replaced the one before, empty for the first.

    `sha256` is the hash of its frozen document; `at` an aware instant in UTC.
    """

    number: int
    name: str
    at: datetime
    role: str = ""
    registration: str = ""
    reason: str = ""
    sha256: str = ""
