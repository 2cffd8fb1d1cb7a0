"""The hub's SOAP face within the test's own process, as a retailer's system with a certificate calls it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from wsgiref.types import WSGIEnvironment

from werkzeug.test import EnvironBuilder

from models.certificates.operations import register_certificate
from models.database import Database
from runtime.client_certificates import ClientCertificate
from runtime.serving import PEER_CERTIFICATE
from schemas.catalogue import namespace
from schemas.contract import Interface
from schemas.reading import RawValue
from soap_api.wsgi import hub_wsgi
from tests.soap_support.envelopes import request_bytes
from usecases.hub import Hub

_SEGMENT = "low_voltage"


def answer_to_system(retailer: str, interface: Interface, request: Mapping[str, RawValue], *, hub: Hub) -> bytes:
    """Give what a retailer's system hears at the address of 低圧託送; the retailer is registered."""
    environ = environ_of_system(retailer, interface, request, database=hub.database)
    return b"".join(hub_wsgi(hub, public_url="https://localhost")(environ, lambda *given: lambda data: None))


def environ_of_system(
    retailer: str, interface: Interface, request: Mapping[str, RawValue], *, database: Database
) -> WSGIEnvironment:
    """Give what the application is called with."""
    now = datetime.now(UTC)
    since, until = now - timedelta(days=1), now + timedelta(days=1)
    with database.transaction() as session:
        register_certificate(
            session, issuer="CN=Field", serial=f"a{retailer}", retailer_code=retailer, expires_at=until
        )
    peer = ClientCertificate("CN=Field", f"a{retailer}", f"CN={retailer}", valid_from=since, expires_at=until)
    body = request_bytes(interface.operation, request, namespace=namespace(_SEGMENT))
    return EnvironBuilder(
        f"/soap/{_SEGMENT}",
        method="POST",
        input_stream=BytesIO(body),
        content_type="text/xml; charset=utf-8",
        content_length=len(body),
        environ_overrides={PEER_CERTIFICATE: peer, "REMOTE_ADDR": "203.0.113.7"},
    ).get_environ()
