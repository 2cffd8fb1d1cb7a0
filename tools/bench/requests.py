"""12210 as a retailer's system sends it, ready for the wire, and one answer to it."""

import io
from contextlib import closing
from pathlib import Path
from wsgiref.types import WSGIEnvironment

from soap_api.services import LOW_VOLTAGE, path_of
from tools.bench.line import Line

_BODY = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
    '<getReferralResults xmlns="{namespace}"><messageId>{message_id}</messageId>'
    "<caseNumber>{case_number}</caseNumber></getReferralResults></soapenv:Body></soapenv:Envelope>"
)
_HEAD = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n"
    'SOAPAction: "{action}"\r\nContent-Length: {length}\r\n\r\n'
)


def message(*, case_number: str, message_id: str) -> str:
    """Write the envelope that asks about one case."""
    return _BODY.format(namespace=LOW_VOLTAGE.namespace, case_number=case_number, message_id=message_id)


def http_request(*, case_number: str, message_id: str) -> str:
    """Write the whole HTTP request that asks about one case."""
    body = message(case_number=case_number, message_id=message_id)
    action = f"{LOW_VOLTAGE.namespace}/12210"
    return _HEAD.format(path=path_of(LOW_VOLTAGE), action=action, length=len(body)) + body


def environ_of(body: bytes, *, content_type: str = "text/xml; charset=utf-8") -> WSGIEnvironment:
    """Give a message as a server hands it to the application, for measurements without one."""
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "wsgi.url_scheme": "https",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }


def ask(body: str, *, port: int, certificate: Path, authority: Path) -> bytes:
    """Send one message over a connection of its own and give the answer's body."""
    with closing(Line(certificate=certificate, authority=authority, port=port)) as line:
        return line.post(body)
