"""Serving an application exactly as the hub's SOAP face is served."""

from wsgiref.types import WSGIApplication

from runtime.logs import set_up_logs
from runtime.serving import Address, Strength, serve
from runtime.settings.processes import SoapSettings
from runtime.tls import MutualTls


def serve_like_the_hub(application: WSGIApplication) -> None:
    """Serve until SIGTERM: the hub's own server, TLS and access log, by the settings of its face."""
    set_up_logs("bench")
    chosen = SoapSettings.from_environment()
    serve(
        application,
        address=Address(chosen.soap_host, chosen.soap_port),
        strength=Strength(workers=chosen.soap_workers, threads=chosen.soap_threads),
        tls=MutualTls(certificate=chosen.soap_certificate, authority=chosen.tls_authority, answers_faults=True),
    )
