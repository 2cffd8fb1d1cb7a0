"""The first tables: participants, messages, cases with their history, the business clock, deliveries, reads."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SERIALS = ("case_serial", "application_serial")

_CLOCK_ONLY_GROWS = """
CREATE FUNCTION business_clock_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.ahead < OLD.ahead THEN
    RAISE EXCEPTION 'the business clock only grows';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON business_clock
FOR EACH ROW EXECUTE FUNCTION business_clock_only_grows();
"""
_HISTORY_IS_APPEND_ONLY = """
CREATE FUNCTION case_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the case history is append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON case_history
FOR EACH ROW EXECUTE FUNCTION case_history_is_append_only();
"""


def upgrade() -> None:
    op.create_table(
        "business_clock",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("ahead", sa.Interval(), nullable=False),
        sa.CheckConstraint("ahead >= '0'::interval", name=op.f("ck_business_clock_never_behind")),
        sa.CheckConstraint("id = 1", name=op.f("ck_business_clock_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_clock")),
    )
    op.create_table(
        "case_history",
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "step", name=op.f("pk_case_history")),
    )
    op.create_table(
        "cases",
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", postgresql.JSONB(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("point_number", sa.Text(), nullable=False),
        sa.Column("new_retailer", sa.Text(), nullable=False),
        sa.Column("current_retailer", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("registered_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("due_rule", sa.Text(), nullable=False),
        sa.Column("content_key", sa.Uuid(), nullable=False),
        sa.Column("decision_key", sa.Uuid()),
        sa.Column("decision", sa.Text()),
        sa.Column("decided_at", _MOMENT),
        sa.Column("rejection_reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("wished_date", sa.Date(), nullable=False),
        sa.Column("effective_date", sa.Date(), nullable=False),
        sa.Column("decision_due", _MOMENT, nullable=False),
        sa.Column("cut_off", _MOMENT, nullable=False),
        sa.Column("start_number", sa.Text()),
        sa.Column("start_state", sa.Text(), nullable=False),
        sa.Column("end_number", sa.Text()),
        sa.Column("end_state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_cases")),
    )
    op.create_index(
        op.f("ix_cases_current_retailer_phase_due_at_case_number"),
        "cases",
        ["current_retailer", "phase", "due_at", "case_number"],
    )
    op.create_index(
        op.f("ix_cases_new_retailer_changed_at_case_number"), "cases", ["new_retailer", "changed_at", "case_number"]
    )
    op.create_index(
        "uq_cases_open_point", "cases", ["point_number"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "data_reads",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("at_real", _MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("interface_number", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("source_address", sa.Text(), nullable=False),
        sa.Column("consent", postgresql.JSONB()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_reads")),
    )
    op.create_index(op.f("ix_data_reads_retailer_code_at"), "data_reads", ["retailer_code", "at"])
    op.create_index(op.f("ix_data_reads_subject_at"), "data_reads", ["subject", "at"])
    op.create_table(
        "grid_findings",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("application_number", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer()),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("findings", postgresql.JSONB(), nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_findings")),
    )
    op.create_index("uq_grid_findings_cause", "grid_findings", ["application_number", "cause"], unique=True)
    op.create_table(
        "participants",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("area", sa.Text()),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("result_mail", sa.Text()),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_participants")),
    )
    op.create_table(
        "watch_cursors",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("heard_until", _MOMENT),
        sa.PrimaryKeyConstraint("area", "segment", name=op.f("pk_watch_cursors")),
    )
    op.create_table(
        "applications",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("point_number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("in_flight", sa.Boolean(), nullable=False),
        sa.Column("effective_date", sa.Date(), nullable=False),
        sa.Column("meter_work", sa.Text(), nullable=False),
        sa.Column("received_at", _MOMENT),
        sa.Column("matched_at", _MOMENT),
        sa.Column("completed_at", _MOMENT),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.case_number"], name=op.f("fk_applications_case_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_applications")),
    )
    op.create_index(op.f("ix_applications_case_number"), "applications", ["case_number"])
    op.create_index(
        "ix_applications_in_flight", "applications", ["area", "segment"], postgresql_where=sa.text("in_flight")
    )
    op.create_index(
        op.f("ix_applications_retailer_code_area_changed_at_number"),
        "applications",
        ["retailer_code", "area", "changed_at", "number"],
    )
    op.create_table(
        "client_certificates",
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT),
        sa.Column("source_addresses", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["retailer_code"], ["participants.code"], name=op.f("fk_client_certificates_retailer_code")
        ),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_client_certificates")),
    )
    op.create_index(op.f("ix_client_certificates_retailer_code"), "client_certificates", ["retailer_code"])
    op.create_table(
        "deliveries",
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("registered_at_real", _MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("started_at_real", _MOMENT),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at_real", _MOMENT),
        sa.Column("last_error", sa.Text()),
        sa.ForeignKeyConstraint(["case_number"], ["cases.case_number"], name=op.f("fk_deliveries_case_number")),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_deliveries")),
    )
    op.create_index(
        "ix_deliveries_not_started",
        "deliveries",
        ["registered_at_real"],
        postgresql_where=sa.text("started_at_real IS NULL"),
    )
    op.create_table(
        "messages",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("retailer_code", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("interface_number", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("case_number", sa.Text()),
        sa.Column("stored_at", _MOMENT, nullable=False),
        sa.Column("stored_at_real", _MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("command", postgresql.JSONB()),
        sa.Column("answer", postgresql.JSONB()),
        sa.Column("answered_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["case_number"],
            ["cases.case_number"],
            name=op.f("fk_messages_case_number"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_messages")),
        sa.UniqueConstraint("retailer_code", "message_id", name=op.f("uq_messages_retailer_code_message_id")),
    )
    op.create_index(op.f("ix_messages_case_number_retailer_code"), "messages", ["case_number", "retailer_code"])
    op.create_index(
        "ix_messages_unanswered", "messages", ["case_number", "seq"], postgresql_where=sa.text("answered_at IS NULL")
    )
    op.create_table(
        "message_contents",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("values", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["messages.key"], name=op.f("fk_message_contents_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_message_contents")),
    )
    for serial in _SERIALS:
        op.execute(sa.schema.CreateSequence(sa.Sequence(serial, maxvalue=99_999_999, cycle=True)))
    op.execute(_CLOCK_ONLY_GROWS)
    op.execute(_HISTORY_IS_APPEND_ONLY)
    op.execute("INSERT INTO business_clock (id, ahead) VALUES (1, '0')")


def downgrade() -> None:
    for table in (
        "message_contents",
        "messages",
        "deliveries",
        "client_certificates",
        "applications",
        "watch_cursors",
        "participants",
        "grid_findings",
        "data_reads",
        "cases",
        "case_history",
        "business_clock",
    ):
        op.drop_table(table)
    for serial in _SERIALS:
        op.execute(sa.schema.DropSequence(sa.Sequence(serial)))
    op.execute("DROP FUNCTION business_clock_only_grows")
    op.execute("DROP FUNCTION case_history_is_append_only")
