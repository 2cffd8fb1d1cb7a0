"""The lists of cases and what waits are read along indexes by deadline, change and end."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_WHOLE = {
    "ix_cases_current_retailer_changed_at_case_number": ["current_retailer", "changed_at", "case_number"],
    "ix_cases_changed_at_case_number": ["changed_at", "case_number"],
}
_PARTIAL = {
    "ix_cases_new_waiting": (["new_retailer", "new_duty", "due_at", "due_rule"], "new_duty IS NOT NULL"),
    "ix_cases_current_waiting": (
        ["current_retailer", "current_duty", "due_at", "due_rule"],
        "current_duty IS NOT NULL",
    ),
    "ix_cases_new_open": (["new_retailer", "phase", "due_at", "case_number"], "ended_at IS NULL"),
    "ix_cases_open_due": (["phase", "due_at", "case_number"], "ended_at IS NULL"),
    "ix_cases_new_ended": (["new_retailer", "ended_at", "phase"], "ended_at IS NOT NULL"),
    "ix_cases_current_ended": (["current_retailer", "ended_at", "phase"], "ended_at IS NOT NULL"),
}


def upgrade() -> None:
    for name, columns in _WHOLE.items():
        op.create_index(name, "cases", columns)
    for name, (columns, rows) in _PARTIAL.items():
        op.create_index(name, "cases", columns, postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name in (*_PARTIAL, *_WHOLE):
        op.drop_index(name, table_name="cases")
