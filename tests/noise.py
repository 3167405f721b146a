"""What the log and Qt say during a test: anything of warning or worse fails it unless the test expected it."""

import logging
import re


class Noise(logging.Handler):
    """Hears log records and Qt messages of WARNING or worse; `expect` names those that must come."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._heard: list[str] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a log record down as `log LEVEL logger: text`."""
        self.hear(f"log {record.levelname} {record.name}: {record.getMessage()}")

    def hear(self, text: str) -> None:
        """Take one message down."""
        self._heard.append(text)

    def expect(self, pattern: str) -> None:
        """Say that at least one message matching this regular expression comes during this test, and is right."""
        self._expected.append(pattern)

    def complaints(self) -> list[str]:
        """What was heard and not expected, and what was expected and not heard."""
        unexpected = [text for text in self._heard if not any(re.search(p, text) for p in self._expected)]
        missing = [p for p in self._expected if not any(re.search(p, text) for text in self._heard)]
        return [f"unexpected: {text}" for text in unexpected] + [f"never came: {p}" for p in missing]
