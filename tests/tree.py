"""The tree as the architecture tests see it: tracked files, Python modules, syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file git keeps or would keep (new files too), so that a rule bites before the commit."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in sorted(listed.split("\0")) if name and (path := ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """The Python modules below these folders of the tree; all of them when none is named."""
    files = [path for path in tracked_files() if path.suffix == ".py" or path.name == "build.spec"]
    if not folders:
        return files
    return [path for path in files if any(path.is_relative_to(ROOT / folder) for folder in folders)]


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """The full names of the modules a file imports, wherever in the file; relative imports made absolute."""
    package = path.relative_to(ROOT).with_suffix("").parts
    names: set[str] = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level]) + "." if node.level else ""
            names.add(f"{start}{node.module or ''}".rstrip("."))
    return names
