"""Drugs, radiotherapy, transplants and supportive care; what belongs to a line of therapy and to an event.

Revision 0003, after 0002; made 2026-11-22. Imports nothing of ours. Adds only: no row is rewritten.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PARTIAL_DATE = 12


def upgrade() -> None:
    """Add columns with defaults, and four empty tables."""
    _treatment_line()
    _event()
    _line_drug()
    _radiotherapy()
    _transplant()
    _supportive_care()


def _treatment_line() -> None:
    for name in ("intent", "cause"):
        op.add_column("treatment_line", _words(name))
    op.add_column("treatment_line", _list("planned"))
    op.add_column("treatment_line", sa.Column("trial", sa.Boolean(), nullable=True))
    for name in ("trial_name", "dose_intensity"):
        op.add_column("treatment_line", _words(name))
    op.add_column("treatment_line", _origin())


def _event() -> None:
    op.add_column("event", _list("domains"))
    for name in ("symptomatic", "treated", "intensive"):
        op.add_column("event", sa.Column(name, sa.Boolean(), nullable=True))
    op.add_column("event", _day("until"))
    for name in ("sort", "cause"):
        op.add_column("event", _words(name))
    op.add_column("event", _origin())


def _line_drug() -> None:
    _table(
        "line_drug",
        [
            sa.Column("line_id", sa.Integer(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("dose", sa.Double(), nullable=True),
            sa.Column("unit", sa.Text(), nullable=False),
            sa.Column("route", sa.Text(), nullable=False),
            sa.Column("schedule", sa.Text(), nullable=False),
            sa.Column("part", sa.String(length=40), nullable=False),
            _day("start"),
            _day("stop"),
            sa.Column("stop_reason", sa.Text(), nullable=False),
        ],
    )


def _radiotherapy() -> None:
    _table(
        "radiotherapy",
        [
            sa.Column("line_id", sa.Integer(), nullable=False),
            sa.Column("site", sa.Text(), nullable=False),
            sa.Column("dose_gy", sa.Double(), nullable=True),
            sa.Column("fractions", sa.Integer(), nullable=True),
            _day("start"),
            _day("stop"),
        ],
    )


def _transplant() -> None:
    _table(
        "transplant",
        [
            sa.Column("line_id", sa.Integer(), nullable=False),
            _day("mobilised"),
            sa.Column("mobilisation", sa.Text(), nullable=False),
            sa.Column("cd34", sa.Double(), nullable=True),
            sa.Column("melphalan", sa.Integer(), nullable=True),
            _day("infused"),
            _day("neutrophils"),
            _day("platelets"),
            sa.Column("engraftment_syndrome", sa.Boolean(), nullable=True),
        ],
    )


def _supportive_care() -> None:
    _table(
        "supportive_care",
        [
            sa.Column("kind", sa.String(length=40), nullable=False),
            sa.Column("what", sa.Text(), nullable=False),
            _day("start"),
            _day("stop"),
            sa.Column("stop_reason", sa.Text(), nullable=False),
            sa.Column("origin", sa.String(length=20), nullable=False),
        ],
    )


def _table(name: str, columns: Sequence[sa.Column[object]]) -> None:
    """A table of one patient's, of a line's if it says so, with what every such table has."""
    own = [column.name for column in columns]
    rules: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f(f"fk_{name}_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    ]
    if "line_id" in own:
        rules.append(
            sa.ForeignKeyConstraint(
                ["line_id"], ["treatment_line.id"], name=op.f(f"fk_{name}_line_id_treatment_line"), ondelete="RESTRICT"
            )
        )
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("in_error", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *rules,
    )
    for owner in ("patient_id", *(("line_id",) if "line_id" in own else ())):
        op.create_index(op.f(f"ix_{name}_{owner}"), name, [owner], unique=False)


def _day(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.String(length=PARTIAL_DATE), nullable=True)


def _words(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False)


def _list(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.Text(), server_default=sa.text("'[]'"), nullable=False)


def _origin() -> "sa.Column[object]":
    return sa.Column("origin", sa.String(length=20), server_default=sa.text("''"), nullable=False)
