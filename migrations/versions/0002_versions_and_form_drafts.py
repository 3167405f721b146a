"""Signed versions of a visit, who marked what in error, amendments as drafts, and unsaved forms.

Revision 0002, after 0001; made 2026-11-22. Imports nothing of ours. Adds only: no row is rewritten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns with defaults, and two empty tables."""
    _encounter()
    _draft()
    _encounter_version()
    _form_draft()


def _encounter() -> None:
    op.add_column("encounter", sa.Column("version_number", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("encounter", sa.Column("amend_reason", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("encounter", sa.Column("error_by", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("encounter", sa.Column("error_at", sa.DateTime(timezone=True), nullable=True))


def _draft() -> None:
    op.add_column("draft", sa.Column("amends", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("draft", sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("draft", sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))


def _encounter_version() -> None:
    op.create_table(
        "encounter_version",
        sa.Column("encounter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("signed_name", sa.Text(), nullable=False),
        sa.Column("signed_role", sa.Text(), nullable=False),
        sa.Column("signed_registration", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["encounter_id"],
            ["encounter.id"],
            name=op.f("fk_encounter_version_encounter_id_encounter"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("encounter_id", "number", name=op.f("pk_encounter_version")),
    )


def _form_draft() -> None:
    op.create_table(
        "form_draft",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("patient_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_form_draft_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("person_id", "form", "patient_id", "record_id", name=op.f("pk_form_draft")),
    )
