"""What a failed call means: whether the grid operator answered, and whether it may have taken the request."""

import ssl
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError

from grid_client.errors import GridFault, GridUnreachable, UnreadableAnswer
from schemas.codes import Area, Flag
from schemas.fault import HubFault
from schemas.findings import Finding, Rulebook
from schemas.reading import Faulty
from schemas.refusal_codes import RefusalCode
from soap.names import FAULT_ELEMENT
from soap.reading import from_xml

RULES = Rulebook(code=RefusalCode.GRID_REFUSED)
GRID_OPERATORS_RULE = RULES.declare("{rule}", ("{field}", "{label}"), message="{message}", action="{action}")
"""What a grid operator finds is handed on as it is."""

_NEVER_SENT = (ConnectTimeoutError, NewConnectionError)


def unreachable(error: HTTPError, *, area: Area) -> GridUnreachable:
    """Tell what became of a request that brought no HTTP answer."""
    causes = list(_causes(error))
    if any(isinstance(cause, _NEVER_SENT) for cause in causes):
        return GridUnreachable(area, "connection-refused", outcome_unknown=False)
    if any(isinstance(cause, ssl.SSLError) and _ends_handshake(cause) for cause in causes):
        return GridUnreachable(area, "handshake", outcome_unknown=False)
    timed_out = any(isinstance(cause, ReadTimeoutError) for cause in causes)
    reason = "timeout" if timed_out else "line-cut"
    return GridUnreachable(area, reason, outcome_unknown=True)


def fault_of(element: Element, *, area: Area) -> GridFault | GridUnreachable:
    """Read a fault's typed detail; one without says nothing about what became of the request."""
    typed = element.find(f"detail/{{*}}{FAULT_ELEMENT}")
    if typed is None:
        return GridUnreachable(area, "error-without-fault", outcome_unknown=True)
    fault = from_xml(typed, HubFault, empty_is_none=False)
    if isinstance(fault, Faulty):
        return UnreadableAnswer(
            area, *(f"{FAULT_ELEMENT}/{finding.field} {finding.rule}" for finding in fault.findings)
        )
    return GridFault(
        fault.code,
        fault.message,
        _findings(fault),
        retryable=fault.retryable is Flag.YES,
        resumes_at=fault.resumes_at,
    )


def _findings(fault: HubFault) -> tuple[Finding, ...]:
    findings = fault.findings.finding if fault.findings is not None else ()
    return tuple(
        GRID_OPERATORS_RULE.finding(
            field=finding.field or "",
            label=finding.label or "",
            rule=finding.rule,
            message=finding.message,
            action=finding.action,
        )
        for finding in findings
    )


def _ends_handshake(error: ssl.SSLError) -> bool:
    """Tell whether a side refused a certificate. With TLS 1.3 the client hears of it at its first read, by alert."""
    reason = error.reason or ""
    return isinstance(error, ssl.SSLCertVerificationError) or "ALERT" in reason or "WRONG_VERSION" in reason


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Unwrap what urllib3 carries as argument, as ``reason`` or as context."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
