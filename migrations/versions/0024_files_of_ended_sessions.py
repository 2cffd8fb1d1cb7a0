"""A file that was sent in a session that had ended is kept with the form, for the person whose it is."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("form_drafts", sa.Column("file", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("form_drafts", "file")
