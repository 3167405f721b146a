"""Studies, who takes part, samples and aliquots.

Revision 0011, after 0010; made 2026-11-22. Imports nothing of ours. Four empty tables: nobody is given a part or a
sample that was not recorded.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add four empty tables."""
    _table("study", *_words("short_name", "full_name", "reference", "opened", "closed", "note"))
    _table(
        "enrolment",
        _number("patient_id"),
        _number("study_id"),
        *_words("number", "joined", "joined_by", "state", "ended", "ended_by", "reason", "note"),
        *_owners("enrolment", patient_id="patient", study_id="study"),
    )
    _table(
        "sample",
        _number("patient_id"),
        _number("study_id", nullable=True),
        _number("result_encounter_id", nullable=True),
        *_words("number", "kind", "kind_words", "purpose", "assay", "laboratory"),
        *_words("taken", "taken_at", "sent", "sent_at", "received", "received_at"),
        *_words("result", "result_item", "quality", "quality_note", "after_withdrawal", "decision_note", "note"),
        *_owners("sample", patient_id="patient", study_id="study", result_encounter_id="encounter"),
        sa.UniqueConstraint("number", name=op.f("uq_sample_number")),
    )
    _table(
        "aliquot",
        _number("patient_id"),
        _number("sample_id"),
        _number("number"),
        _number("thaws"),
        sa.Column("volume", sa.Double(), nullable=True),
        *_words("place", "state", "day", "why", "note"),
        *_owners("aliquot", patient_id="patient", sample_id="sample"),
    )
    indexed = {
        "enrolment": ("patient_id", "study_id"),
        "sample": ("patient_id", "study_id", "result_encounter_id"),
        "aliquot": ("patient_id", "sample_id"),
    }
    for table, columns in indexed.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


_DAYS = ("opened", "closed", "joined", "ended", "taken", "sent", "received", "day")
_SHORT = {
    "state": 20, "kind": 20, "purpose": 20, "result": 20, "after_withdrawal": 20, "taken_at": 5, "sent_at": 5,
    "received_at": 5, "result_item": 64,
}  # fmt: skip


def _table(name: str, *parts: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        sa.Column("in_error", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _words(*names: str) -> list[sa.Column[Any]]:
    return [_column(name) for name in names]


def _column(name: str) -> sa.Column[Any]:
    if name in _DAYS:
        return sa.Column(name, sa.String(length=12), nullable=True)
    return sa.Column(name, sa.String(length=_SHORT[name]) if name in _SHORT else sa.Text(), nullable=False)


def _owners(table: str, **owners: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}"), ondelete="RESTRICT"
        )
        for column, owner in owners.items()
    ]
