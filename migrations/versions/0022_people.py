"""People have rights by roles, of their retailer's own too; contractors come in until a day; a retailer has one
administrator; what is done to people is on record, and they hear of it by mail."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ADDED: tuple[sa.Column[Any], ...] = (
    sa.Column("own_role_id", sa.BigInteger()),
    sa.Column("hub_roles", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
    sa.Column("email", sa.Text(), server_default="", nullable=False),
    sa.Column("contractor", sa.Text()),
    sa.Column("works_until", sa.Date()),
    sa.Column("device", sa.Text(), server_default="", nullable=False),
    sa.Column("enabled", sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column("removed_at", sa.DateTime(timezone=True)),
    sa.Column("registered_at", sa.DateTime(timezone=True), server_default=sa.func.clock_timestamp(), nullable=False),
    sa.Column("last_used_at", sa.DateTime(timezone=True)),
    sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False),
)
_CHECKS = {
    "own_role_by_role": "(role = 'retailer_own') = (own_role_id IS NOT NULL)",
    "hub_roles_by_role": "role = 'hub_operator' OR hub_roles = '{}'",
    "contractor_until_a_day": "(contractor IS NULL) = (works_until IS NULL)",
}
_OF_SESSIONS = ("source_address", "browser")
_ADMINISTRATOR = "ix_users_one_administrator"
_AS_BEFORE = "UPDATE users SET hub_roles = '{desk,operations,security,approver,auditor}' WHERE role = 'hub_operator'"


def upgrade() -> None:
    op.create_table(
        "retailer_roles",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grants", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["retailer_code"], ["participants.code"], name=op.f("fk_retailer_roles_retailer_code_participants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retailer_roles")),
        sa.UniqueConstraint("retailer_code", "name", name=op.f("uq_retailer_roles_retailer_code_name")),
    )
    for column in _ADDED:
        op.add_column("users", column)
    op.create_foreign_key(
        op.f("fk_users_own_role_id_retailer_roles"), "users", "retailer_roles", ["own_role_id"], ["id"]
    )
    op.create_index(op.f("ix_users_own_role_id"), "users", ["own_role_id"])
    op.execute(_AS_BEFORE)
    for name, condition in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_users_{name}"), "users", condition)
    for name in _OF_SESSIONS:
        op.add_column("login_sessions", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_table(
        "user_mails",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.clock_timestamp(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), server_default=sa.func.clock_timestamp(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("given_up_at", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_user_mails_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_mails")),
    )
    op.create_index(op.f("ix_user_mails_user_id"), "user_mails", ["user_id"])
    op.create_index(
        "ix_user_mails_waiting",
        "user_mails",
        ["next_try_at"],
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )
    op.create_index(
        _ADMINISTRATOR,
        "users",
        ["retailer_code"],
        unique=True,
        postgresql_where=sa.text("role = 'retailer_administrator' AND removed_at IS NULL"),
    )


def downgrade() -> None:
    for name in _OF_SESSIONS:
        op.drop_column("login_sessions", name)
    op.drop_table("user_mails")
    op.drop_index(_ADMINISTRATOR, "users")
    for name in _CHECKS:
        op.drop_constraint(op.f(f"ck_users_{name}"), "users")
    for column in reversed(_ADDED):
        op.drop_column("users", column.name)
    op.drop_table("retailer_roles")
