"""Finds the line of a template on which a key stands, so that a problem can be told with its place."""

import re

_HEAD = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_]+)\s*\]")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_\-]+)["']?\s*=""")
_FENCES = ('"""', "'''")


class Places:
    """The lines of a text by table and key; a table of a list is named with its place, as in `body 3`, from 0."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        self._counts: dict[str, int] = {}
        table, fence = "", ""
        for number, line in enumerate(text.split("\n"), start=1):
            if fence:
                fence = "" if fence in line else fence
                continue
            head = _HEAD.match(line)
            if head:
                table = self._table(head[1], head[2])
                self._lines.setdefault((table, ""), number)
                continue
            key = _KEY.match(line)
            if key:
                self._lines.setdefault((table, key[1]), number)
            fence = next((each for each in _FENCES if line.count(each) % 2), "")

    def line(self, table: str, key: str) -> int:
        """Counted from 1; that of the table where the key stands nowhere, and 0 where neither does."""
        places = ((table, key), (table, ""), (key, ""), (f"{key} 0", ""))
        return next((self._lines[place] for place in places if place != ("", "") and place in self._lines), 0)

    def _table(self, brackets: str, name: str) -> str:
        if brackets == "[":
            return name
        number = self._counts.get(name, 0)
        self._counts[name] = number + 1
        return f"{name} {number}"
