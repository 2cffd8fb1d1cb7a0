"""What a log says of an unforeseen error: its kind and place, never its text, which may quote a message."""

import logging
import traceback

logger = logging.getLogger("soap")


def log_failure(occasion: str, error: BaseException) -> None:
    """Log an error and its causes without any text of theirs."""
    logger.error("%s: %s", occasion, describe(error))


def describe(error: BaseException) -> str:
    """Name an error, its causes, and the lines it came through."""
    lines: list[str] = []
    visited: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in visited:
        visited.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        way = " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)
        lines.append(f"{type(current).__module__}.{type(current).__qualname__} [{way}]")
        current = current.__cause__ or current.__context__
    return " <- ".join(lines)
