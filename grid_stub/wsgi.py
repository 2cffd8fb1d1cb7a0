"""The stub as a WSGI application: ten grid operators under ``/grid``, and how to control them under ``/control``."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from structlog.contextvars import bind_contextvars

from grid_stub.control_endpoint import control_wsgi
from grid_stub.desk import Desk
from grid_stub.line import over_line
from grid_stub.review import Habits
from grid_stub.services import SERVICES, GridService, file_of, path_of
from models.database import Database
from schemas.codes import Area
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from soap.wsgi import refusal_response, soap_wsgi


def stub_wsgi(*, database: Database, habits: Habits) -> WSGIApplication:
    """Make the application; another path gets fault HUB-T010."""
    controls = control_wsgi(database)
    services = [(service, _soap(service, database, habits)) for service in SERVICES]
    addresses = {path_of(service, area=area.value): (area, soap) for area in Area for service, soap in services}

    def called(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/control/"):
            return controls(environ, start_response)
        if path not in addresses:
            refusal = Refusal(RefusalCode.UNKNOWN_ADDRESS)
            return refusal_response(refusal, start_response, namespace=SERVICES[0].namespace)
        area, soap = addresses[path]
        bind_contextvars(area=area.value)
        return over_line(soap, area=area, database=database, environ=environ, start_response=start_response)

    return called


def _soap(service: GridService, database: Database, habits: Habits) -> WSGIApplication:
    desk = Desk(database=database, segment=service.segment, habits=habits)
    return soap_wsgi(service, wsdl=file_of(service).read_bytes(), handle=desk.handle)
