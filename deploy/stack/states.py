"""How each part of a stack is doing, by what it says and by what can be seen of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from deploy.stack.parts import Part
from deploy.stack.probes import ask_health, which_listen
from deploy.stack.room import want_of_room

LONG_AGO = datetime.fromtimestamp(0, UTC)
"""When a part was started that has been there all along."""


@dataclass(frozen=True)
class PartState:
    """How a part is doing."""

    part: Part
    pid: int | None
    ready: bool
    """True where it does its work."""
    remark: str = ""
    """What is missing, in Japanese."""


def state_of(part: Part) -> PartState:
    """Look how a part is doing. A face does its work while one of its processes does."""
    pid = part.process.pid
    if pid is None:
        return PartState(part, None, False)
    listening = which_listen(part.places())
    is_ready = any(listening) if listening else part.ready(LONG_AGO)
    full = "" if part.store is None else want_of_room(part.store)
    if part.monitoring is None:
        return PartState(part, pid, is_ready and not full, full)
    first = listening.index(True) if any(listening) else 0
    health = ask_health(part.monitoring + first)  # each process has a port of its own, in the order of the places
    missing = filter(None, (silent_ones(listening), health.remark)) if is_ready else ()
    return PartState(part, pid, is_ready and health.well, "、".join(missing))


def silent_ones(listening: Sequence[bool]) -> str:
    """Say in Japanese which processes of a face do not answer, by the order of their places; nothing where all do."""
    silent = [str(number) for number, listens in enumerate(listening, start=1) if not listens]
    if not silent:
        return ""
    count = len(listening)
    return f"{count} プロセスのうち {count - len(silent)} つが応答（応答なし: {'、'.join(silent)} 番目）"
