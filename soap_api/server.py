"""The SOAP server process: ``python -m soap_api.server``. Stops gracefully on SIGTERM."""

from grid_client.breaker import BreakerRules
from grid_client.client import GridClient
from grid_client.guarded import GuardedGrid
from models.database import Database
from rules.calendar import JapaneseCalendar
from runtime.logs import set_up_logs
from runtime.monitoring import Monitoring
from runtime.serving import Address, Strength, serve
from runtime.settings.processes import SoapSettings
from runtime.tls import MutualTls
from runtime.traces import set_up_traces
from soap_api.parts import Parts
from soap_api.wsgi import hub_wsgi
from temporal.case_starter import CaseStarter
from temporal.deliver import delivery
from temporal.gateway import TemporalGateway
from temporal.health import usual_checks


def make_parts(settings: SoapSettings) -> Parts:
    """Make what the handlers work with; nothing connects before it is used."""
    database = Database(settings.database_address, pool_size=settings.soap_threads)
    deliver = delivery(database=database, gateway=TemporalGateway(), timeout=settings.answer_within)
    made = Parts(
        settings=settings,
        database=database,
        deliver=deliver,
        start=CaseStarter(deliver).start,
        grid=GuardedGrid(GridClient(settings), rules=BreakerRules(settings.inquiry_failures, settings.inquiry_pause)),
        calendar=JapaneseCalendar(),
    )
    _ = made.maintenance_windows  # wrong ones are named at start
    return made


def main() -> None:
    """Serve until it is told to stop."""
    set_up_logs("soap")
    set_up_traces("soap")
    chosen = SoapSettings.from_environment()
    parts = make_parts(chosen)
    serve(
        hub_wsgi(parts),
        address=Address(chosen.soap_host, chosen.soap_port),
        strength=Strength(workers=chosen.soap_workers, threads=chosen.soap_threads),
        tls=MutualTls(certificate=chosen.soap_certificate, authority=chosen.tls_authority, answers_faults=True),
        patience=chosen.soap_patience,
        monitoring=Monitoring(
            "soap",
            host=chosen.monitoring_host,
            port=chosen.soap_metrics_port,
            checks=usual_checks(parts.database),
        ),
    )


if __name__ == "__main__":
    main()
