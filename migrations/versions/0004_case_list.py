"""Indexes for the list of cases in its order, for what is looked for in it, and for the counts of the front page."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LISTS = (
    ("new_retailer", "registered_at", "case_number"),
    ("current_retailer", "registered_at", "case_number"),
    ("registered_at", "case_number"),
    ("point_number", "registered_at", "case_number"),
)


def _name(columns: tuple[str, ...]) -> str:
    return "_".join(("ix_cases", *columns))


def upgrade() -> None:
    for columns in _LISTS:
        op.create_index(op.f(_name(columns)), "cases", list(columns))
    op.create_index(
        "ix_cases_open",
        "cases",
        ["phase", "registered_at", "case_number"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_cases_ended", "cases", ["ended_at", "phase"], postgresql_where=sa.text("ended_at IS NOT NULL"))


def downgrade() -> None:
    for name in ("ix_cases_ended", "ix_cases_open", *map(_name, _LISTS)):
        op.drop_index(name, table_name="cases")
