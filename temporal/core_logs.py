"""What Temporal's own library (the SDK core) says, in this process's log; and the words that tell it is in disorder.

It keeps in memory what it has seen of each case. When the server's store was set back (a restored backup),
what it holds no longer fits, and those cases stay wedged for as long as the process lives.
"""

import logging
from collections.abc import Callable

from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

_NAME = "temporalio"
_CASES_IN_DISORDER = "temporalio_sdk_core::worker::workflow"
"""Part of the names under which the library speaks of the histories it holds. It logs an error there only for a
history that contradicts itself or the server; a fault of our own code it reports as a failed task, not as an error."""


def set_up_core_logs(*, disorder: Callable[[], object], metrics: PrometheusConfig | None = None) -> None:
    """Put the library's log into this process's, and call ``disorder`` when it loses its way.

    To be called once, before anything connects; ``disorder`` is called from a thread of the library's own.
    """
    logger = logging.getLogger(_NAME)
    logger.addFilter(Listening(disorder))
    forwarding = LogForwardingConfig(logger=logger)
    logs = LoggingConfig(filter=TelemetryFilter(core_level="WARN", other_level="ERROR"), forwarding=forwarding)
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=logs, metrics=metrics)))


class Listening(logging.Filter):
    """Lets everything pass, and tells where a record speaks of disorder."""

    def __init__(self, disorder: Callable[[], object]) -> None:
        super().__init__()
        self._disorder = disorder

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR and _CASES_IN_DISORDER in record.name:
            self._disorder()
        return True
