"""Referrals in and out, calls for advice, MDT lists and changes of status.

Revision 0009, after 0008; made 2026-11-22. Imports nothing of ours. Adds only: five empty tables. What a patient's
status was before is not invented: its history begins with the first change that is recorded.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add five empty tables."""
    _table("referral", _text("route", 20), _text("urgency", 20), _text("referrer"), _text("organisation"),
           _text("contact"), _text("question"), _text("outcome", 20), _text("answer"), _text("answered_by"),
           _day("answered_on"))  # fmt: skip
    _table("advice_call", _text("time", 5), _text("asked_by"), _text("place"), _text("contact"), _text("question"),
           _text("advice"), _text("given_by"), _text("follow_up"), _day("followed_on"), owned=False)  # fmt: skip
    _table("onward_referral", _text("service"), _text("to_whom"), _text("urgency", 20), _text("reason"),
           _text("made_by"), _text("state", 20), _day("state_on"), _text("outcome"), _day("outcome_on"))  # fmt: skip
    _table("mdt_entry", _text("question"), _text("presenter"), _text("state", 20), _text("outcome"), _text("actions"))
    _table("status_change", _text("before", 40), _text("status", 40), _text("reason"))
    for table, column in (
        ("referral", "outcome"), ("advice_call", "day"), ("onward_referral", "state"), ("mdt_entry", "day")
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _text(name: str, length: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=True)


def _table(name: str, *columns: sa.Column[object] | sa.Column[str], owned: bool = True) -> None:
    owner = op.f(f"fk_{name}_patient_id_patient")
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=not owned),
        sa.Column("day", sa.Date(), nullable=False),
        *columns,
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=owner, ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_patient_id"), name, ["patient_id"], unique=False)
