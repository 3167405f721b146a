"""What goes with every export: who made it, when, why, of whom, and how to know that the files are whole."""

import json
from collections.abc import Collection, Mapping
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


def place(wanted: Path, files: Collection[str]) -> Path:
    """Where the manifest of files of these names goes: `wanted`, or `manifest-2.json` and so on.

    A manifest that is there already is replaced only if all files it speaks of are replaced with it: else files would
    stay behind that nothing vouches for. What cannot be read as a manifest is somebody else's and stays.
    """
    number = 1
    path = wanted
    while path.exists() and not _speaks_only_of(path, files):
        number += 1
        path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return path


def _speaks_only_of(path: Path, files: Collection[str]) -> bool:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return bool(said["files"]) and {each["name"] for each in said["files"]} <= set(files)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write(manifest: Manifest, path: Path) -> None:
    """Write it as UTF-8."""
    path.write_text(manifest.text(), encoding="utf-8", newline="\n")
