"""An application on its own (単独申請) is a case of another kind: what only a switching case has may be absent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OF_A_SWITCH = ("new_retailer", "current_retailer", "wished_date", "effective_date", "decision_due", "cut_off")
_STATES = ("start_state", "end_state")
_OF_APPLICATIONS = ("effective_date", "meter_work")
_OPEN = "ended_at IS NULL AND COALESCE(application_kind, '') NOT IN ('{other}', 'usage_inquiry')"


def upgrade() -> None:
    op.add_column("cases", sa.Column("application_kind", sa.Text()))
    _let("cases", (*_OF_A_SWITCH, *_STATES), be_absent=True)
    _let("applications", _OF_APPLICATIONS, be_absent=True)
    op.drop_index("uq_cases_open_point", table_name="cases")
    for name, other in (("uq_cases_open_beginning", "end"), ("uq_cases_open_ending", "start")):
        where = sa.text(_OPEN.format(other=other))
        op.create_index(name, "cases", ["point_number"], unique=True, postgresql_where=where)


def downgrade() -> None:
    """Go back only where no application on its own was registered."""
    for name in ("uq_cases_open_ending", "uq_cases_open_beginning"):
        op.drop_index(name, table_name="cases")
    open_cases = sa.text("ended_at IS NULL")
    op.create_index("uq_cases_open_point", "cases", ["point_number"], unique=True, postgresql_where=open_cases)
    _let("applications", _OF_APPLICATIONS, be_absent=False)
    _let("cases", (*_OF_A_SWITCH, *_STATES), be_absent=False)
    op.drop_column("cases", "application_kind")


def _let(table: str, columns: tuple[str, ...], *, be_absent: bool) -> None:
    for column in columns:
        op.alter_column(table, column, nullable=be_absent)
