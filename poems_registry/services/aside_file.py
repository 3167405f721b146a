"""The rows an import refused, in a file of their own to mend: there before the import is saved, gone if it fails."""

import os
import tempfile
from pathlib import Path

from poems_registry.domain.errors import NotSaved
from poems_registry.exports import csv
from poems_registry.exports.table import Table


class AsideFile:
    """The refused rows in a file that stands before the import is saved, and goes again if the import fails."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._written = False
        if path is not None and path.exists():
            raise NotSaved(
                "There is a file already where refused rows would go. Nothing was imported. Name another one."
            )

    def write(self, table: Table) -> None:
        """Write it whole or not at all; NotSaved if the disk refuses."""
        if self._path is None:
            return
        try:
            with tempfile.TemporaryDirectory(dir=self._path.parent, prefix=".import-") as private:
                there = Path(private) / self._path.name
                csv.write(table, there)
                with there.open("rb+") as file:
                    os.fsync(file.fileno())
                there.replace(self._path)
                self._written = True
        except OSError as error:
            reason = error.strerror or "the disk refused"
            raise NotSaved(f"The refused rows could not be written ({reason}), so nothing was imported.") from None

    def undo(self) -> None:
        """Take the file away again."""
        if self._path is not None and self._written:
            self._path.unlink(missing_ok=True)
