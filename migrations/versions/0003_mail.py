"""Mails to the retailers: written with the step that is their cause, sent by a process of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    op.create_table(
        "mail_intents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("created_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.Column("undeliverable_at", _MOMENT),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.ForeignKeyConstraint(["case_number"], ["cases.case_number"], name=op.f("fk_mail_intents_case_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_intents")),
        sa.UniqueConstraint(
            "case_number",
            "step",
            "kind",
            "retailer_code",
            name=op.f("uq_mail_intents_case_number_step_kind_retailer_code"),
        ),
    )
    op.create_index(
        "ix_mail_intents_waiting",
        "mail_intents",
        ["next_try_at", "created_at"],
        postgresql_where=sa.text("sent_at IS NULL AND undeliverable_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("mail_intents")
