"""Where things lie: resources and migrations in the tree or in the built program, and this user's own folders."""

import hashlib
import os
import sys
from pathlib import Path

import platformdirs

NAME = "poems-registry"
HOME_VARIABLE = "POEMS_REGISTRY_HOME"
"""Puts this user's folders somewhere else: for a portable installation and for tests."""


def root() -> Path:
    """The folder that holds `resources` and `migrations`: the tree, or what the built program unpacked."""
    built = getattr(sys, "_MEIPASS", None)
    return Path(built) if built else Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """A file of `resources`: fonts, icons, letterhead, theme."""
    return root().joinpath("resources", *parts)


def migrations() -> Path:
    """The folder with Alembic's `env.py` and the revisions."""
    return root() / "migrations"


def data_folder() -> Path:
    """This user's folder on this PC (LOCALAPPDATA on Windows): logs, key copies, preferences. Made if missing."""
    elsewhere = os.environ.get(HOME_VARIABLE)
    folder = Path(elsewhere) if elsewhere else platformdirs.user_data_path(NAME, appauthor=False, roaming=False)
    return _made(folder)


def log_folder() -> Path:
    """Where the log is written."""
    return _made(data_folder() / "logs")


def key_copy(registry: Path) -> Path:
    """The place of the copy of a registry's key file, named so that the registry's own name does not show."""
    return _made(data_folder() / "keys") / f"{_short(registry)}.keys"


def copies_folder(registry: Path) -> Path:
    """Beside a registry: copies made before an upgrade. Not made here."""
    return registry.with_name(f"{registry.stem}-copies")


def key_file(registry: Path) -> Path:
    """The key file beside a registry."""
    return registry.with_suffix(".keys")


def is_keys_name(registry: Path) -> bool:
    """Whether a registry of this name would have its own key file written over it."""
    return registry.suffix.casefold() == key_file(registry).suffix


def lock_file(registry: Path) -> Path:
    """The file that says who has a registry open."""
    return registry.with_name(registry.name + ".lock")


def _short(registry: Path) -> str:
    return hashlib.sha256(str(registry.resolve()).encode()).hexdigest()[:20]


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
