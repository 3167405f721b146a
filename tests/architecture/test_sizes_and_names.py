"""Files and functions stay small enough to read, each module says what it is for, and names come from the field."""

import ast
import re
from pathlib import Path

from tests.tree import name_of, python_files, syntax

MOST_LINES_OF_A_FILE = 450
MOST_LINES_OF_A_FUNCTION = 60
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "base",
    "misc",
    "tools",
}


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring and without the functions inside it."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        words = function.body[0]
        lines -= (words.end_lineno or words.lineno) - words.lineno + 1
    return lines


def told_lives() -> list[Path]:
    """Made-up records written out in full as data for the golden letters: read from top to bottom, no logic."""
    return python_files("tests/golden")


def test_a_file_is_short_enough_to_read() -> None:
    revisions = python_files("migrations/versions")  # a list of what changed, written once and never edited
    files = [path for path in python_files() if path not in (*revisions, *told_lives())]
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: count for path, count in lines.items() if count > MOST_LINES_OF_A_FILE} == {}


def test_functions_are_short_enough_to_read() -> None:
    long = [
        f"{name_of(path)} {node.name}: {own_lines(node)} lines"
        for path in python_files()
        if path not in told_lives()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and own_lines(node) > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_a_module_says_in_its_first_sentence_what_it_is_for() -> None:
    words = {name_of(path): (ast.get_docstring(syntax(path)) or "").split() for path in python_files()}
    assert [path for path, said in words.items() if len(said) < 4] == []


def test_no_name_says_nothing() -> None:
    parts = {name_of(p): set(re.split(r"[/_.]", name_of(p))) for p in python_files()}
    assert {path: said & NAMES_THAT_SAY_NOTHING for path, said in parts.items() if said & NAMES_THAT_SAY_NOTHING} == {}


def test_a_package_holds_nothing_but_its_sentence() -> None:
    """Else importing a presenter would load Qt by the way."""
    packages = [path for path in python_files("poems_registry") if path.name == "__init__.py"]
    holds = {name_of(path): len(syntax(path).body) for path in packages}
    version = "poems_registry/__init__.py"  # beside its sentence
    assert {path: count for path, count in holds.items() if count > (2 if path == version else 1)} == {}
