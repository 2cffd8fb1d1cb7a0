"""gunicorn's threaded worker, behind the front."""

from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker


class FrontWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Closes at once what has been answered.

    gunicorn's own waits, on the thread that takes new connections, until the peer has closed its side too: by then the
    front must have had its turn, and on a busy machine one connection after the other waits for that. Here the request
    has been read whole, so nothing is lost.
    """

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread."""
        conn.close = lambda graceful=False: util.close(conn.sock)
        super().enqueue_req(conn)
