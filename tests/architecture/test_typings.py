"""What tests/typings says of libraries without types is true of the installed libraries: every name exists there."""

import ast
import importlib
import warnings
from pathlib import Path

import pytest

from tests.tree import ROOT

TYPINGS = ROOT / "tests" / "typings"
FILES = sorted(TYPINGS.rglob("*.pyi"))


def described(tree: ast.Module) -> list[tuple[str, ...]]:
    """Names of functions, and of classes with their methods; attributes that instances get later are left out."""
    names: list[tuple[str, ...]] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            names.append((node.name,))
            names += [(node.name, part.name) for part in node.body if isinstance(part, ast.FunctionDef)]
        elif isinstance(node, ast.FunctionDef):
            names.append((node.name,))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append((node.target.id,))
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TYPINGS).as_posix())
def test_every_name_described_exists(path: Path) -> None:
    parts = path.relative_to(TYPINGS).with_suffix("").parts
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a library says while it loads is its own affair
        module = importlib.import_module(".".join(part for part in parts if part != "__init__"))
    missing = []
    for name in described(ast.parse(path.read_text(encoding="utf-8"))):
        thing: object = module
        for part in name:
            thing = getattr(thing, part, None)
        if thing is None:
            missing.append(".".join(name))
    assert missing == []
