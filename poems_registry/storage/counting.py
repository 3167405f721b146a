"""How many rows each table holds: what a migration, a copy and a restore are compared by."""

from sqlalchemy import Connection, MetaData, Table, func, select

from poems_registry.storage.engine import is_file


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of every table the database has, whatever this program knows of them."""
    found = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if is_file(connection)
        else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    )
    nothing_known = MetaData()
    names = sorted(str(name) for name in found.scalars())
    return {
        name: connection.scalar(select(func.count()).select_from(Table(name, nothing_known))) or 0 for name in names
    }


def fewer_rows(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Tables that are still there and hold fewer rows than before."""
    return [name for name, number in before.items() if name in after and after[name] < number]
