"""What the database itself refuses: changing the audit or a signed letter, deleting what is part of a record.

Triggers are derived (trap 3): a migration that copies a table loses them, so they are dropped and made again after
every upgrade, never by a revision.
"""

from sqlalchemy import Connection

from poems_registry.storage.engine import is_file

FROZEN = ("audit", "letter_page", "letter_form", "encounter_version", "result_seen", "letter_template")
"""Rows that are never changed nor deleted."""

TREATMENT = ("treatment_line", "line_drug", "radiotherapy", "transplant", "supportive_care", "event")
CARE = ("referral", "advice_call", "onward_referral", "mdt_entry", "status_change")
RESEARCH = ("study", "enrolment", "sample", "aliquot")
PERSON = ("registry", "person", "patient", "consent", "joining", "joining_proposal")
LETTERS = ("letter", "letter_copy", "print_batch", "print_item")
KEPT = (
    *PERSON, "encounter", *TREATMENT, *CARE, *RESEARCH, *LETTERS, "import_batch", "practice_list", "audit_head"
)  # fmt: skip
"""Rows that are never deleted: entered in error is a state, not an absence."""

_FUNCTION = "poems_refuse"


def remake(connection: Connection) -> None:
    """Drop and make all triggers again, in the transaction of the upgrade."""
    if is_file(connection):
        _remake_in_file(connection)
    else:
        _remake_on_server(connection)


def names() -> tuple[str, ...]:
    """Every trigger there must be, by name."""
    return tuple(f"{table}_no_{act}" for table, act in _guards())


def _guards() -> list[tuple[str, str]]:
    guards = [(table, act) for table in FROZEN for act in ("update", "delete")]
    return guards + [(table, "delete") for table in KEPT]


def _remake_in_file(connection: Connection) -> None:
    # every name below is one of the constants above: no value of anybody's reaches these statements
    for table, act in _guards():
        name = f"{table}_no_{act}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )


def _remake_on_server(connection: Connection) -> None:
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_NAME, ERRCODE = '23001'; END $$"
    )
    for table, act in _guards():
        name = f"{table}_no_{act}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
        )
    for table in (*FROZEN, *KEPT):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {_FUNCTION}()"
        )
