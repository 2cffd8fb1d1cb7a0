"""Checking a bulk file: the whole of it first, then row by row its form, and what the hub would say as things stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from models.bulk.files import Check, begin_check, end_check, store_rows
from rules.bulk.problems import Problem
from rules.bulk.progress import FileState
from rules.bulk.reading import FileRefused, RowRead, read_file
from rules.bulk.summary import Tally
from schemas.findings import Refusal
from schemas.reading import RawMessage, read
from schemas.refusal_codes import RefusalCode
from usecases.bulk_forecast import BulkRequest, forecast
from usecases.hub import Hub

_AT_ONCE = 500
"""Rows that are judged by the same statements, and stored in one transaction."""
_NO_ID = "CHECK"
"""Stands for the message id, which a row has once it is sent."""

_BROKEN = Problem(
    message="ファイルの確認の途中で、システムに誤りが起きました。何も送信していません。",
    action="広域機関ヘルプデスクへお問い合わせください。",
    code=RefusalCode.INTERNAL.value,
    rule="check-broken",
)


def check_file(number: str, *, hub: Hub, looked_at: Callable[[int], None]) -> FileState | None:
    """Check a file and store its rows; None where there is nothing to check any more.

    :param looked_at: told after each part how many rows were looked at.
    :raises CheckOvertaken: when another try checks it, or it was stopped meanwhile.
    """
    check = hub.database.run(lambda session: begin_check(session, number=number))
    if check is None:
        return None
    file = read_file(check.data, kind=check.kind, segment=check.segment)
    if isinstance(file, FileRefused):
        return hub.database.run(lambda session: end_check(session, check=check, problems=file.problems))
    tally, count, rows = Tally(), 0, iter(file.rows())
    while part := list(islice(rows, _AT_ONCE)):
        judged = _judged(part, check=check, tally=tally, hub=hub)
        hub.database.run(partial(store_rows, check=check, rows=judged))
        count += len(part)
        looked_at(count)
    summary = tally.summary(left_out=file.left_out)
    return hub.database.run(lambda session: end_check(session, check=check, summary=summary))


def give_up(number: str, *, hub: Hub) -> None:
    """Refuse a file that cannot be checked, by a fault of the hub's own."""
    check = hub.database.run(lambda session: begin_check(session, number=number))
    if check is not None:
        hub.database.run(lambda session: end_check(session, check=check, problems=(_BROKEN,)))


def _judged(rows: Sequence[RowRead], *, check: Check, tally: Tally, hub: Hub) -> list[RowRead]:
    """Add to each row whose form is right what would speak against it."""
    sound = ((row.line, _request(row.values, check)) for row in rows if not row.problems)
    typed = {line: request for line, request in sound if request is not None}
    with hub.database.transaction() as session:
        ahead = forecast(
            session,
            list(typed.values()),
            kind=check.kind,
            segment=check.segment,
            retailer_code=check.retailer_code,
            hub=hub,
        )
    judged = []
    for row in rows:
        request = typed.get(row.line)
        refusal = None if request is None else ahead.refusal_of(request)
        if refusal is not None:
            judged.append(replace(row, problems=_problems(refusal, row)))
            continue
        if request is not None:
            sort = ahead.sort_of(request)
            tally.count(asked=sort.asked, area=sort.area, counterpart=sort.counterpart)
        judged.append(row)
    return judged


def _request(values: RawMessage, check: Check) -> BulkRequest | None:
    message: type[object] = check.kind.interface.request
    request = read(message, {**values, "messageId": _NO_ID}, segment=check.segment)
    return request if isinstance(request, BulkRequest) else None


def _problems(refusal: Refusal, row: RowRead) -> tuple[Problem, ...]:
    if not refusal.findings:
        problem = Problem(
            line=row.line, message=refusal.text, action=refusal.action, code=refusal.code.value, rule=refusal.code.value
        )
        return (problem,)
    return tuple(
        Problem.of(finding, line=row.line, value=_value_at(row.values, finding.field), code=refusal.code)
        for finding in refusal.findings
    )


def _value_at(values: RawMessage, path: str) -> str:
    """Give what stands in the field that a finding names: ``consent/obtainedOn``; nothing where it names none."""
    found: object = values
    for name in path.split("/"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""
