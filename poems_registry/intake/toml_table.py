"""A table of a TOML file read strictly: a missing, misspelt or mistyped entry is told by name, none is passed over."""

from collections.abc import Mapping, Sequence

from poems_registry.domain.errors import RegistryError


class BadMapping(RegistryError):
    """The mapping file cannot be used; the text names the entry."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The mapping file cannot be used: {what}. Nothing was imported. docs/mapping.md describes it."
        )


class TomlTable:
    """Entries are taken one by one; `finish` complains about those that nobody took."""

    def __init__(self, said: object, place: str = "") -> None:
        if not isinstance(said, dict):
            raise BadMapping(f"[{place}] should be a table")
        self._left: dict[str, object] = dict(said)
        self._place = place

    def text(self, name: str, default: str | None = None) -> str:
        """A text; BadMapping if it is not there and has no default."""
        value = self._left.pop(name, default)
        if value is None:
            raise BadMapping(f"{self._named(name)} is missing")
        if not isinstance(value, str):
            raise BadMapping(f"{self._named(name)} should be text in quotation marks")
        return value

    def word(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of some words."""
        value = self.text(name, default)
        if value not in allowed:
            raise BadMapping(f"{self._named(name)} should be one of {', '.join(allowed)}")
        return value

    def number(self, name: str, default: int) -> int:
        """A whole number from 1."""
        value = self._left.pop(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise BadMapping(f"{self._named(name)} should be a whole number from 1")
        return value

    def yes(self, name: str) -> bool:
        """true or false; false if left out."""
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise BadMapping(f"{self._named(name)} should be true or false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, or one text; empty if left out."""
        value = self._left.pop(name, [])
        parts = [value] if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            raise BadMapping(f"{self._named(name)} should be a list of texts")
        return tuple(str(part) for part in parts)

    def pairs(self, name: str) -> Mapping[str, str]:
        """A table of texts by text; empty if left out."""
        value = self._left.pop(name, {})
        if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
            raise BadMapping(f"{self._named(name)} should be a table of texts")
        return {str(key): str(part) for key, part in value.items()}

    def table(self, name: str) -> "TomlTable | None":
        """A table inside, or None if it is not there."""
        value = self._left.pop(name, None)
        return None if value is None else TomlTable(value, self._named(name))

    def needed(self, name: str) -> "TomlTable":
        """A table inside; BadMapping if it is not there."""
        found = self.table(name)
        if found is None:
            raise BadMapping(f"the table [{self._named(name)}] is missing")
        return found

    def names(self) -> tuple[str, ...]:
        """What is left."""
        return tuple(self._left)

    def finish(self) -> None:
        """BadMapping for entries that mean nothing here: most are misspelt."""
        if self._left:
            raise BadMapping(f"{self._named(next(iter(self._left)))} means nothing here")

    def _named(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name
