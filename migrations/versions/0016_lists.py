"""The lists of cases and what waits are read along indexes by deadline, change and end; lists people keep, what
they looked at last, and how they like lists and keys."""

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
_PREFERENCES = ("dense_lists", "shortcuts")
_WITH_WHAT_IS_LOOKED_AT = {
    "ix_cases_new_retailer_registered_at_case_number": ["new_retailer", "registered_at", "case_number"],
    "ix_cases_current_retailer_registered_at_case_number": ["current_retailer", "registered_at", "case_number"],
    "ix_cases_registered_at_case_number": ["registered_at", "case_number"],
}
_LOOKED_AT = ["phase", "segment", "area", "application_kind", "decision", "changed_at"]


def upgrade() -> None:
    for name, columns in _WITH_WHAT_IS_LOOKED_AT.items():
        op.drop_index(name, "cases")
        op.create_index(name, "cases", columns, postgresql_include=_LOOKED_AT)
    for name, columns in _WHOLE.items():
        op.create_index(name, "cases", columns)
    for name, (columns, rows) in _PARTIAL.items():
        op.create_index(name, "cases", columns, postgresql_where=sa.text(rows))
    for name in _PREFERENCES:
        op.add_column("users", sa.Column(name, sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "saved_views",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_saved_views_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "name", name=op.f("pk_saved_views")),
    )
    op.create_table(
        "recent_items",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_recent_items_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "number", name=op.f("pk_recent_items")),
    )


def downgrade() -> None:
    op.drop_table("recent_items")
    op.drop_table("saved_views")
    for name in _PREFERENCES:
        op.drop_column("users", name)
    for name in (*_PARTIAL, *_WHOLE):
        op.drop_index(name, table_name="cases")
    for name, columns in _WITH_WHAT_IS_LOOKED_AT.items():
        op.drop_index(name, table_name="cases")
        op.create_index(name, "cases", columns)
