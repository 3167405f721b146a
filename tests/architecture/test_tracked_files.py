"""What is kept in the repository: no path of anyone's machine, no address of a package index, no stray file."""

import re
from pathlib import Path

from tests.tree import ROOT, name_of, tracked_files

# Put together here, so that this file does not find itself.
FOLDERS_OF_MACHINES = "|".join(("w" + "ork", "r" + "oot", "h" + "ome", "f" + "arm", "U" + "sers"))
MACHINE_PATHS = re.compile(rf"(?<![\w.])/(?:{FOLDERS_OF_MACHINES})/\w")
INDEX_ADDRESSES = re.compile("|".join(("py" + r"pi\.org", "python" + "hosted", "index" + "-url", "find" + "-links")))
AT_THE_TOP = {
    *("poems_registry", "resources", "migrations", "tests", "docs"),
    *("pyproject.toml", "build.spec", "dev.py", "requirements.lock", "requirements-dev.lock"),
    *("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"),
}


def text_of(path: Path) -> str:
    """The file's text; empty for pictures, fonts and other binary files."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def test_no_file_names_a_place_of_somebodys_machine_or_an_index() -> None:
    found = {
        name_of(p): MACHINE_PATHS.findall(t) + INDEX_ADDRESSES.findall(t) for p in tracked_files() if (t := text_of(p))
    }
    assert {path: what for path, what in found.items() if what} == {}


def test_these_rules_find_what_they_look_for() -> None:
    assert MACHINE_PATHS.search("see /" + FOLDERS_OF_MACHINES.split("|")[2] + "/kay/registry")
    assert INDEX_ADDRESSES.search("https://" + "py" + "pi.org/x")


def test_the_top_level_holds_only_what_was_agreed() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in tracked_files()}
    assert {name for name in names if not name.startswith(".")} - AT_THE_TOP == set()
