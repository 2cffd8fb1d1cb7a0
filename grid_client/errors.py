"""Why a call to a grid operator brought no answer. The words of these never hold what was sent or received."""

from datetime import datetime

from schemas.codes import Area
from schemas.findings import Finding

CIRCUIT_OPEN = "circuit-open"
"""The reason of a call that was not made, after too many in a row that failed or took too long."""


class GridUnreachable(Exception):
    """No answer came from the grid operator."""

    def __init__(self, area: Area, reason: str, *, outcome_unknown: bool) -> None:
        super().__init__(f"{area.value}: {reason}")
        self.area = area
        self.reason = reason
        """Short and stable, e.g. ``connection-refused``."""
        self.outcome_unknown = outcome_unknown
        """True where the grid operator may have taken the request; False where it cannot have seen it."""


class GridInMaintenance(GridUnreachable):
    """The grid operator's system is in a maintenance window; it was not asked."""

    def __init__(self, area: Area, *, until: datetime) -> None:
        super().__init__(area, "maintenance", outcome_unknown=False)
        self.until = until


class UnreadableAnswer(GridUnreachable):
    """The grid operator answered what the contract does not allow; nothing of it is taken."""

    def __init__(self, area: Area, *places: str) -> None:
        super().__init__(area, "unreadable-answer", outcome_unknown=True)
        self.places = places
        """Each with the rule it breaks, never with its value."""


class GridFault(Exception):
    """The grid operator answered with a fault: it did not do what was asked."""

    def __init__(
        self,
        code: str,
        message: str,
        findings: tuple[Finding, ...] = (),
        *,
        retryable: bool = False,
        resumes_at: datetime | None = None,
    ) -> None:
        super().__init__(code)  # its message may quote what it was sent
        self.code = code
        self.message = message
        self.findings = findings
        self.retryable = retryable
        """True where the grid operator says that the same request may succeed later."""
        self.resumes_at = resumes_at
        """The end of a maintenance, where it names one."""


class UnsendableRequest(Exception):
    """A request that the WSDL does not allow; names the place, never the value."""
