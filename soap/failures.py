"""What is said of an unforeseen error: to the caller that it may try again, and in the log its kind and place.

Never its text, which may quote a message.
"""

import logging
import traceback
from collections.abc import Iterator

from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode

logger = logging.getLogger("soap")


def log_failure(occasion: str, error: BaseException) -> None:
    """Log an error and its causes without any text of theirs."""
    logger.error("%s: %s", occasion, describe(error))


def refusal_of(error: BaseException) -> Refusal:
    """Refuse a message for what went wrong here: never for good, as it says nothing of the message."""
    ran_out = any(isinstance(each, MemoryError) for each in _with_causes(error))
    return Refusal(RefusalCode.EXHAUSTED if ran_out else RefusalCode.INTERNAL)


def describe(error: BaseException) -> str:
    """Name an error, its causes, and the lines it came through."""
    return " <- ".join(map(_line, _with_causes(error)))


def _line(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    way = " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__module__}.{type(error).__qualname__} [{way}]"


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    visited: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in visited:
        yield current
        visited.add(id(current))
        current = current.__cause__ or current.__context__
