"""Kinds of letters, their copies and what became of each, further forms of a signed letter, and the rules it rests on.

Revision 0005, after 0004; made 2026-11-22. Imports nothing of ours. Adds only: letters of before are clinic letters.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns with defaults, and two empty tables."""
    op.add_column("letter", sa.Column("kind", sa.String(20), server_default=sa.text("'clinic'"), nullable=False))
    op.add_column("letter", sa.Column("about_on", sa.Date(), nullable=True))
    for name in ("not_for_patient", "withdrawn_because"):
        op.add_column("letter", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("letter_page", sa.Column("rules", sa.Text(), server_default=sa.text("'{}'"), nullable=False))
    _letter_copy()
    _letter_form()


def _letter_copy() -> None:
    op.create_table(
        "letter_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_copy_letter_id_letter"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_letter_copy_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_copy")),
    )
    for owner in ("letter_id", "patient_id"):
        op.create_index(op.f(f"ix_letter_copy_{owner}"), "letter_copy", [owner], unique=False)


def _letter_form() -> None:
    op.create_table(
        "letter_form",
        sa.Column("letter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("template_version", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_form_letter_id_letter"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("letter_id", "form", name=op.f("pk_letter_form")),
    )
