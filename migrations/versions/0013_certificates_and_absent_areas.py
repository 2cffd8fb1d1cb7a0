"""A client certificate is named by its issuer and its serial; grid operators that do not answer are noted by area.

Serials are unique for one authority alone. What was registered before has no issuer noted and lets nobody in until it
is registered again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_CERTIFICATES, _KEY = "client_certificates", "pk_client_certificates"
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(_CERTIFICATES, sa.Column("issuer", sa.Text(), server_default="", nullable=False))
    op.drop_constraint(_KEY, _CERTIFICATES)
    op.create_primary_key(op.f(_KEY), _CERTIFICATES, ["issuer", "serial"])
    op.create_table(
        "absent_areas",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", _MOMENT),
        sa.PrimaryKeyConstraint("area", name=op.f("pk_absent_areas")),
    )


def downgrade() -> None:
    op.drop_table("absent_areas")
    op.drop_constraint(_KEY, _CERTIFICATES)
    op.create_primary_key(op.f(_KEY), _CERTIFICATES, ["serial"])
    op.drop_column(_CERTIFICATES, "issuer")
