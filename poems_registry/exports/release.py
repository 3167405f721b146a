"""Files that appear whole or not at all: written under another name, checked by their sum, then renamed together."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from poems_registry.domain.errors import NotSaved
from poems_registry.exports import manifest as manifests
from poems_registry.exports.manifest import MadeFile, Manifest


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to be: where, and what writes it to a path that does not exist yet and gives its number of rows."""

    path: Path
    write: Callable[[Path], int]


def publish_one(piece: Piece) -> int:
    """Write one file without a manifest, whole or not at all; gives its number of rows. NotSaved if refused."""
    try:
        with _private_folder(piece.path) as private:
            there = Path(private) / piece.path.name
            rows = piece.write(there)
            _sync(there)
            there.replace(piece.path)
            return rows
    except OSError as error:
        reason = error.strerror or "the disk refused"
    raise NotSaved(f"The file was not written: {reason}. Choose another place, or free space there, and try again.")


def publish(pieces: Sequence[Piece], manifest: Manifest, manifest_path: Path) -> Manifest:
    """Write all pieces and the manifest, then give them their names, the manifest last: it says that all are there.

    Earlier files of these names are replaced. NotSaved if the disk refuses; then no file has appeared or changed,
    unless the disk failed between two renames.
    """
    try:
        return _published(pieces, manifest, manifest_path)
    except OSError as error:
        reason = error.strerror or "the disk refused"
    raise NotSaved(
        f"The export was not written: {reason}. The registry is safe and unchanged."
        " Choose another place, or free space there, and export again."
    )


def _published(pieces: Sequence[Piece], manifest: Manifest, manifest_path: Path) -> Manifest:
    with ExitStack() as stack:
        made: list[MadeFile] = []
        ready: list[tuple[Path, Path]] = []
        for piece in pieces:
            private = stack.enter_context(_private_folder(piece.path))
            there = Path(private) / piece.path.name
            rows = piece.write(there)
            made.append(_measured(there, rows))
            ready.append((there, piece.path))
        whole = replace(manifest, files=tuple(made))
        there = Path(stack.enter_context(_private_folder(manifest_path))) / manifest_path.name
        manifests.write(whole, there)
        _sync(there)
        ready.append((there, manifest_path))
        for source, goal in ready:
            source.replace(goal)
        return whole


def _private_folder(path: Path) -> tempfile.TemporaryDirectory[str]:
    """Beside the goal, so that renaming stays on one disk; readable by nobody else."""
    return tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-")


def _measured(path: Path, rows: int) -> MadeFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    _sync(path)
    return MadeFile(path.name, rows, path.stat().st_size, digest.hexdigest())


def _sync(path: Path) -> None:
    """On the disk, and readable by its maker only; who may see it besides is the maker's decision."""
    path.chmod(0o600)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
