"""What steps noted of the counts goes into the sums by itself."""

import threading

from models.database import Database
from sweeper.volumes import keep_sums
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.referrals import open_case


def test_notes_become_sums_without_anybody_asking(database: Database) -> None:
    open_case(database)
    stop = threading.Event()
    folding = threading.Thread(target=keep_sums, args=(stop,), kwargs={"database": database, "every": 0.01})

    folding.start()
    try:
        until(lambda: not rows(database, "SELECT 1 FROM case_volume_changes"))
    finally:
        stop.set()
        folding.join()

    market = "SELECT figure, key, cases FROM case_volumes WHERE owner = '' AND book = 'all'"
    assert rows(database, market) == [("result", "awaiting_decision", 1)]
