"""要対応: what each side has to do about a case, so that lists find it along an index."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0006"
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
    op.create_index(
        "ix_cases_matched", "cases", ["effective_date"], postgresql_where=sa.text("phase = 'matched'")
    )


def downgrade() -> None:
    op.drop_index("ix_cases_matched", table_name="cases")
    for side in ("operator", "current", "new"):
        op.drop_index(f"ix_cases_{side}_duty", table_name="cases")
        op.drop_column("cases", f"{side}_duty")
