"""Which printer was used last on this PC: a note beside the log, for everybody who works here (nhs.md 6.3)."""

from contextlib import suppress
from pathlib import Path

from poems_registry.system import paths


def last_printer() -> str:
    """Its name; empty if none is known."""
    with suppress(OSError, ValueError):
        return _note().read_text(encoding="utf-8").strip()
    return ""


def remember(name: str) -> None:
    """Keep its name; a folder that cannot be written only costs the convenience."""
    with suppress(OSError):
        _note().write_text(name, encoding="utf-8")


def _note() -> Path:
    return paths.data_folder() / "last-printer"
