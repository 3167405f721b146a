"""The log: events, ids and durations, never a word of a patient; the audit, not the log, is the record."""

import logging
import re
import time
import traceback
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE = "poems-registry.log"
MASK = "<text>"
_LIKE_A_PERSON = re.compile(
    r"[0-9]{3}[ \u00a0-]?[0-9]{3}[ \u00a0-]?[0-9]{4}"
    r"|[\w.+-]+@[\w.-]+"
    r"|[0-9]{1,2}[-/. ](?:[A-Za-z]{3}|[0-9]{1,2})[-/. ][0-9]{4}"
)
"""NHS and telephone numbers, addresses of e-mail, dates as people write them: a second net below the first."""


class Code(str):
    """A text that is known to be a code of ours, not something typed: the only kind of text the log writes out."""

    __slots__ = ()


class IdsOnly(logging.Filter):
    """Lets numbers, codes, enumerations and type names through and masks every other text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Make the record harmless; it is never dropped."""
        if isinstance(record.args, tuple):
            record.args = tuple(_harmless(value) for value in record.args)
        elif record.args:
            record.args = {name: _harmless(value) for name, value in record.args.items()}
        try:
            said = record.getMessage()
        except (TypeError, ValueError, KeyError):
            said = "a log record that does not fit its form"
        record.msg, record.args = _LIKE_A_PERSON.sub(MASK, said), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = frames_only(record.exc_info[0], record.exc_info[2])
        record.stack_info = None
        return True


def frames_only(kind: type[BaseException], where: TracebackType | None) -> str:
    """An error as type and places: no message, no values, which could be a patient's."""
    frames = traceback.extract_tb(where)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([*places, kind.__name__])


def start(folder: Path, level: int = logging.INFO) -> Path:
    """Write the program's log to a folder, five files of 1 MB at most, and give the newest one's path."""
    path = folder / FILE
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True)
    form = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    handler.addFilter(IdsOnly())
    logging.getLogger().addHandler(handler)
    logging.getLogger("poems_registry").setLevel(level)
    return path


def stop() -> None:
    """Close the log's file: before leaving, and in tests."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()


def _harmless(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | Code):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, type):
        return value.__name__
    return MASK
