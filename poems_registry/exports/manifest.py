"""What goes with every export: who made it, when, why, of whom, and how to know that the files are whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

STILL_PERSONAL = (
    "Pseudonymised data of people with a rare disease are still personal data. Keep them as the purpose allows, and do"
    " not try to find out who a patient is."
)
IDENTIFIABLE = "This file names patients. Whoever holds it is answerable for it; delete it when the purpose is served."


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of an export: `rows` below its head."""

    name: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`chosen` says in words which records were chosen; `left_out` counts who is not in it and why.

    `settings` are the rules that figures rest on, by name; `keep_in_mind` replaces the usual warning.
    """

    what: str
    made_by: str
    made_at: datetime
    program: str
    registry: str
    training: bool
    identifiable: bool
    purpose: str
    basis: str
    chosen: str
    patients: int
    suppression: str = "none: every row is one person's; do not publish"
    project: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    files: tuple[MadeFile, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    keep_in_mind: str = ""

    def text(self) -> str:
        """JSON with sorted names, so that two manifests can be compared."""
        said = asdict(self)
        said["left_out"] = dict(self.left_out)
        said["made_at"] = self.made_at.astimezone(UTC).isoformat()
        said["settings"] = dict(self.settings)
        said["keep_in_mind"] = self.keep_in_mind or (IDENTIFIABLE if self.identifiable else STILL_PERSONAL)
        return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write(manifest: Manifest, path: Path) -> None:
    """Write it as UTF-8."""
    path.write_text(manifest.text(), encoding="utf-8", newline="\n")
