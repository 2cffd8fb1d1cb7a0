"""The least that answers 12210: lxml and psycopg2 by hand, with the hub's own statements, and no room for more.

It looks at the certificate, reads the message, checks the scope, selects and leaves the audit, as the
statements say. It refuses nothing in words, knows no other interface and no catalogue: what it costs is what
nobody can save.
"""

import sys
import threading
import time
from collections.abc import Iterable, Sequence
from io import BufferedIOBase
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import psycopg2
from lxml import etree

from rules.switching.visibility import is_in
from runtime.serving import PEER_CERTIFICATE
from runtime.settings.processes import SoapSettings
from schemas.catalogue import namespace, wsdl_name
from schemas.codes import ApplicationState, CasePhase, Flag, Segment
from tools.bench.serving import serve_like_the_hub
from tools.bench.statements import read_statements

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_OURS = namespace(wsdl_name(Segment.LOW_VOLTAGE))
_ENVELOPE, _BODY = f"{{{_SOAP}}}Envelope", f"{{{_SOAP}}}Body"
_PHASE_NAMES = {phase.value: phase.label for phase in CasePhase}
_RECEIVED = {state.value: (Flag.YES if is_in(state) else Flag.NO).value for state in ApplicationState}


def _tag(name: str) -> str:
    return f"{{{_OURS}}}{name}"


_RESPONSE, _MESSAGE_ID, _CASES = _tag("getReferralResultsResponse"), _tag("messageId"), _tag("cases")
_CASE_NUMBER, _VERSION, _POINT = _tag("caseNumber"), _tag("version"), _tag("pointNumber")
_CURRENT_RETAILER, _PHASE, _PHASE_NAME = _tag("currentRetailerCode"), _tag("casePhase"), _tag("casePhaseName")
_DECISION, _DECIDED_AT = _tag("decision"), _tag("decidedAt")
_REASON, _REASON_TEXT = _tag("rejectionReasons"), _tag("rejectionText")
_WISHED, _EFFECTIVE = _tag("wishedDate"), _tag("effectiveDate")
_DUE, _CUT_OFF = _tag("decisionDue"), _tag("applicationCutOff")
_START_NUMBER, _START_STATE = _tag("startApplicationNumber"), _tag("startApplicationState")
_END_RECEIVED, _CHANGED_AT = _tag("endApplicationReceived"), _tag("changedAt")


def write_results(message_id: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """Write the answer of 12210 from rows as the hub's statement selects them."""
    sub = etree.SubElement
    envelope = etree.Element(_ENVELOPE, nsmap={"soapenv": _SOAP})
    nsmap: Any = {None: _OURS}
    response = sub(sub(envelope, _BODY), _RESPONSE, nsmap=nsmap)
    sub(response, _MESSAGE_ID).text = message_id
    for row in rows:
        number, version, point, current, phase, decision, decided_at, reasons, reason_text = row[:9]
        wished, effective, due, cut_off, start_number, start_state, end_state, changed_at = row[9:17]
        case = sub(response, _CASES)
        sub(case, _CASE_NUMBER).text = number
        sub(case, _VERSION).text = str(version)
        sub(case, _POINT).text = point
        sub(case, _CURRENT_RETAILER).text = current
        sub(case, _PHASE).text = phase
        sub(case, _PHASE_NAME).text = _PHASE_NAMES[phase]
        if decision is not None:
            sub(case, _DECISION).text = decision
            sub(case, _DECIDED_AT).text = decided_at.isoformat()
        for reason in reasons:
            sub(case, _REASON).text = reason
        if reason_text is not None:
            sub(case, _REASON_TEXT).text = reason_text
        sub(case, _WISHED).text = wished.isoformat()
        sub(case, _EFFECTIVE).text = effective.isoformat()
        sub(case, _DUE).text = due.isoformat()
        sub(case, _CUT_OFF).text = cut_off.isoformat()
        if start_number is not None:
            sub(case, _START_NUMBER).text = start_number
        sub(case, _START_STATE).text = start_state
        sub(case, _END_RECEIVED).text = _RECEIVED[end_state]
        sub(case, _CHANGED_AT).text = changed_at.isoformat()
    return etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)


class _Asking:
    """Sends the statements, on one connection for each thread."""

    def __init__(self, url: str, statements: Sequence[str]) -> None:
        self._url = url
        self._statements = [
            (statement, "client_certificates" in statement, "point_number" in statement) for statement in statements
        ]
        self._of_thread = threading.local()

    def results(self, values: dict[str, str], *, now: float) -> list[tuple[Any, ...]]:
        """Give the rows of the caller's cases; no rows where it may not come in."""
        rows: list[tuple[Any, ...]] = []
        with self._connection().cursor() as cursor:
            for statement, identifies, selects in self._statements:
                cursor.execute(statement, values)
                if identifies:
                    _, retailer_code, expires_at, revoked_at, *_ = cursor.fetchone() or (None,) * 4
                    if retailer_code is None or revoked_at is not None or expires_at.timestamp() <= now:
                        return []
                    values["retailer_code"] = retailer_code
                elif selects:
                    rows = cursor.fetchall()
        return rows

    def _connection(self) -> "psycopg2.extensions.connection":
        connection = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = psycopg2.connect(self._url, options="-c timezone=Asia/Tokyo")
            connection.autocommit = True  # the statements open and close their transactions themselves
            self._of_thread.connection = connection
        return connection


def bare_application(url: str, statements: Sequence[str]) -> WSGIApplication:
    """Make the application; ``statements`` are the hub's, with their parameters by name."""
    asking = _Asking(url, statements)

    def called(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        peer = environ[PEER_CERTIFICATE]
        now = time.time()
        valid = peer.valid_from.timestamp() <= now < peer.expires_at.timestamp()
        stream: BufferedIOBase = environ["wsgi.input"]
        request = etree.fromstring(stream.read(int(environ["CONTENT_LENGTH"])))[0][0]
        elements = {child.tag: child.text or "" for child in request}
        values = {
            "issuer": peer.issuer,
            "serial": peer.serial,
            "case_number": elements[_CASE_NUMBER],
            "message_id": elements[_MESSAGE_ID],
            "source_address": environ["REMOTE_ADDR"],
        }
        body = write_results(values["message_id"], asking.results(values, now=now) if valid else [])
        start_response("200 OK", [("Content-Type", "text/xml; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return called


if __name__ == "__main__":
    address = SoapSettings.from_environment().database_address
    serve_like_the_hub(bare_application(address, read_statements(Path(sys.argv[1]))))
