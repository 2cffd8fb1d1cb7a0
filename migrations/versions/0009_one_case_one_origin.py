"""A case is known by number and origin, numbers by their second; news that is still to be told, and who runs a case."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TURNS = ("case_turn", "application_turn")
_SERIALS = ("case_serial", "application_serial")

_ORIGINS_OF_CASES = """
UPDATE cases SET state = cases.state || jsonb_build_object('origin', first.cause)
FROM case_history AS first WHERE first.case_number = cases.case_number AND first.step = 1
"""
_ORIGINS_OF_LINES = """
ALTER TABLE case_history DISABLE TRIGGER append_only;
UPDATE case_history AS line SET state = line.state || jsonb_build_object('origin', first.cause)
FROM case_history AS first WHERE first.case_number = line.case_number AND first.step = 1;
ALTER TABLE case_history ENABLE TRIGGER append_only;
"""


def upgrade() -> None:
    op.execute(_ORIGINS_OF_CASES)
    op.execute(_ORIGINS_OF_LINES)
    for turn in _TURNS:
        op.execute(sa.schema.CreateSequence(sa.Sequence(turn, maxvalue=1157, cycle=True)))
    for serial in _SERIALS:
        op.execute(sa.schema.DropSequence(sa.Sequence(serial)))
    op.add_column("deliveries", sa.Column("run_id", sa.Text()))
    op.create_table(
        "untold_news",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("news", JSONB(), nullable=False),
        sa.Column(
            "noted_at_real", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["case_number"], ["cases.case_number"], name=op.f("fk_untold_news_case_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_untold_news")),
    )
    op.create_index("uq_untold_news_cause", "untold_news", ["case_number", "cause", "kind"], unique=True)


def downgrade() -> None:
    """Leave the origins in the states, where nobody reads them."""
    op.drop_table("untold_news")
    op.drop_column("deliveries", "run_id")
    for serial in _SERIALS:
        op.execute(sa.schema.CreateSequence(sa.Sequence(serial, maxvalue=99_999_999, cycle=True)))
    for turn in _TURNS:
        op.execute(sa.schema.DropSequence(sa.Sequence(turn)))
