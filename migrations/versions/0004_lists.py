"""What the lists show of a patient beside what they showed before; a person's own filters; who has seen which results.

Revision 0004, after 0003; made 2026-11-22. Imports nothing of ours. Adds only. What is kept about each patient for the
list is marked as outdated, so that the program makes it anew with the new columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns with defaults, and two empty tables."""
    _standing()
    _saved_filter()
    _result_seen()


def _standing() -> None:
    op.add_column("standing", sa.Column("due", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("standing", sa.Column("overdue_from", sa.Date(), nullable=True))
    op.add_column("standing", sa.Column("good_until", sa.Date(), nullable=True))
    op.add_column("standing", sa.Column("letter_on", sa.Date(), nullable=True))
    op.add_column("standing", sa.Column("alerts", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    op.create_index("ix_standing_overdue_from", "standing", ["overdue_from"], unique=False)
    op.execute("UPDATE standing SET good_until = '1900-01-01'")


def _saved_filter() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_filter_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_filter_person_id_name")),
    )


def _result_seen() -> None:
    op.create_table(
        "result_seen",
        sa.Column("encounter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_result_seen_encounter_id_encounter"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_result_seen_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("encounter_id", name=op.f("pk_result_seen")),
    )
