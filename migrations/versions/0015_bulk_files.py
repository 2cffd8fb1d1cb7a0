"""Bulk files: their bytes until they are checked, their rows, and how far each is worked off."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NOW = sa.text("clock_timestamp()")
_OPEN = "ix_bulk_files_open"


def upgrade() -> None:
    op.create_table(
        "bulk_files",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Text(), nullable=False),
        sa.Column("uploaded_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("source_address", sa.Text(), nullable=False),
        sa.Column("check_key", sa.Uuid()),
        sa.Column("checked_at", _MOMENT),
        sa.Column("problems", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("summary", postgresql.JSONB()),
        sa.Column("confirmed_by", sa.Text()),
        sa.Column("confirmed_at", _MOMENT),
        sa.Column("running_since", _MOMENT),
        sa.Column("finished_before", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("stopped_by", sa.Text()),
        sa.Column("stopped_why", sa.Text()),
        sa.Column("rows", sa.Integer(), server_default="0", nullable=False),
        sa.Column("faulty", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["retailer_code"], ["participants.code"], name=op.f("fk_bulk_files_retailer_code_participants")
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["users.user_id"], name=op.f("fk_bulk_files_uploaded_by_users")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.user_id"], name=op.f("fk_bulk_files_confirmed_by_users")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_bulk_files")),
    )
    for columns in (
        ["retailer_code", "uploaded_at", "number"],
        ["uploaded_at", "number"],
        ["retailer_code", "digest"],
    ):
        op.create_index(op.f(f"ix_bulk_files_{'_'.join(columns)}"), "bulk_files", columns)
    op.create_index(
        _OPEN, "bulk_files", ["retailer_code", "confirmed_at"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "bulk_pieces",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["bulk_files.number"], name=op.f("fk_bulk_pieces_number_bulk_files")),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_bulk_pieces")),
    )
    op.create_table(
        "bulk_rows",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("values", postgresql.JSONB(), nullable=False),
        sa.Column("problems", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("given_number", sa.Text()),
        sa.Column("refusal", postgresql.JSONB()),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tried_at", _MOMENT),
        sa.ForeignKeyConstraint(["number"], ["bulk_files.number"], name=op.f("fk_bulk_rows_number_bulk_files")),
        sa.PrimaryKeyConstraint("number", "line", name=op.f("pk_bulk_rows")),
    )
    op.create_index(op.f("ix_bulk_rows_number_outcome_line"), "bulk_rows", ["number", "outcome", "line"])


def downgrade() -> None:
    op.drop_table("bulk_rows")
    op.drop_table("bulk_pieces")
    op.drop_table("bulk_files")
