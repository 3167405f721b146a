"""Copies of letters that somebody keeps back for now, and the PC from which a copy went to a printer.

Revision 0012, after 0011; made 2026-11-22. Imports nothing of ours. Adds columns only: no copy that is there is held,
and of what went to a printer before nobody knows the PC any more.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns."""
    op.add_column("letter_copy", _words("held_because"))
    op.add_column("letter_copy", sa.Column("held_until", sa.Date(), nullable=True))
    op.add_column("letter_copy", sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("letter_copy", _words("held_by"))
    op.add_column("print_item", _words("pc"))


def _words(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False)
