"""A client certificate is named by its issuer and its serial: serials are unique for one authority alone.

What was registered before has no issuer noted and lets nobody in until it is registered again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TABLE, _KEY = "client_certificates", "pk_client_certificates"


def upgrade() -> None:
    op.add_column(_TABLE, sa.Column("issuer", sa.Text(), server_default="", nullable=False))
    op.drop_constraint(_KEY, _TABLE)
    op.create_primary_key(op.f(_KEY), _TABLE, ["issuer", "serial"])


def downgrade() -> None:
    op.drop_constraint(_KEY, _TABLE)
    op.create_primary_key(op.f(_KEY), _TABLE, ["serial"])
    op.drop_column(_TABLE, "issuer")
