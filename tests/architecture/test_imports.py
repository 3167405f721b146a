"""Import rules that contracts cannot say: the standard library alone, one module for one library."""

import sys

import pytest

from tests.tree import imported, name_of, python_files

# Where each outside library may be imported; with `True`, by one module there and no more.
HOMES: dict[str, tuple[tuple[str, ...], bool]] = {
    "PySide6": (
        ("poems_registry/ui", "poems_registry/app.py", "poems_registry/rooms.py", "poems_registry/rehearsal"),
        False,
    ),
    "sqlalchemy": (("poems_registry/storage",), False),
    "alembic": (("poems_registry/storage",), False),
    "sqlcipher3": (("poems_registry/storage",), False),
    "psycopg": (("poems_registry/storage",), False),
    "reportlab": (("poems_registry/pages",), False),
    "pikepdf": (("poems_registry/pages",), False),
    "pypdfium2": (("poems_registry/pages",), False),
    "xlsxwriter": (("poems_registry/exports",), True),
    "openpyxl": (("poems_registry/intake",), True),
    "phonenumbers": (("poems_registry/system", "poems_registry/services", "poems_registry/intake"), True),
    "zxcvbn": (("poems_registry/system", "poems_registry/services"), True),
}
PURE = ("poems_registry/domain", "poems_registry/catalogue", "poems_registry/charts", "poems_registry/cohort")


def test_the_rules_of_the_field_need_the_standard_library_only() -> None:
    allowed = {*sys.stdlib_module_names, "poems_registry"}
    outside = {name_of(p): {n for n in imported(p) if n.split(".")[0] not in allowed} for p in python_files(*PURE)}
    assert {path: names for path, names in outside.items() if names} == {}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_known_in_its_own_room_only(library: str) -> None:
    rooms, alone = HOMES[library]
    users = [
        name_of(path)
        for path in python_files("poems_registry")
        if any(name.split(".")[0] == library for name in imported(path))
    ]
    assert [user for user in users if not user.startswith(rooms)] == []
    if alone:
        assert len(users) <= 1, f"one module for {library}: {users}"


def test_a_revision_imports_nothing_of_ours() -> None:
    """A revision must still do in ten years what it did on the day of its release."""
    revisions = python_files("migrations/versions")
    ours = {name_of(path): [n for n in imported(path) if n.split(".")[0] == "poems_registry"] for path in revisions}
    assert {path: names for path, names in ours.items() if names} == {}


def test_the_program_imports_nothing_from_its_tests() -> None:
    assert [name_of(p) for p in python_files("poems_registry") if any(n.startswith("tests") for n in imported(p))] == []
