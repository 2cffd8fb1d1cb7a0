"""What the hub says when it does not carry a message out."""

from dataclasses import dataclass

from lxml.etree import _Element
from zeep.exceptions import Fault, TransportError


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a message."""

    field: str
    """Path of the element, as ``consent/obtainedOn``; empty where it is the message as a whole."""
    label: str
    rule: str
    message: str
    action: str


class Refused(Exception):
    """The hub refused a message. With ``retryable`` the same message, under the same id, may be sent again."""

    def __init__(
        self, *, code: str, message: str, action: str, retryable: bool, findings: tuple[Finding, ...], message_id: str
    ) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.action = action
        self.retryable = retryable
        self.findings = findings
        """All that is wrong, in the order of the message."""
        self.message_id = message_id


def refused(fault: Fault, *, message_id: str) -> Refused | None:
    """Read a fault; None for one without the hub's detail, which comes from something before it."""
    detail = fault.detail
    if not isinstance(detail, _Element) or detail.find(".//{*}code") is None:
        return None
    return Refused(
        code=_text(detail, ".//{*}code"),
        message=_text(detail, ".//{*}message"),
        action=_text(detail, ".//{*}action"),
        retryable=_text(detail, ".//{*}retryable") == "yes",
        findings=tuple(_finding(finding) for finding in detail.iterfind(".//{*}finding")),
        message_id=message_id,
    )


def turned_away(problem: TransportError, *, message_id: str) -> Refused:
    """Read an answer that is no SOAP: the message did not come to where messages are read."""
    return Refused(
        code=f"HTTP {problem.status_code}",
        message=problem.message or "",
        action="",
        retryable=False,
        findings=(),
        message_id=message_id,
    )


def _finding(element: _Element) -> Finding:
    return Finding(*(_text(element, f"{{*}}{name}") for name in ("field", "label", "rule", "message", "action")))


def _text(element: _Element, path: str) -> str:
    return element.findtext(path) or ""
