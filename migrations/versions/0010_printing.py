"""Batches of copies that go to a printer, how far each copy got, and when a copy was put on paper.

Revision 0010, after 0009; made 2026-11-22. Imports nothing of ours. Adds only: of a copy that is noted as printed, the
instant of that note is when it was put on paper.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add one column and two empty tables."""
    op.add_column("letter_copy", sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(sa.text("UPDATE letter_copy SET printed_at = done_at WHERE delivery = 'printed'"))
    _print_batch()
    _print_item()


def _print_batch() -> None:
    op.create_table(
        "print_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
    )


def _owner(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_print_item_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete="RESTRICT")


def _print_item() -> None:
    owners = {"batch_id": "print_batch", "copy_id": "letter_copy", "letter_id": "letter", "patient_id": "patient"}
    op.create_table(
        "print_item",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in owners),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        *(_owner(column, table) for column, table in owners.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_item")),
        sa.UniqueConstraint("batch_id", "copy_id", name=op.f("uq_print_item_batch_id_copy_id")),
    )
    for column in owners:
        op.create_index(op.f(f"ix_print_item_{column}"), "print_item", [column], unique=False)
