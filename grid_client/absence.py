"""What a failed call says of the grid operator as a whole: that it is away, or only that this call was not done."""

from dataclasses import dataclass
from datetime import datetime

from grid_client.errors import CIRCUIT_OPEN, GridFault, GridUnreachable
from schemas.refusal_codes import RefusalCode

_SAID_OF_ONE_CALL = frozenset(
    {"unreadable-answer", "unexpected-answer", "cancellation-open", "paused", "maintenance", CIRCUIT_OPEN}
)
"""Reasons that are an answer, though none that tells; and reasons of the hub's own, which did not even call."""


@dataclass(frozen=True)
class Away:
    """That a grid operator is away, and until when by its own word."""

    reason: str
    until: datetime | None = None


def away_by(error: GridUnreachable | GridFault) -> Away | None:
    """Tell whether a failed call means that the grid operator is away; None where it means nothing of the kind."""
    if isinstance(error, GridFault):
        return Away(error.code, error.resumes_at) if error.code == RefusalCode.GRID_MAINTENANCE else None
    return None if error.reason in _SAID_OF_ONE_CALL else Away(error.reason)


def reason_of(error: GridUnreachable | GridFault) -> str:
    """Name a failure in short, as it is stable and tells nothing of the message."""
    return error.code if isinstance(error, GridFault) else error.reason
