"""Consents with scope and withdrawal, records joined into one, the list of GP practices, and what a person needs.

Revision 0006, after 0005; made 2026-11-22. Imports nothing of ours. Adds only: what was noted of consent before stays
where it is, as a note, and nobody is given an answer that was not recorded.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns with defaults, and four empty tables."""
    _patient()
    _consent()
    _joining()
    _practice()


def _patient() -> None:
    words = (
        "no_number_reason", "format_need", "interpreter", "support_need", "contact_by", "death_source",
        "death_notifier", "also_found",
    )  # fmt: skip
    for name in words:
        op.add_column("patient", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("patient", sa.Column("previous_names", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("patient", sa.Column("needs_checked_on", sa.Date(), nullable=True))
    op.add_column("patient", sa.Column("joined_to", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_patient_joined_to"), "patient", ["joined_to"], unique=False)


def _owner(table: str, column: str = "patient_id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_patient")
    return sa.ForeignKeyConstraint([column], ["patient.id"], name=name, ondelete="RESTRICT")


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=12), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("on_behalf", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _owner("consent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_patient_id"), "consent", ["patient_id"], unique=False)


def _joining() -> None:
    op.create_table(
        "joining",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("joined_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("taken", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.Column("undone_because", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _owner("joining"),
        _owner("joining", "joined_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining")),
    )
    for column in ("patient_id", "joined_id"):
        op.create_index(op.f(f"ix_joining_{column}"), "joining", [column], unique=False)


def _practice() -> None:
    op.create_table(
        "practice",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_practice")),
    )
    op.create_table(
        "practice_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("practices", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_list")),
    )
