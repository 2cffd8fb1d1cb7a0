"""What the rows of a bulk file say is forgotten some time after its end; the file says when."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_KEPT = "ix_bulk_files_rows_kept"


def upgrade() -> None:
    op.add_column("bulk_files", sa.Column("rows_forgotten_at", sa.DateTime(timezone=True)))
    op.create_index(
        _KEPT,
        "bulk_files",
        ["ended_at"],
        postgresql_where=sa.text("ended_at IS NOT NULL AND rows_forgotten_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(_KEPT, "bulk_files")
    op.drop_column("bulk_files", "rows_forgotten_at")
