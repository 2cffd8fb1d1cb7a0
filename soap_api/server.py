"""The SOAP server process: ``python -m soap_api.server``. Stops gracefully on SIGTERM."""

from models.database import Database
from models.encryption import use_keys
from runtime.listening import listening
from runtime.logs import set_up_logs
from runtime.monitoring import Monitoring
from runtime.serving import Strength, serve
from runtime.settings.processes import SoapSettings
from runtime.traces import set_up_traces
from soap_api.wsgi import hub_wsgi
from temporal.health import usual_checks
from usecases.hub import hub_of
from usecases.settings import readable
from usecases.slots import slots_of


def main() -> None:
    """Serve until it is told to stop."""
    set_up_logs("soap")
    set_up_traces("soap")
    chosen = readable(SoapSettings.from_environment())
    use_keys(chosen.key_source)
    hub = hub_of(
        chosen,
        database=Database(chosen.database_address, pool_size=chosen.soap_threads),
        slots=slots_of(chosen, threads=chosen.soap_threads, file=chosen.soap_slots_file),
    )
    serve(
        hub_wsgi(hub, public_url=chosen.soap_public_url),
        listening=listening(
            "soap",
            folder=chosen.socket_folder,
            address=chosen.soap_listen,
            processes=chosen.soap_workers,
            fronts=chosen.fronts,
        ),
        strength=Strength(threads=chosen.soap_threads, renew_after=chosen.soap_renew_after),
        monitoring=Monitoring(
            "soap",
            host=chosen.monitoring_host,
            port=chosen.soap_metrics_port,
            checks=usual_checks(hub.database),
        ),
    )


if __name__ == "__main__":
    main()
