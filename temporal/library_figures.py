"""Figures of Temporal's own library in a process that asks Temporal without being a worker, on the process's own port.

They bear the names that they have at a worker's (``temporal_request_total`` and so on; times in seconds). A worker
shows its own at a port that the library opens; servers fork and have several processes, so here they are taken from it.
"""

import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterator

from prometheus_client import REGISTRY
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from temporalio.runtime import (
    BUFFERED_METRIC_KIND_COUNTER,
    BUFFERED_METRIC_KIND_GAUGE,
    BufferedMetricUpdate,
    MetricBuffer,
    MetricBufferDurationFormat,
    Runtime,
    TelemetryConfig,
)

_HELD = 50_000
"""Updates that the library keeps until they are taken, far more than come in between."""
_TAKEN_EVERY = 2.0
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds: nothing here waits longer for Temporal."""

Labels = tuple[tuple[str, str], ...]


class LibraryFigures(Collector):
    """What the library has counted in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[tuple[str, str], dict[Labels, float]] = defaultdict(lambda: defaultdict(float))
        self._times: dict[str, dict[Labels, list[float]]] = defaultdict(dict)

    def take(self, update: BufferedMetricUpdate) -> None:
        """Add what the library tells."""
        name = update.metric.name
        labels: Labels = tuple(sorted((key, str(value)) for key, value in update.attributes.items()))
        with self._lock:
            if update.metric.kind == BUFFERED_METRIC_KIND_COUNTER:
                self._values["counter", name][labels] += update.value
            elif update.metric.kind == BUFFERED_METRIC_KIND_GAUGE:
                self._values["gauge", name][labels] = update.value
            else:
                counts = self._times[name].setdefault(labels, [0.0] * (len(_BUCKETS) + 2))
                for place, most in enumerate((*_BUCKETS, float("inf"))):
                    counts[place] += update.value <= most
                counts[-1] += update.value

    def collect(self) -> Iterator[Metric]:
        """Give them as Prometheus reads them."""
        with self._lock:
            for (kind, name), values in self._values.items():
                family = Metric(name, "Of Temporal's own library.", kind)
                for labels, value in values.items():
                    family.add_sample(f"{name}_total" if kind == "counter" else name, dict(labels), value)
                yield family
            for name, times in self._times.items():
                yield _histogram(name, times)


def _histogram(name: str, times: dict[Labels, list[float]]) -> Metric:
    family = Metric(name, "Of Temporal's own library, in seconds.", "histogram")
    for labels, (*counts, total) in times.items():
        for most, count in zip((*map(str, _BUCKETS), "+Inf"), counts, strict=True):
            family.add_sample(f"{name}_bucket", {**dict(labels), "le": most}, count)
        family.add_sample(f"{name}_count", dict(labels), counts[-1])
        family.add_sample(f"{name}_sum", dict(labels), total)
    return family


_FIGURES = LibraryFigures()
REGISTRY.register(_FIGURES)


def watched_runtime() -> Runtime:
    """Give the library a runtime of its own, whose figures this process shows."""
    buffer = MetricBuffer(_HELD, MetricBufferDurationFormat.SECONDS)
    runtime = Runtime(telemetry=TelemetryConfig(metrics=buffer))
    threading.Thread(target=_take_all, args=(buffer, os.getpid()), name="library-figures", daemon=True).start()
    return runtime


def _take_all(buffer: MetricBuffer, pid: int) -> None:
    while os.getpid() == pid:
        for update in buffer.retrieve_updates():
            _FIGURES.take(update)
        time.sleep(_TAKEN_EVERY)
