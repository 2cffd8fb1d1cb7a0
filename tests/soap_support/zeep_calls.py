"""zeep, a client stack that is not ours, calling a WSGI application in this process."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests
import zeep

from tests.soap_support.calls import call_wsgi

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class _InProcess(requests.adapters.BaseAdapter):
    def __init__(self, application: "WSGIApplication") -> None:
        super().__init__()
        self._application = application

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        body = request.body or b""
        assert isinstance(body, bytes)
        headers = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in request.headers.items()}
        content_type = headers.pop("HTTP_CONTENT_TYPE", None)
        environ = {"CONTENT_TYPE": content_type, **headers}
        status, answered, content = call_wsgi(self._application, body, more=environ)
        response = requests.Response()
        response.status_code = status
        response.headers.update(answered)
        response._content = content
        response.request = request
        response.url = request.url or ""
        return response

    def close(self) -> None:
        """Close nothing: nothing is open."""


def zeep_client(wsdl: Path, application: "WSGIApplication") -> Any:
    """Give a zeep client of the WSDL whose calls go to ``application``."""
    session = requests.Session()
    session.mount("https://", _InProcess(application))
    untyped: Any = zeep
    return untyped.Client(str(wsdl), transport=untyped.Transport(session=session))
