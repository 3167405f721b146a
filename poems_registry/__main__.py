"""Where the program starts: the window, or one command; nothing heavy is loaded before it is used."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from poems_registry.cli.main import Faces, run


def window(
    registry: Path | str | None, user: str | None, password: str | None, painted: Callable[[], None] | None = None
) -> int:
    """The window until it is closed; `painted` is called after its first paint."""
    from poems_registry.ui.plain_import import load_qt

    load_qt()
    from poems_registry.app import run_window

    return run_window(registry, user, password, painted)


def _tour(folder: Path) -> int:
    from poems_registry.rehearsal.tour import tour

    return tour(folder)


def _bench(*, full: bool, as_json: bool) -> int:
    from poems_registry.rehearsal.bench import bench

    return bench(full=full, as_json=as_json)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code is 0 done, 1 our own mistake, 2 wrong use, 3 refused."""
    return run(sys.argv[1:] if arguments is None else arguments, Faces(window, _tour, _bench))


def _serve_if_asked() -> None:
    """The built program is started anew as its own worker (reading a workbook, many letters): then it only works."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()


if __name__ == "__main__":
    _serve_if_asked()
    raise SystemExit(main())
