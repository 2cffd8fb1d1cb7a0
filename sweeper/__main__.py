"""The sweeper process: ``python -m sweeper``. Stops gracefully on SIGTERM."""

import signal
import threading
from datetime import timedelta

from grid_client.client import GridClient
from models.database import Database
from models.encryption import use_keys
from rules.maintenance import parse_windows
from runtime.logs import logger, set_up_logs
from runtime.monitoring import Check, Monitoring, Pulse, Unwell
from runtime.settings.processes import SweeperSettings
from runtime.traces import set_up_traces
from sweeper.alarms import watch_alarms
from sweeper.bulk_files import BulkFileKeeper
from sweeper.departures import watch_leaving
from sweeper.keeper import Keeper
from sweeper.sealing import Sealer
from sweeper.sweeping import SIDE_BY_SIDE, Sweeper
from sweeper.volumes import keep_sums
from sweeper.watch import Watch
from temporal.connection import leave
from temporal.gateway import TemporalGateway
from temporal.health import usual_checks
from usecases.settings import readable

_SILENT_AT_MOST = 60.0
"""Seconds that a round may take before the process counts as hanging."""

_log = logger(__name__)


def run(configured: SweeperSettings, stop: threading.Event) -> None:
    """Sweep and watch until ``stop`` is set."""
    use_keys(configured.key_source)
    database = Database(configured.database_address, pool_size=SIDE_BY_SIDE)
    gateway = TemporalGateway()
    sweeper = Sweeper(
        database=database, gateway=gateway, timeout=configured.answer_within, sweep_after=configured.sweep_after
    )
    windows = parse_windows(configured.maintenance_windows)
    watch = Watch(database=database, gateway=gateway, grid=GridClient(configured), windows=windows)
    watching = threading.Thread(target=watch.run, args=(stop, configured.watch_every), name="watch", daemon=True)
    watching.start()
    alarms = threading.Thread(
        target=watch_alarms, args=(stop,), kwargs={"database": database}, name="alarms", daemon=True
    )
    alarms.start()
    leaving = threading.Thread(
        target=watch_leaving, args=(stop,), kwargs={"database": database}, name="leaving", daemon=True
    )
    leaving.start()
    keeper = Keeper(database=database, gateway=gateway)
    threading.Thread(target=keeper.run, args=(stop, configured.keep_every), name="keeper", daemon=True).start()
    threading.Thread(target=keep_sums, args=(stop,), kwargs={"database": database}, name="volumes", daemon=True).start()
    files = BulkFileKeeper(
        database=database, gateway=gateway, rows_kept_for=timedelta(days=configured.bulk_rows_kept_days)
    )
    threading.Thread(target=files.run, args=(stop,), name="bulk-files", daemon=True).start()
    sealer = Sealer(database=database)
    threading.Thread(target=sealer.run, args=(stop, configured.seal_every), name="sealing", daemon=True).start()
    pulse = Pulse(within=_SILENT_AT_MOST + configured.sweep_every)
    _monitoring(configured, database, pulse, watching, keeper, sweeper).start()
    while not stop.wait(configured.sweep_every):
        pulse.beat()
        try:
            sweeper.sweep()
        except Exception as error:
            _log.error("sweep-failed", exc_info=error)
    watching.join(timeout=configured.answer_within)
    sweeper.close()
    gateway.close()
    database.dispose()


def _monitoring(
    configured: SweeperSettings,
    database: Database,
    pulse: Pulse,
    watching: threading.Thread,
    keeper: Keeper,
    sweeper: Sweeper,
) -> Monitoring:
    def look_at_watch() -> None:
        if not watching.is_alive():
            raise Unwell("止まっています")

    return Monitoring(
        "sweeper",
        host=configured.monitoring_host,
        port=configured.sweeper_metrics_port,
        checks=(
            *usual_checks(database),
            Check("sweeping", "未達の配達", pulse.look),
            Check("watching", "処理状況の確認", look_at_watch),
            Check("workflows", "案件のワークフロー", keeper.check, needed=False),
        ),
        show=sweeper.show_backlog,
    )


def main() -> None:
    """Run the sweeper process."""
    set_up_logs("sweeper")
    set_up_traces("sweeper")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _log.info("sweeper-started")
    run(readable(SweeperSettings.from_environment()), stop)
    _log.info("sweeper-stopped")
    leave(0)


if __name__ == "__main__":
    main()
