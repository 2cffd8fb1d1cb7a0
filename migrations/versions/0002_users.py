"""People at the screens: users, their logins and sessions; reads by a person are put on record as such."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("retailer_code", sa.Text()),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("(role = 'hub_operator') = (retailer_code IS NULL)", name=op.f("ck_users_company_by_role")),
        sa.CheckConstraint("user_id ~ '^[0-9A-Za-z]{10}$'", name=op.f("ck_users_id_of_ten")),
        sa.CheckConstraint("starts_with(user_id, retailer_code)", name=op.f("ck_users_id_begins_with_company")),
        sa.ForeignKeyConstraint(["retailer_code"], ["participants.code"], name=op.f("fk_users_retailer_code")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_users")),
    )
    op.create_index(op.f("ix_users_retailer_code"), "users", ["retailer_code"])
    op.create_table(
        "login_guards",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", _MOMENT),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_login_guards")),
    )
    op.create_table(
        "login_sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("began_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("last_seen_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_login_sessions_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login_sessions")),
    )
    op.create_index(op.f("ix_login_sessions_user_id"), "login_sessions", ["user_id"])
    op.create_table(
        "login_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("source_address", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, server_default=_NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_events")),
    )
    op.create_index(op.f("ix_login_events_user_id_at"), "login_events", ["user_id", "at"])
    op.add_column("data_reads", sa.Column("user_id", sa.Text()))
    op.add_column("data_reads", sa.Column("purpose", sa.Text()))
    op.alter_column("data_reads", "retailer_code", nullable=True)


def downgrade() -> None:
    op.execute("UPDATE data_reads SET retailer_code = '' WHERE retailer_code IS NULL")
    op.alter_column("data_reads", "retailer_code", nullable=False)
    op.drop_column("data_reads", "purpose")
    op.drop_column("data_reads", "user_id")
    for table in ("login_events", "login_sessions", "login_guards", "users"):
        op.drop_table(table)
