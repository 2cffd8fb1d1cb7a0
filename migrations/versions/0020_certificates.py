"""A certificate has a purpose, a holder and a device, can be replaced, and what was done to it is on record.

Mails can be about a certificate. A retailer has its API利用開始日, and the use of all its certificates can be stopped.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_CERTIFICATES, _MAILS, _CHANGES = "client_certificates", "mail_intents", "certificate_changes"
_SUCCESSOR = "fk_client_certificates_successor_issuer"
_NEW = (
    *("fingerprint", "purpose", "certificate_id", "device", "holder", "registered_at", "replaced_until"),
    *("successor_issuer", "successor_serial", "warned_days"),
)
_CHECKS = {
    "api_is_retailers": "retailer_code IS NOT NULL OR purpose = 'screens'",
    "replaced_as_a_whole": (
        "(replaced_until IS NULL) = (successor_issuer IS NULL) AND "
        "(successor_issuer IS NULL) = (successor_serial IS NULL)"
    ),
}
_MAIL_CHECKS = {
    "line_as_a_whole": "(case_number IS NULL) = (step IS NULL)",
    "about_one_thing": "(case_number IS NULL) <> (certificate IS NULL)",
}


def upgrade() -> None:
    moment, now = sa.DateTime(timezone=True), sa.text("clock_timestamp()")
    op.add_column("participants", sa.Column("api_from", sa.Date()))
    op.add_column("participants", sa.Column("certificates_stopped_at", moment))
    for column in (
        sa.Column("fingerprint", sa.Text()),
        sa.Column("purpose", sa.Text(), server_default="api", nullable=False),
        sa.Column("certificate_id", sa.Text()),
        sa.Column("device", sa.Text(), server_default="", nullable=False),
        sa.Column("holder", sa.Text(), server_default="", nullable=False),
        sa.Column("registered_at", moment, server_default=now, nullable=False),
        sa.Column("replaced_until", moment),
        sa.Column("successor_issuer", sa.Text()),
        sa.Column("successor_serial", sa.Text()),
        sa.Column("warned_days", sa.Integer()),
    ):
        op.add_column(_CERTIFICATES, column)
    op.alter_column(_CERTIFICATES, "retailer_code", nullable=True)
    for name, condition in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_{_CERTIFICATES}_{name}"), _CERTIFICATES, condition)
    op.create_foreign_key(
        op.f(_SUCCESSOR),
        _CERTIFICATES,
        _CERTIFICATES,
        ["successor_issuer", "successor_serial"],
        ["issuer", "serial"],
    )
    op.create_table(
        _CHANGES,
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", moment, server_default=now, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("retailer_code", sa.Text()),
        sa.Column("use_case", sa.Text(), nullable=False),
        sa.Column("by_user", sa.Text(), nullable=False),
        sa.Column("source_address", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_changes")),
    )
    op.create_index(op.f("ix_certificate_changes_issuer_serial_id"), _CHANGES, ["issuer", "serial", "id"])
    op.add_column(_MAILS, sa.Column("certificate", postgresql.JSONB()))
    op.alter_column(_MAILS, "case_number", nullable=True)
    op.alter_column(_MAILS, "step", nullable=True)
    for name, condition in _MAIL_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_{_MAILS}_{name}"), _MAILS, condition)


def downgrade() -> None:
    op.execute("DELETE FROM mail_intents WHERE case_number IS NULL")
    for name in _MAIL_CHECKS:
        op.drop_constraint(op.f(f"ck_{_MAILS}_{name}"), _MAILS)
    op.alter_column(_MAILS, "step", nullable=False)
    op.alter_column(_MAILS, "case_number", nullable=False)
    op.drop_column(_MAILS, "certificate")
    op.drop_table(_CHANGES)
    op.execute("UPDATE client_certificates SET revoked_at = coalesce(revoked_at, replaced_until)")
    op.drop_constraint(op.f(_SUCCESSOR), _CERTIFICATES)
    for name in _CHECKS:
        op.drop_constraint(op.f(f"ck_{_CERTIFICATES}_{name}"), _CERTIFICATES)
    op.execute("DELETE FROM client_certificates WHERE retailer_code IS NULL OR purpose <> 'api'")
    op.alter_column(_CERTIFICATES, "retailer_code", nullable=False)
    for column in reversed(_NEW):
        op.drop_column(_CERTIFICATES, column)
    op.drop_column("participants", "certificates_stopped_at")
    op.drop_column("participants", "api_from")
