"""The referrals as each side may see them: one statement a page, ordered by a key that pages can go on from."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from models.cases.inbox import MOST_URGENT_FIRST, InboxFilter
from models.cases.tables import CaseRow
from models.encrypted import as_stored
from models.messages.content import opened_values
from models.messages.tables import MessageContentRow
from models.paging import FIRST_PAGE, Order, Turn, turn_to
from models.prepared import Line, Prepared
from models.reads import ReadRecorder
from rules.switching.visibility import is_in
from schemas.checks import is_in_range
from schemas.codes import ApplicationState, CasePhase, Decision, Flag, RejectionReason, Segment
from schemas.interfaces.referral_inbox import IncomingReferral
from schemas.interfaces.referral_result import ReferralResult

PAGE = 1000

Shown = TypeVar("Shown", ReferralResult, IncomingReferral)

_AS_CHANGED = Order(CaseRow.changed_at, CaseRow.case_number)
_CONTENT = aliased(MessageContentRow)
_DECISION = aliased(MessageContentRow)

_RESULTS = select(
    CaseRow.case_number,
    CaseRow.version,
    CaseRow.point_number,
    CaseRow.current_retailer,
    CaseRow.phase,
    CaseRow.decision,
    CaseRow.decided_at,
    CaseRow.rejection_reasons,
    as_stored(_DECISION.values).label("decision_content"),
    CaseRow.wished_date,
    CaseRow.effective_date,
    CaseRow.decision_due,
    CaseRow.cut_off,
    CaseRow.start_number,
    CaseRow.start_state,
    CaseRow.end_state,
    CaseRow.changed_at,
).outerjoin(_DECISION, and_(_DECISION.key == CaseRow.decision_key, CaseRow.decision == Decision.REJECT.value))

_INCOMING = select(
    CaseRow.case_number,
    CaseRow.version,
    CaseRow.phase,
    CaseRow.point_number,
    as_stored(_CONTENT.values).label("content"),
    CaseRow.wished_date,
    CaseRow.effective_date,
    CaseRow.registered_at,
    CaseRow.due_at,
    CaseRow.due_rule,
    CaseRow.end_number,
    CaseRow.end_state,
).join(_CONTENT, _CONTENT.key == CaseRow.content_key)


_RESULT_CONDITIONS = {
    "segment": CaseRow.segment == bindparam("segment"),
    "case_number": CaseRow.case_number == bindparam("case_number"),
    "changed_since": CaseRow.changed_at >= bindparam("changed_since"),
}
"""What a request may ask for beside its retailer, by the value that it brings."""


@cache
def _results_statement(names: frozenset[str]) -> Prepared:
    """Make one statement for each set of values that requests bring."""
    statement = _RESULTS.where(CaseRow.new_retailer == bindparam("new_retailer"), CaseRow.application_kind.is_(None))
    statement = statement.where(*(condition for name, condition in _RESULT_CONDITIONS.items() if name in names))
    return Prepared(_AS_CHANGED.prepared(statement, first_page="after" not in names))


def referral_results(
    line: Line,
    *,
    recorder: ReadRecorder,
    new_retailer: str,
    segment: Segment | None = None,
    case_number: str | None = None,
    changed_since: datetime | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> tuple[list[ReferralResult], str | None, list[str]]:
    """List a new retailer's cases in the order they last changed, the cursor of the next page, and what is left out.

    Left out, and given by its number, is a case whose record cannot be told. The others are put on record as read.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    conditions: dict[str, object] = {
        "new_retailer": new_retailer,
        "segment": segment and segment.value,
        "case_number": case_number,
        "changed_since": changed_since,
    }
    conditions = {name: value for name, value in conditions.items() if value is not None}

    def fetch(turn: Turn, limit: int) -> Sequence[Any]:
        values = conditions | turn.values(limit=limit)
        return _results_statement(frozenset(values)).rows(line, **values)

    page = turn_to(fetch, turn=Turn(after=cursor), order=_AS_CHANGED, limit=limit)
    results, left_out = _shown(page.items, _result)
    recorder.record(line, [result.case_number for result in results])
    return results, page.after, left_out


def incoming_referrals(
    session: Session,
    *,
    recorder: ReadRecorder,
    current_retailer: str,
    segment: Segment | None = None,
    case_number: str | None = None,
    phase: CasePhase | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> tuple[list[IncomingReferral], str | None, list[str]]:
    """List what came in for a current retailer, the nearest deadline first, the next cursor, and what is left out.

    Left out, and given by its number, is a case whose record cannot be told. The others are put on record as read.
    Without case number and phase those that await a decision. Who asks is not even selected.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    if phase is None and case_number is None:
        phase = CasePhase.AWAITING_DECISION
    statement = _INCOMING.where(CaseRow.current_retailer == current_retailer, CaseRow.application_kind.is_(None))
    if segment is not None:
        statement = statement.where(CaseRow.segment == segment.value)
    if case_number is not None:
        statement = statement.where(CaseRow.case_number == case_number)
    if phase is not None:
        statement = statement.where(CaseRow.phase == phase.value)

    def fetch(turn: Turn, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        return session.execute(MOST_URGENT_FIRST.next_rows(statement, turn, limit=limit)).all()

    page = turn_to(fetch, turn=Turn(after=cursor), order=MOST_URGENT_FIRST, limit=limit)
    referrals, left_out = _shown(page.items, _referral)
    recorder.record(session, [referral.case_number for referral in referrals])
    return referrals, page.after, left_out


def wanted_referrals(
    session: Session,
    *,
    recorder: ReadRecorder,
    current_retailer: str,
    inbox_filter: InboxFilter,
    cursor: str | None,
    limit: int,
) -> tuple[list[IncomingReferral], str | None, list[str]]:
    """List what came in for a current retailer as the inbox shows it, the next cursor, and what is left out.

    Left out is a case whose record cannot be told. The others are put on record as read.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    statement = _INCOMING.where(inbox_filter.condition(retailer_code=current_retailer))

    def fetch(turn: Turn, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        return session.execute(MOST_URGENT_FIRST.next_rows(statement, turn, limit=limit)).all()

    page = turn_to(fetch, turn=Turn(after=cursor), order=MOST_URGENT_FIRST, limit=limit)
    referrals, left_out = _shown(page.items, _referral)
    recorder.record(session, [referral.case_number for referral in referrals])
    return referrals, page.after, left_out


def chosen_referrals(
    session: Session,
    *,
    recorder: ReadRecorder,
    current_retailer: str,
    case_numbers: Sequence[str],
    among: Collection[Segment] = frozenset(Segment),
) -> tuple[list[IncomingReferral], list[str]]:
    """Give those of some referrals that came in for a current retailer, by deadline, and what is left out.

    Left out is a case whose record cannot be told. The others are put on record as read.

    :param among: the segments in which who asks may read them.
    """
    statement = _INCOMING.where(
        CaseRow.current_retailer == current_retailer,
        CaseRow.application_kind.is_(None),
        CaseRow.case_number.in_(case_numbers),
        CaseRow.segment.in_([segment.value for segment in among]),
    )
    rows = session.execute(MOST_URGENT_FIRST.next_rows(statement, FIRST_PAGE, limit=len(case_numbers))).all()
    referrals, left_out = _shown(rows, _referral)
    recorder.record(session, [referral.case_number for referral in referrals])
    return referrals, left_out


def _shown(rows: Iterable[Any], show: Callable[[Any], Shown | None]) -> tuple[list[Shown], list[str]]:
    """Put each row as it is shown, and give the numbers of those that nobody can show: one spoils no other."""
    shown: list[Shown] = []
    left_out: list[str] = []
    for row in rows:
        try:
            item = show(row)
        except ValueError:  # a value outside its code, or one whose key is gone
            item = None
        if item is None:
            left_out.append(row.case_number)
        else:
            shown.append(item)
    return shown, left_out


def _result(row: Any) -> ReferralResult | None:
    moments = (row.decided_at, row.wished_date, row.effective_date, row.decision_due, row.cut_off, row.changed_at)
    if not all(map(is_in_range, moments)):
        return None
    return ReferralResult(
        case_number=row.case_number,
        version=row.version,
        point_number=row.point_number,
        current_retailer_code=row.current_retailer,
        case_phase=CasePhase(row.phase),
        case_phase_name=CasePhase(row.phase).label,
        decision=None if row.decision is None else Decision(row.decision),
        decided_at=row.decided_at,
        rejection_reasons=tuple(RejectionReason(reason) for reason in row.rejection_reasons),
        rejection_text=_said(row.decision_content).get("rejection_text"),
        wished_date=row.wished_date,
        effective_date=row.effective_date,
        decision_due=row.decision_due,
        application_cut_off=row.cut_off,
        start_application_number=row.start_number,
        start_application_state=ApplicationState(row.start_state),
        end_application_received=Flag.YES if is_in(ApplicationState(row.end_state)) else Flag.NO,
        changed_at=row.changed_at,
    )


def _referral(row: Any) -> IncomingReferral | None:
    if not all(map(is_in_range, (row.wished_date, row.effective_date, row.registered_at, row.due_at))):
        return None
    said = _said(row.content)
    return IncomingReferral(
        case_number=row.case_number,
        version=row.version,
        case_phase=CasePhase(row.phase),
        case_phase_name=CasePhase(row.phase).label,
        point_number=row.point_number,
        contract_number=said["contract_number"],
        holder_name=said["holder_name"],
        holder_name_kana=said["holder_name_kana"],
        address=said["address"],
        wished_date=row.wished_date,
        effective_date=row.effective_date,
        arrived_at=row.registered_at,
        due=row.due_at,
        due_rule=row.due_rule,
        end_application_number=row.end_number,
        end_application_state=ApplicationState(row.end_state),
    )


def _said(content: bytes | memoryview | None) -> dict[str, Any]:
    return {} if content is None else opened_values(content)
