"""The watch notes when a window of it reached far back; mails without an address are counted along an index."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_UNDELIVERABLE = "ix_mail_intents_undeliverable"


def upgrade() -> None:
    op.add_column("watch_cursors", sa.Column("caught_up_at", sa.DateTime(timezone=True)))
    op.create_index(
        _UNDELIVERABLE,
        "mail_intents",
        ["undeliverable_at"],
        postgresql_where=sa.text("undeliverable_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(_UNDELIVERABLE, "mail_intents")
    op.drop_column("watch_cursors", "caught_up_at")
