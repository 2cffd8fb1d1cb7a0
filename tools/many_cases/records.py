"""What stands behind many cases: of each the message that registered it, its history and its counts; and bulk files."""

from psycopg2.extensions import cursor as Cursor  # it is a class

from models.base import adapter
from models.cases.volume_keeping import count_anew, fold_changes
from models.database import Database
from models.encryption import encrypt
from tools.many_cases.copies import BUSY

LINES = 4
"""Of each history."""
FILES = 10_000
"""Bulk files, a tenth of them those of the busy retailer."""

_MESSAGES = """
INSERT INTO messages (key, retailer_code, message_id, interface_number, digest, case_number, stored_at, answer,
    answered_at)
SELECT cases.content_key, cases.new_retailer, 'M-' || cases.case_number, interface_number, digest, cases.case_number,
    cases.registered_at, answer, cases.registered_at
FROM messages AS first, cases WHERE first.key <> cases.content_key
"""
_CONTENTS = """
INSERT INTO message_contents (key, values) SELECT cases.content_key, first.values
FROM message_contents AS first, cases WHERE first.key <> cases.content_key
"""
_HISTORY = """
INSERT INTO case_history (case_number, step, kind, actor, details, cause, at, state)
SELECT cases.case_number, place, kind, actor, details, cases.content_key::text, cases.registered_at, cases.state
FROM case_history AS first, cases, generate_series(1, %(lines)s) AS place WHERE first.case_number <> cases.case_number
"""
_FILES = """
INSERT INTO bulk_files (number, kind, segment, retailer_code, name, size, digest, state, uploaded_by, uploaded_at,
    source_address, ended_at, rows, done, refused)
SELECT 'CSV20260101-' || to_char(g, 'FM0000000000'), 'register_referrals', 'low_voltage',
    CASE WHEN g %% 10 = 0 THEN %(busy)s ELSE '1002' END, %(name)s, 1000, md5(g::text),
    CASE WHEN g > 10 THEN 'finished' ELSE 'checked' END,
    CASE WHEN g %% 10 = 0 THEN '1001aozo01' ELSE '1002mina01' END, now() - g * interval '1 minute', '127.0.0.1',
    CASE WHEN g > 10 THEN now() - g * interval '1 minute' END, 100, 90 + g %% 2 * 10, 10 - g %% 2 * 10
FROM generate_series(1, %(files)s) g
"""


def write_records(cursor: Cursor) -> None:
    """Give every case its message and its history, and the retailers their files."""
    cursor.execute("SET LOCAL session_replication_role = replica")  # they refer to each other, row by row
    name = encrypt(adapter(str).dump_json("file.csv"), column="bulk_files.name")
    for statement in (_MESSAGES, _CONTENTS, _HISTORY, _FILES):
        cursor.execute(statement, {"lines": LINES, "files": FILES, "busy": BUSY, "name": name})


def count(database: Database) -> None:
    """Count the cases as their steps would have, and put all into the sums."""
    database.run(count_anew)
    while database.run(fold_changes):
        pass
