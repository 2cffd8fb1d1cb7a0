"""What is on record of a grid operator's answer that cannot be read, whoever finds it so."""

from collections.abc import Sequence

from grid_client import figures
from runtime.logs import logger
from schemas.codes import Area

_PLACES = 20
"""So many of what is wrong are on record; a list may have thousands."""

_log = logger(__name__)


def note_unreadable(area: Area, interface_number: str, places: Sequence[str]) -> None:
    """Put on record what an answer was wrong in: by place and rule, as its values may be personal."""
    figures.UNREADABLE.labels(area.value, interface_number).inc()
    _log.error("grid-answer-unreadable", wrong=list(places[:_PLACES]), more=max(0, len(places) - _PLACES))
