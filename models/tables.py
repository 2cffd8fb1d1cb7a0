"""All tables at one place, for the migrations and for whatever asks what the database should look like."""

from models import absences, clock, handovers, outbox, pauses, reads, untold_news, watch
from models.base import Base
from models.bulk import tables as bulk
from models.cases import assignments, volume_tables
from models.cases import tables as cases
from models.certificates import tables as certificates
from models.deadlines import tables as deadlines
from models.messages import tables as messages
from models.participants import tables as participants
from models.records import tables as records
from models.users import drafts, recent_items, saved_views
from models.users import tables as users

TABLE_MODULES = (
    *(absences, assignments, bulk, cases, certificates, clock, deadlines, drafts, handovers),
    *(messages, outbox, participants, pauses, reads, recent_items, records, saved_views, untold_news, users),
    *(volume_tables, watch),
)
"""The modules that define tables; importing them is what fills the metadata."""

METADATA = Base.metadata

MIGRATION_LOCK = 7_240_001
"""Key of the advisory lock that lets one process migrate while others that start wait for it."""
