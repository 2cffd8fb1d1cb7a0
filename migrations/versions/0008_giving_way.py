"""What holds a point: neither details nor amperes, nor an application that has given way to a referral."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OPEN = "ended_at IS NULL"
_KIND = "COALESCE(application_kind, '')"
_WITHOUT = "'usage_inquiry', 'customer_details', 'producer_details', 'ampere_change'"


def upgrade() -> None:
    op.add_column("cases", sa.Column("gives_way", sa.Boolean(), server_default=sa.false(), nullable=False))
    _hold(
        f"NOT gives_way AND {_KIND} NOT IN ('end', {_WITHOUT})",
        f"NOT gives_way AND {_KIND} NOT IN ('start', {_WITHOUT})",
    )


def downgrade() -> None:
    _hold(f"{_KIND} NOT IN ('end', 'usage_inquiry')", f"{_KIND} NOT IN ('start', 'usage_inquiry')")
    op.drop_column("cases", "gives_way")


def _hold(beginning: str, ending: str) -> None:
    for name, holds in (("uq_cases_open_beginning", beginning), ("uq_cases_open_ending", ending)):
        op.drop_index(name, table_name="cases")
        op.create_index(name, "cases", ["point_number"], unique=True, postgresql_where=sa.text(f"{_OPEN} AND {holds}"))
