"""The grid stub's process: ``python -m grid_stub.server``. Stops gracefully on SIGTERM."""

from datetime import timedelta

from grid_stub.review import Habits
from grid_stub.tables import make_tables
from grid_stub.wsgi import stub_wsgi
from models.database import Database
from models.health import database_check
from runtime.addresses import with_port
from runtime.listening import Listening
from runtime.logs import set_up_logs
from runtime.monitoring import Monitoring
from runtime.serving import Strength, serve
from runtime.settings.processes import GridStubSettings
from runtime.tls import MutualTls
from runtime.traces import set_up_traces

_THREADS = 48
"""Enough that an area told to be slow, called from all its slots, leaves the other nine theirs."""


def main() -> None:
    """Serve the ten areas until it is told to stop."""
    set_up_logs("grid_stub")
    set_up_traces("grid_stub")
    chosen = GridStubSettings.from_environment()
    database = Database(chosen.database_address, pool_size=_THREADS // 4)
    with database.transaction() as session:
        make_tables(session)
    database.dispose()  # the server forks

    habits = Habits(step=timedelta(seconds=chosen.grid_stub_step_seconds), deadline_profile=chosen.deadline_profile)
    serve(
        stub_wsgi(database=database, habits=habits),
        listening=Listening((with_port(chosen.grid_stub_host, chosen.grid_stub_port),), fronts=frozenset()),
        strength=Strength(threads=_THREADS),
        tls=MutualTls(certificate=chosen.grid_stub_certificate, authority=chosen.tls_authority),
        monitoring=Monitoring(
            "grid_stub",
            host=chosen.monitoring_host,
            port=chosen.grid_stub_metrics_port,
            checks=(database_check(database),),
        ),
    )


if __name__ == "__main__":
    main()
