"""Serving an application with TLS of its own and no front."""

import ssl
from collections.abc import Iterable
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cryptography import x509

from runtime.addresses import with_port
from runtime.client_certificates import ClientCertificate, describe_certificate
from runtime.listening import Listening
from runtime.logs import set_up_logs
from runtime.serving import PEER_CERTIFICATE, Strength, serve
from runtime.settings.processes import FrontSettings
from runtime.tls import MutualTls


def serve_without_front(application: WSGIApplication) -> None:
    """Serve until SIGTERM by the hub's own server, a process at each port from that of the SOAP face on."""
    set_up_logs("bench")
    chosen = FrontSettings.from_environment()
    ports = range(chosen.soap_port, chosen.soap_port + chosen.soap_workers)
    serve(
        _told_by_the_connection(application),
        listening=Listening(tuple(with_port(chosen.soap_host, port) for port in ports), fronts=frozenset()),
        strength=Strength(threads=chosen.soap_threads),
        tls=MutualTls(certificate=chosen.soap_certificate, authority=chosen.tls_authority),
    )


def _told_by_the_connection(application: WSGIApplication) -> WSGIApplication:
    def called(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        line: ssl.SSLSocket = environ["gunicorn.socket"]
        environ[PEER_CERTIFICATE] = _described(line.getpeercert(True))
        return application(environ, start_response)

    return called


@lru_cache(maxsize=2048)
def _described(certificate: bytes | None) -> ClientCertificate | None:
    return None if certificate is None else describe_certificate(x509.load_der_x509_certificate(certificate))
