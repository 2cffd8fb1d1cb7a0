"""Equal deadlines go by arrival, along an index; who of a company looks after a case is noted."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_INBOX, _BEFORE = "ix_cases_inbox", "ix_cases_current_retailer_phase_due_at_case_number"


def upgrade() -> None:
    op.create_index(_INBOX, "cases", ["current_retailer", "phase", "due_at", "registered_at", "case_number"])
    op.drop_index(_BEFORE, "cases")
    op.create_table(
        "case_assignments",
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["retailer_code"], ["participants.code"], name=op.f("fk_case_assignments_retailer_code_participants")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_case_assignments_user_id_users")),
        sa.PrimaryKeyConstraint("case_number", "retailer_code", name=op.f("pk_case_assignments")),
    )
    op.create_index(op.f("ix_case_assignments_user_id"), "case_assignments", ["user_id"])


def downgrade() -> None:
    op.drop_table("case_assignments")
    op.create_index(_BEFORE, "cases", ["current_retailer", "phase", "due_at", "case_number"])
    op.drop_index(_INBOX, "cases")
