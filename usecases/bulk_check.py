"""Checking a bulk file: the whole of it first, then row by row its form, and what the hub would say as things stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from models.bulk.files import Check, begin_check, end_check, store_rows
from rules.bulk.problems import Problem, problems_of_refusal
from rules.bulk.progress import FileState
from rules.bulk.reading import FileRefused, RowRead, read_file
from rules.bulk.summary import Tally
from schemas.refusal_codes import RefusalCode
from usecases.bulk_forecast import BulkRequest, forecast
from usecases.hub import Hub

_AT_ONCE = 500
"""Rows that are judged by the same statements, and stored in one transaction."""
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
        judged = _judged(part, check=check, letters=file.letters, tally=tally, hub=hub)
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


def _judged(
    rows: Sequence[RowRead], *, check: Check, letters: Mapping[str, str], tally: Tally, hub: Hub
) -> list[RowRead]:
    """Add to each row whose form is right what would speak against it."""
    typed = {row.line: row.message for row in rows if isinstance(row.message, BulkRequest)}
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
            problems = problems_of_refusal(refusal, line=row.line, values=row.values, letters=letters)
            judged.append(replace(row, problems=problems))
            continue
        if request is not None:
            sort = ahead.sort_of(request)
            tally.count(asked=sort.asked, area=sort.area, counterpart=sort.counterpart)
        judged.append(row)
    return judged
