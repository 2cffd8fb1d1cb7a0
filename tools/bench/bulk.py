"""Processor time of writing a bulk answer: the hub's whole way from typed rows to bytes, beside bare lxml."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from schemas.checks import JST
from schemas.codes import ApplicationState, CasePhase, Decision, Flag, RejectionReason
from schemas.contract import Interface
from schemas.interfaces.referral_result import ReferralResult, ReferralResultResponse
from soap.wsgi import soap_wsgi
from soap_api.services import HOT, LOW_VOLTAGE, file_of
from tools.bench.bare import write_results
from tools.bench.requests import environ_of, message
from tools.bench.stage import AnswersDiffer

ROWS = 1_000
_MOMENT = datetime(2026, 8, 12, 10, 0, 0, 123_456, tzinfo=JST)
_DAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Bulk:
    """Milliseconds of processor time for one answer, round by round."""

    hub: list[float]
    bare: list[float]

    @property
    def times(self) -> float:
        """How many times the bare cost the hub's is: the median of the rounds."""
        return median(hub / bare for hub, bare in zip(self.hub, self.bare, strict=True))


def measure_bulk(*, rounds: int) -> Bulk:
    """Write the same answer both ways in turn, after one round that is not counted.

    The hub's way is its SOAP application as it is served, the check against the WSDL included, with the rows at hand:
    what PostgreSQL costs is measured elsewhere.

    :raises AnswersDiffer: when the bytes are not the same.
    """
    rows = tuple(_result(number) for number in range(ROWS))
    plain = [_as_selected(row) for row in rows]
    hub = _hub_way(rows)

    def bare() -> bytes:
        return write_results("BENCH-1", plain)

    if hub() != bare():
        raise AnswersDiffer
    bulk = Bulk([], [])
    for _ in range(rounds):
        bulk.hub.append(_milliseconds(hub))
        bulk.bare.append(_milliseconds(bare))
    return bulk


def _milliseconds(write: Callable[[], bytes]) -> float:
    began = time.process_time()
    write()
    return (time.process_time() - began) * 1000


def _hub_way(rows: tuple[ReferralResult, ...]) -> Callable[[], bytes]:
    def handle(interface: Interface, request: object, environ: Mapping[str, Any]) -> ReferralResultResponse:
        return ReferralResultResponse(message_id="BENCH-1", cases=rows, next_cursor=None)

    application = soap_wsgi(LOW_VOLTAGE, wsdl=file_of(LOW_VOLTAGE).read_bytes(), handle=handle, hot=HOT)
    question = message(case_number="SW03L20260812000000000", message_id="BENCH-1").encode()

    def write() -> bytes:
        return b"".join(application(environ_of(question), lambda status, headers, problem=None: lambda data: None))

    return write


def _result(number: int) -> ReferralResult:
    """Make a row in which nothing is missing."""
    return ReferralResult(
        case_number=f"SW03L20260812{number:09d}",
        version=1,
        point_number=f"03{number:020d}",
        current_retailer_code="1002",
        case_phase=CasePhase.REJECTED,
        case_phase_name=CasePhase.REJECTED.label,
        decision=Decision.REJECT,
        decided_at=_MOMENT,
        rejection_reasons=(RejectionReason.NO_SUCH_CONTRACT, RejectionReason.OTHER),
        rejection_text="契約者死亡のため要確認",
        wished_date=_DAY,
        effective_date=_DAY,
        decision_due=_MOMENT,
        application_cut_off=_MOMENT,
        start_application_number=f"AP03L20260812{number:09d}",
        start_application_state=ApplicationState.RECEIVED,
        end_application_received=Flag.YES,
        changed_at=_MOMENT,
    )


def _as_selected(row: ReferralResult) -> tuple[Any, ...]:
    """Give the row as 12210's statement selects it."""
    return (
        row.case_number,
        row.version,
        row.point_number,
        row.current_retailer_code,
        row.case_phase.value,
        None if row.decision is None else row.decision.value,
        row.decided_at,
        [reason.value for reason in row.rejection_reasons],
        row.rejection_text,
        row.wished_date,
        row.effective_date,
        row.decision_due,
        row.application_cut_off,
        row.start_application_number,
        row.start_application_state.value,
        ApplicationState.RECEIVED.value,
        row.changed_at,
    )
