"""A process of tests that runs PostgreSQL on a disk of its own, small enough to be filled: a folder is given to it.

Say ``python -m tests.support.on_a_small_disk FOLDER``; it says what the hub's health and the local stack's make of it.
"""

import sys
from contextlib import suppress
from pathlib import Path

from deploy.stack import postgres
from deploy.stack.room import want_of_room
from models.database import Database
from models.health import look_at_database
from runtime.monitoring import Unwell
from tests.support.database import migrate, start_cluster


def _fill(path: Path) -> None:
    with path.open("wb") as file, suppress(OSError):
        while True:
            file.write(b"x" * 65536)
            file.flush()


def _look(database: Database, folder: Path) -> None:
    try:
        look_at_database(database)
        health = "well"
    except Unwell as problem:
        health = str(problem)
    sys.stdout.write(f"{health} | {want_of_room(folder)}\n")


def main(folder: Path) -> None:
    """Run the database, look, fill the disk, look, make room, and look again."""
    cluster = start_cluster(folder)
    try:
        migrate(cluster.url)
        database = Database(cluster.url)
        _look(database, folder)
        _fill(folder / "filling")
        _look(database, folder)
        (folder / "filling").unlink()
        _look(database, folder)
        database.dispose()
    finally:
        postgres.stop(cluster)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
