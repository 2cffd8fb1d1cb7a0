"""Logs: one JSON object a line, on standard output, without personal data.

Exceptions are logged by their type and place. Their words are left out, because those of libraries
quote what they stumbled over: a row's values, a piece of a message.
"""

import logging
import sys
import traceback
from collections.abc import Sequence

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_FRAMES = 12
"""How many places of a traceback are logged, the innermost ones."""


def without_words_of_exceptions(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Put an exception's chain of types and its places where its traceback was."""
    exception = _exception(event.pop("exc_info", None))
    if exception is not None:
        event["exception"] = [f"{type(error).__module__}.{type(error).__qualname__}" for error in _chain(exception)]
        frames = traceback.extract_tb(exception.__traceback__)[-_FRAMES:]
        event["places"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _exception(info: object) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple) and len(info) == 3:
        return info[1] if isinstance(info[1], BaseException) else None
    return sys.exc_info()[1] if info else None


def _chain(exception: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    link: BaseException | None = exception
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


def case_of_temporals(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Have what Temporal's library says of an activity or workflow bear the case's number."""
    record = event.get("_record")
    concerned = getattr(record, "temporal_activity", None) or getattr(record, "temporal_workflow", None)
    if concerned and "case_number" not in event:
        event["case_number"] = concerned["workflow_id"]
    return event


_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", key="at"),
    without_words_of_exceptions,
)


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Give the logger of a module: ``logger(__name__).info("event", key=value)``."""
    if not structlog.is_configured():
        _send_through_logging(_SHARED)  # structlog's own way prints the values of variables beside tracebacks
    bound_logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return bound_logger


def set_up_logs(process: str, *, level: int = logging.INFO) -> None:
    """Send the log of this process to standard output.

    Libraries speak from WARNING on. spyne is silent: it logs messages as a whole.
    """
    shared = (*_SHARED, _named(process))
    _send_through_logging(shared)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, case_of_temporals],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in ("temporalio", "sqlalchemy", "alembic", "urllib3", "zeep", "werkzeug", "opentelemetry"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.getLogger("spyne").setLevel(logging.CRITICAL + 1)


def _send_through_logging(processors: Sequence[Processor]) -> None:
    structlog.configure(
        processors=[*processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _named(process: str) -> Processor:
    def add(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return add
