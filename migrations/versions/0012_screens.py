"""要対応 of each side, with indexes for lists; who sent a message; what people typed and have not sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None

_OWN = {"new": "start_state", "current": "end_state"}

_FILL = """
UPDATE cases SET {side}_duty = CASE
  WHEN application_kind IS NOT NULL THEN
    CASE WHEN {side}_retailer IS NOT NULL AND phase = 'awaiting_applications'
          AND state -> 'application' ->> 'state' = 'defective' THEN 'correct' END
  WHEN phase = 'awaiting_decision' THEN {deciding}
  WHEN phase = 'awaiting_applications' AND {own} IN ('not_filed', 'cancelled')
       AND NOT (state ->> 'cut_off_passed')::boolean THEN 'file'
  WHEN phase = 'awaiting_applications' AND {own} = 'defective' THEN 'correct'
END
WHERE ended_at IS NULL
"""
_FILL_OPERATOR = """
UPDATE cases SET operator_duty = CASE
  WHEN phase = 'one_side_done' THEN 'settle'
  WHEN due_rule = 'suspended' THEN 'release'
END
WHERE ended_at IS NULL
"""


def upgrade() -> None:
    for side in ("new", "current", "operator"):
        op.add_column("cases", sa.Column(f"{side}_duty", sa.Text()))
    for side, own in _OWN.items():
        op.execute(_FILL.format(side=side, own=own, deciding="'decide'" if side == "current" else "NULL"))
        op.create_index(
            f"ix_cases_{side}_duty",
            "cases",
            [f"{side}_retailer", "registered_at", "case_number"],
            postgresql_where=sa.text(f"{side}_duty IS NOT NULL"),
        )
    op.execute(_FILL_OPERATOR)
    op.create_index(
        "ix_cases_operator_duty",
        "cases",
        ["registered_at", "case_number"],
        postgresql_where=sa.text("operator_duty IS NOT NULL"),
    )
    op.create_index("ix_cases_matched", "cases", ["effective_date"], postgresql_where=sa.text("phase = 'matched'"))
    op.add_column("messages", sa.Column("user_id", sa.Text()))
    op.create_table(
        "form_drafts",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("values", postgresql.JSONB(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_form_drafts_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "form", name=op.f("pk_form_drafts")),
    )
    op.create_index(op.f("ix_form_drafts_kept_at"), "form_drafts", ["kept_at"])


def downgrade() -> None:
    op.drop_table("form_drafts")
    op.drop_column("messages", "user_id")
    op.drop_index("ix_cases_matched", table_name="cases")
    for side in ("operator", "current", "new"):
        op.drop_index(f"ix_cases_{side}_duty", table_name="cases")
        op.drop_column("cases", f"{side}_duty")
