"""The web server process: ``python -m web.server``. Stops gracefully on SIGTERM."""

from models.database import Database
from runtime.listening import listening
from runtime.logs import set_up_logs
from runtime.monitoring import Monitoring
from runtime.serving import Strength, serve
from runtime.settings.processes import WebSettings
from runtime.traces import set_up_traces
from temporal.health import usual_checks
from usecases.settings import readable
from web.wsgi import create_app


def main() -> None:
    """Serve until it is told to stop."""
    set_up_logs("web")
    set_up_traces("web")
    chosen = readable(WebSettings.from_environment())
    database = Database(chosen.database_address, pool_size=1)
    serve(
        create_app(chosen),
        listening=listening(
            "screens",
            folder=chosen.socket_folder,
            address=chosen.web_listen,
            processes=chosen.web_workers,
            fronts=chosen.fronts,
        ),
        strength=Strength(threads=chosen.web_threads, renew_after=chosen.web_renew_after),
        monitoring=Monitoring(
            "web",
            host=chosen.monitoring_host,
            port=chosen.web_metrics_port,
            checks=usual_checks(database),
        ),
    )


if __name__ == "__main__":
    main()
