"""Serving an application exactly as the hub's SOAP face is served."""

from wsgiref.types import WSGIApplication

from runtime.listening import listening
from runtime.logs import set_up_logs
from runtime.serving import Strength, serve
from runtime.settings.processes import SoapSettings


def serve_like_the_hub(application: WSGIApplication) -> None:
    """Serve until SIGTERM: the hub's own server and access log, behind a front, by the settings of its face."""
    set_up_logs("bench")
    chosen = SoapSettings.from_environment()
    serve(
        application,
        listening=listening("soap", folder=chosen.socket_folder, address="", processes=chosen.soap_workers),
        strength=Strength(threads=chosen.soap_threads, renew_after=chosen.soap_renew_after),
    )
