"""How the work on a bulk file goes on: what its workflow asks of it from time to time."""

from models.bulk.files import finish, steer
from models.bulk.forgetting import KEPT_UNCONFIRMED, forget_rows
from models.bulk.rows import lines_to_send
from models.bulk.standing import Standing, first_of_retailer, next_of_retailer, standing_of
from models.database import Session
from rules.bulk.progress import FileState, Steering
from rules.bulk.work import Batch, FileLook, Look
from usecases.bulk_files import wake
from usecases.hub import Hub

BATCH = 25
"""Rows of a batch: one takes a second or a few, and files of two retailers take turns by batches."""
BATCHES = 80
"""How many are handed out at a time."""
_NOT_CONFIRMED = f"{KEPT_UNCONFIRMED.days}日以内に実行されなかったため、中止しました。行の内容は消去しました。"


class FileGone(Exception):
    """The database has no such file any more: it was put back."""


def look_at(asked: Look, *, hub: Hub) -> FileLook:
    """Tell how a file stands, and which rows are to be sent next; what has come to its end is ended.

    :raises FileGone: when there is no such file.
    """
    look, others_turn = hub.database.run(lambda session: _look(session, asked))
    if others_turn is not None:
        wake(others_turn, hub=hub)
    return look


def _look(session: Session, asked: Look) -> tuple[FileLook, str | None]:
    """Give also the file of the same retailer whose turn it is now that this one does not run."""
    standing = _standing(session, asked.number)
    if standing.unconfirmed_for is not None and standing.unconfirmed_for > KEPT_UNCONFIRMED:
        steer(session, number=asked.number, asked=Steering.STOP, user_id=None, why=_NOT_CONFIRMED)
        forget_rows(session, number=asked.number)
        standing = _standing(session, asked.number)
    if standing.state is not FileState.RUNNING:
        return _as_seen(standing), next_of_retailer(session, number=asked.number)
    waits_for = first_of_retailer(session, number=asked.number)
    if waits_for is not None:
        return _as_seen(standing, waits_for=waits_for), None
    lines = lines_to_send(session, number=asked.number, after=asked.after, limit=BATCH * BATCHES)
    if not lines and asked.after == 0 and finish(session, number=asked.number):
        return _as_seen(_standing(session, asked.number)), next_of_retailer(session, number=asked.number)
    parts = [lines[start : start + BATCH] for start in range(0, len(lines), BATCH)]
    batches = tuple(Batch(asked.number, part[0], part[-1]) for part in parts)
    return _as_seen(standing, batches=batches), None


def _standing(session: Session, number: str) -> Standing:
    standing = standing_of(session, number=number)
    if standing is None:
        raise FileGone(number)
    return standing


def _as_seen(standing: Standing, *, batches: tuple[Batch, ...] = (), waits_for: str | None = None) -> FileLook:
    return FileLook(
        kind=standing.kind,
        segment=standing.segment,
        state=standing.state,
        at=standing.at,
        rows=standing.rows,
        faulty=standing.faulty,
        done=standing.done,
        refused=standing.refused,
        batches=batches,
        waits_for=waits_for,
    )
