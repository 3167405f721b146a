"""What stands behind a person's name, and the gender a person identifies with where they wish to say.

Revision 0008, after 0007; made 2026-11-22. Imports nothing of ours. Adds two columns that are empty: nobody is given an
answer that was not recorded.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns with a default."""
    for name in ("suffix", "gender_identity"):
        op.add_column("patient", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
