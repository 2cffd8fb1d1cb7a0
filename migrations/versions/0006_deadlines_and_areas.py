"""Rules on deadlines that the hub operator sets, and areas whose grid operators are not called for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)

_RULES_ARE_APPEND_ONLY = """
CREATE FUNCTION deadline_rules_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rules on deadlines are append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON deadline_rules
FOR EACH ROW EXECUTE FUNCTION deadline_rules_are_append_only();
"""


def upgrade() -> None:
    op.create_table(
        "deadline_rules",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("business_days", sa.Integer()),
        sa.Column("calendar_days", sa.Integer()),
        sa.Column("amount", sa.Integer()),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "business_days >= 0 AND calendar_days >= 0 AND amount >= 0", name=op.f("ck_deadline_rules_not_negative")
        ),
        sa.CheckConstraint(
            "(amount IS NULL) = (business_days IS NOT NULL) AND (amount IS NULL) = (calendar_days IS NOT NULL)",
            name=op.f("ck_deadline_rules_period_or_amount"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rules")),
    )
    op.create_index("ix_deadline_rules_segment_valid_from", "deadline_rules", ["segment", "valid_from"])
    op.execute(_RULES_ARE_APPEND_ONLY)
    op.create_table(
        "paused_areas",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area", name=op.f("pk_paused_areas")),
    )


def downgrade() -> None:
    op.drop_table("paused_areas")
    op.drop_table("deadline_rules")
    op.execute("DROP FUNCTION deadline_rules_are_append_only")
