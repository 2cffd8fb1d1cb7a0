"""The sealer as a process of its own, as the sweeper is: ``on`` and ``off`` from standard input, ``rest`` at once.

Its answer to each is a line, so that a round begins where the one before has left nothing to do.
"""

import os
import sys
import threading

from models.database import Database
from sweeper.sealing import Sealer

EVERY = 0.5
"""Seconds between two seals: far more often than the sweeper does it, so that a short round has several."""


def main() -> None:
    """Obey until standard input ends."""
    database = Database(os.environ["DATABASE_URL"])
    sealer, at_work, lock = Sealer(database=database), threading.Event(), threading.Lock()

    def work() -> None:
        while True:
            at_work.wait()
            with lock:
                sealer.seal()
            threading.Event().wait(EVERY)

    threading.Thread(target=work, daemon=True).start()
    for line in sys.stdin:
        match line.strip():
            case "on":
                at_work.set()
            case "off":
                at_work.clear()
            case "rest":
                with lock:
                    while sealer.seal() is not None:
                        pass
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
