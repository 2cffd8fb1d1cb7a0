"""Changes are on record beside reads; no record is changed or deleted, and they are sealed batch by batch."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_APPEND_ONLY = ("data_reads", "data_changes", "record_batches", "record_seals")

_OPEN_BATCH = """
CREATE FUNCTION open_record_batch() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    -- its number first, or a transaction would be waited for by nobody; then the batch, past any snapshot
    RETURN CASE WHEN pg_current_xact_id() IS NOT NULL THEN pg_sequence_last_value('record_batch') END;
END $$
"""
_REFUSE = """
CREATE FUNCTION records_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'records are append-only';
END $$
"""


def upgrade() -> None:
    op.execute("CREATE SEQUENCE record_batch")
    op.execute("SELECT nextval('record_batch')")
    op.execute(_OPEN_BATCH)
    op.execute(_REFUSE)
    # what there is, is of a batch before the first, so that no row is written anew
    op.add_column("data_reads", sa.Column("batch", sa.BigInteger(), server_default="0", nullable=False))
    op.alter_column("data_reads", "batch", server_default=sa.text("open_record_batch()"))
    op.drop_constraint("pk_data_reads", "data_reads")
    op.create_primary_key("pk_data_reads", "data_reads", ["batch", "id"])
    op.create_table(
        "data_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("at_real", _MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("batch", sa.BigInteger(), server_default=sa.text("open_record_batch()"), nullable=False),
        sa.Column("retailer_code", sa.Text()),
        sa.Column("interface_number", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("source_address", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text()),
        sa.Column("purpose", sa.Text()),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("batch", "id", name=op.f("pk_data_changes")),
    )
    op.create_index(op.f("ix_data_changes_retailer_code_at"), "data_changes", ["retailer_code", "at"])
    op.create_index(op.f("ix_data_changes_subject_at"), "data_changes", ["subject", "at"])
    for table in ("data_reads", "data_changes"):
        op.create_index(
            op.f(f"ix_{table}_user_id_at"), table, ["user_id", "at"], postgresql_where=sa.text("user_id IS NOT NULL")
        )
        op.create_index(op.f(f"ix_{table}_at"), table, ["at"], postgresql_using="brin")
    op.create_table(
        "record_batches",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opened_at", _MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_record_batches")),
    )
    op.create_table(
        "record_seals",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("ends_batch", sa.Boolean(), nullable=False),
        sa.Column("row_ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("reads", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", _MOMENT),
        sa.Column("sealed_at", _MOMENT, nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_record_seals")),
    )
    op.create_index(op.f("ix_record_seals_sealed_at"), "record_seals", ["sealed_at"])
    op.create_index(op.f("ix_record_seals_kind_number"), "record_seals", ["kind", "number"])
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION records_are_append_only()"
        )


def downgrade() -> None:
    op.drop_table("record_seals")
    op.drop_table("record_batches")
    op.drop_table("data_changes")
    op.execute("DROP TRIGGER append_only ON data_reads")
    op.drop_index("ix_data_reads_at", "data_reads")
    op.drop_index("ix_data_reads_user_id_at", "data_reads")
    op.drop_constraint("pk_data_reads", "data_reads")
    op.create_primary_key("pk_data_reads", "data_reads", ["id"])
    op.drop_column("data_reads", "batch")
    op.execute("DROP FUNCTION records_are_append_only")
    op.execute("DROP FUNCTION open_record_batch")
    op.execute("DROP SEQUENCE record_batch")
