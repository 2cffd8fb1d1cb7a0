"""How the worker process is watched from outside."""

from temporalio.runtime import PrometheusConfig
from temporalio.worker import Worker

from models.database import Database
from runtime.addresses import with_port
from runtime.monitoring import Check, Monitoring, Unwell
from runtime.settings.processes import WorkerSettings
from temporal.health import usual_checks


def worker_monitoring(configured: WorkerSettings, database: Database, workers: list[Worker]) -> Monitoring:
    """Describe the worker's own port."""

    def look_at_workers() -> None:
        if not all(worker.is_running for worker in workers):
            raise Unwell("処理を受け取っていません")

    return Monitoring(
        "worker",
        host=configured.monitoring_host,
        port=configured.worker_metrics_port,
        checks=(*usual_checks(database), Check("polling", "案件と呼び出しの処理", look_at_workers)),
    )


def library_figures(configured: WorkerSettings) -> PrometheusConfig | None:
    """Say where Temporal's own library shows its figures: polls, slots, cache; None for nowhere."""
    if not configured.temporal_metrics_port:
        return None
    return PrometheusConfig(
        bind_address=with_port(configured.monitoring_host, configured.temporal_metrics_port),
        counters_total_suffix=True,
        durations_as_seconds=True,
    )
