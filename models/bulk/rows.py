"""The rows of bulk files on their way: which are to be sent, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ARRAY, Integer, Text, bindparam, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB

from models.base import adapter
from models.bulk.tables import BulkFileRow, BulkRowRow
from models.prepared import Line, Prepared
from rules.bulk.progress import UNFINISHED, RowOutcome
from schemas.findings import Refusal
from schemas.reading import RawMessage

_UNFINISHED = or_(*(BulkRowRow.outcome == outcome.value for outcome in UNFINISHED))


@dataclass(frozen=True)
class RowToSend:
    """A row that has no answer yet."""

    line: int
    values: RawMessage = field(repr=False)
    tries: int


@dataclass(frozen=True)
class RowResult:
    """What became of a row that was sent."""

    line: int
    outcome: RowOutcome
    given_number: str | None = None
    refusal: Refusal | None = None
    """Of a row that is sent again, why."""


_TO_SEND = Prepared(
    select(BulkRowRow.line, BulkRowRow.values, BulkRowRow.tries)
    .where(
        BulkRowRow.number == bindparam("wanted"),
        BulkRowRow.line.between(bindparam("first_line"), bindparam("last_line")),
        _UNFINISHED,
    )
    .order_by(BulkRowRow.line)
)


def rows_to_send(line: Line, *, number: str, first: int, last: int) -> list[RowToSend]:
    """List the rows between two lines that have no answer yet."""
    rows = _TO_SEND.rows(line, wanted=number, first_line=first, last_line=last)
    return [RowToSend(row.line, row.values, row.tries) for row in rows]


_LINES = Prepared(
    select(BulkRowRow.line)
    .where(BulkRowRow.number == bindparam("wanted"), BulkRowRow.line > bindparam("after"), _UNFINISHED)
    .order_by(BulkRowRow.line)
    .limit(bindparam("at_most", type_=Integer))
)


def lines_to_send(line: Line, *, number: str, after: int, limit: int) -> list[int]:
    """List the first lines after one whose rows have no answer yet."""
    return [row.line for row in _LINES.rows(line, wanted=number, after=after, at_most=limit)]


def _note() -> Prepared:
    arrays = (
        bindparam("lines", type_=ARRAY(Integer)),
        bindparam("outcomes", type_=ARRAY(Text)),
        bindparam("given_numbers", type_=ARRAY(Text)),
        bindparam("refusals", type_=ARRAY(Text)),
    )
    given = func.unnest(*arrays).table_valued("line", "outcome", "given_number", "refusal").render_derived("given")
    changed = (
        update(BulkRowRow)
        .where(BulkRowRow.number == bindparam("wanted"), BulkRowRow.line == given.c.line, _UNFINISHED)
        .values(
            outcome=given.c.outcome,
            given_number=given.c.given_number,
            refusal=cast(given.c.refusal, JSONB),
            tries=BulkRowRow.tries + 1,
            tried_at=func.clock_timestamp(),
        )
        .returning(BulkRowRow.outcome)
        .cte("changed")
    )

    def ended(outcome: RowOutcome) -> object:
        return select(func.count()).select_from(changed).where(changed.c.outcome == outcome.value).scalar_subquery()

    return Prepared(
        update(BulkFileRow)
        .where(BulkFileRow.number == bindparam("wanted"))
        .values(
            done=BulkFileRow.done + ended(RowOutcome.DONE),
            refused=BulkFileRow.refused + ended(RowOutcome.REFUSED),
        )
    )


_NOTE = _note()


def note_results(line: Line, *, number: str, results: Sequence[RowResult]) -> None:
    """Note what became of some rows, and count them; a row that has its answer already keeps it."""
    write = adapter(Refusal).dump_json
    _NOTE.run(
        line,
        wanted=number,
        lines=[result.line for result in results],
        outcomes=[result.outcome.value for result in results],
        given_numbers=[result.given_number for result in results],
        refusals=[None if result.refusal is None else write(result.refusal).decode() for result in results],
    )
