"""How many cases there are (集計) is kept by the steps: sums, and notes of what they do not say yet.

The cases there are get their notes here; the sums are made of them by the sweeper. Files that ended are found by
their day, open cases by their deadlines on either side, and all by the day on which supply passes (異動日)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_SUMS, _NOTES, _ENDED_FILES = "case_volumes", "case_volume_changes", "ix_bulk_files_ended"
_OPEN_BEFORE = {
    "ix_cases_new_open": ["new_retailer", "phase", "due_at", "case_number"],
    "ix_cases_open_due": ["phase", "due_at", "case_number"],
}
_OPEN = {
    "ix_cases_new_open": (["new_retailer", "phase"], "new_duty"),
    "ix_cases_current_open": (["current_retailer", "phase"], "current_duty"),
    "ix_cases_open_due": (["phase"], "operator_duty"),
}
_LOOKED_AT_OPEN = ["segment", "area", "application_kind", "decision", "registered_at", "due_rule"]
_MOVING = {
    "ix_cases_new_moving": ["new_retailer"],
    "ix_cases_current_moving": ["current_retailer"],
    "ix_cases_moving": [],
}
_MOVES_ON = sa.text("COALESCE(effective_date, '9999-12-31'::date)")
_LOOKED_AT_MOVING = [
    *("phase", "segment", "area", "application_kind", "decision", "changed_at", "registered_at", "ended_at"),
]
_NOTED = """
INSERT INTO case_volume_changes (day, segment, area, application_kind, new_retailer, current_retailer, phase,
    decided_in, rejection_reasons, cases)
SELECT (registered_at AT TIME ZONE 'Asia/Tokyo')::date, segment, area, application_kind, new_retailer,
    current_retailer, phase,
    width_bucket(decided_at - registered_at, ARRAY['4h', '8h', '24h', '48h', '72h', '120h']::interval[]),
    rejection_reasons, 1
FROM cases
"""


def upgrade() -> None:
    op.create_table(
        _SUMS,
        *(
            sa.Column(name, sa.Date() if name == "day" else sa.Text(), nullable=False)
            for name in ("owner", "book", "day", "figure", "key", "segment", "area")
        ),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "owner", "book", "day", "figure", "key", "segment", "area", name=op.f("pk_case_volumes")
        ),
    )
    op.create_index("ix_case_volumes_none", _SUMS, ["day"], postgresql_where=sa.text("cases = 0"))
    op.create_table(
        _NOTES,
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("application_kind", sa.Text()),
        sa.Column("new_retailer", sa.Text()),
        sa.Column("current_retailer", sa.Text()),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("decided_in", sa.Integer()),
        sa.Column("rejection_reasons", ARRAY(sa.Text()), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_volume_changes")),
    )
    op.execute(_NOTED)
    for name in _OPEN_BEFORE:
        op.drop_index(name, "cases")
    for name, (columns, included) in _OPEN.items():
        op.create_index(
            name,
            "cases",
            [*columns, "due_at", "case_number"],
            postgresql_include=[*_LOOKED_AT_OPEN, included],
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    for name, first in _MOVING.items():
        op.create_index(name, "cases", [*first, _MOVES_ON, "case_number"], postgresql_include=_LOOKED_AT_MOVING)
    op.create_index(
        _ENDED_FILES, "bulk_files", ["ended_at", "retailer_code"], postgresql_where=sa.text("ended_at IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index(_ENDED_FILES, table_name="bulk_files")
    for name in (*_MOVING, *_OPEN):
        op.drop_index(name, "cases")
    for name, columns in _OPEN_BEFORE.items():
        op.create_index(name, "cases", columns, postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table(_NOTES)
    op.drop_table(_SUMS)
