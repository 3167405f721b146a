"""SQL is never put together from text: the database gets statement objects, or constants with parameters."""

import ast

import pytest

from tests.tree import name_of, python_files, syntax

RUNS_SQL = {"execute", "executemany", "executescript", "exec_driver_sql", "text", "scalar", "scalars"}
TAKES_NO_PARAMETERS = ("PRAGMA ", "CREATE TRIGGER ", "DROP TRIGGER ", "CREATE OR REPLACE FUNCTION ")


def put_together(node: ast.expr) -> bool:
    """Whether the expression builds a text at run time."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) and not is_whole_number(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        sides = (node.left, node.right)
        return any(isinstance(side, ast.JoinedStr) or isinstance(getattr(side, "value", None), str) for side in sides)
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and node.func.attr in ("format", "join", "replace")  # type: ignore[attr-defined]


def is_whole_number(part: ast.FormattedValue) -> bool:
    """Whether it is formatted with `:d`, which lets nothing but a whole number through."""
    return part.format_spec is not None and ast.unparse(part.format_spec).strip("f'\"") == "d"


def is_about_the_schema(node: ast.expr) -> bool:
    """These take no parameters, so names have to stand in the text; they are our own tables' names."""
    if not isinstance(node, ast.JoinedStr):
        return False
    first = node.values[0]
    return isinstance(first, ast.Constant) and str(first.value).upper().startswith(TAKES_NO_PARAMETERS)


def built_statements(tree: ast.Module) -> list[int]:
    """The lines on which a text put together is given to the database."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [(c, c.func.attr if isinstance(c.func, ast.Attribute) else getattr(c.func, "id", "")) for c in calls]
    return [
        c.lineno
        for c, name in named
        if name in RUNS_SQL and put_together(c.args[0]) and not is_about_the_schema(c.args[0])
    ]


def test_no_statement_is_put_together_from_text() -> None:
    files = python_files("poems_registry", "migrations")
    found = {name_of(path): built_statements(syntax(path)) for path in files}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        'connection.execute(f"SELECT * FROM patient WHERE name = {name!r}")',
        'connection.exec_driver_sql("DELETE FROM " + table)',
        'text("SELECT {}".format(column))',
        'connection.execute("SELECT %s" % column)',
        'connection.execute(f"SELECT {n:d}, {column:>8}")',
    ],
)
def test_this_rule_sees_each_way_of_doing_it(line: str) -> None:
    assert built_statements(ast.parse(line)) == [1]


def test_constants_parameters_and_pragmas_pass() -> None:
    lines = (
        'c.execute("SELECT 1 WHERE x = ?", (1,))\nc.execute(select(Patient))\n'
        'c.exec_driver_sql(f"PRAGMA user_version = {n}")\nc.exec_driver_sql(f"DROP TRIGGER {name}")'
        '\nc.exec_driver_sql(f"SELECT lock({number:d})")'
    )
    assert built_statements(ast.parse(lines)) == []
