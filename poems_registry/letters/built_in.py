"""The program's own templates: files in the very form that a clinic writes, to begin from and to fall back on."""

from functools import cache
from pathlib import Path

from poems_registry.letters.template import Template
from poems_registry.letters.template_reading import read

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "letters"


@cache
def built_in_text(kind: str) -> str:
    """The file of a kind of letter, with its comments."""
    return (FOLDER / f"{kind}.toml").read_text(encoding="utf-8")


@cache
def built_in(kind: str) -> Template:
    """The program's own wording of a kind of letter. ValueError if the program was not put together rightly."""
    found = read(built_in_text(kind), kind)
    if found.template is None:
        raise ValueError(f"{kind}: {found.problems[0].told}")
    return found.template
