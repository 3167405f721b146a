"""Loads Qt so that Python imports as it always does afterwards."""

import builtins


def load_qt() -> None:
    """Load PySide, then undo what it did to `import`; call it before anything else of the window is loaded.

    PySide reads the whole source of every module that is imported after it, and keeps it in memory, to learn whether
    the module asks for one of its `__feature__`s. We ask for none: the window, and the database library behind it,
    would only start later. The import it replaced it leaves in `builtins`; a PySide that does not is left alone.
    """
    import PySide6.QtCore  # noqa: F401

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
