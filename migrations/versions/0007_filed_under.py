"""Under which retailer's code an application was filed, whoever has succeeded it since."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("applications", sa.Column("filed_under", sa.Text()))
    op.create_index(
        "ix_applications_succeeded",
        "applications",
        ["retailer_code", "area", "segment", "filed_under"],
        postgresql_where=sa.text("filed_under <> retailer_code"),
    )


def downgrade() -> None:
    op.drop_index("ix_applications_succeeded", table_name="applications")
    op.drop_column("applications", "filed_under")
