"""The list of cases that a person may see, with filters in the address; and the same as CSV."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from models.cases.screens import (
    CaseFilter,
    CaseLine,
    count_cases,
    find_cases,
    grid_findings_of_many,
    rejection_texts,
)
from models.clock import business_now
from models.database import Database, Session
from models.users.queries import Viewer
from rules.calendar import JapaneseCalendar, end_of
from rules.procedure.alarms import AlarmRule
from rules.remaining import Remaining, remaining
from schemas.codes import CasePhase
from web import case_csv
from web.access import current_viewer
from web.case_search import CaseSearch
from web.looking import cursor_of_request, on_record, scope_of

PAGE = 50
_BATCH = 1000
_PURPOSE = "画面:案件一覧CSV"
_WITHOUT_DEADLINE = (CasePhase.CANCELLING, CasePhase.ONE_SIDE_DONE)
"""What is open in them is for the grid operator and the hub operator to settle."""


@dataclass(frozen=True)
class ListedCase:
    """One line of a list, with what is left of its time."""

    line: CaseLine
    left: Remaining | None
    """None where nobody has to keep a deadline any more."""
    rule: str


def listed(line: CaseLine, *, now: datetime) -> ListedCase:
    """This function will put the time left beside a case."""
    rules = {rule.value: rule.label for rule in AlarmRule}
    if line.ended_at is not None or line.phase in _WITHOUT_DEADLINE:
        return ListedCase(line, None, "")
    if line.due_rule == AlarmRule.EFFECTIVE_DATE:  # the case looks when the day begins; people have all of it
        if line.effective_date is None:  # an inquiry: no day is waited for
            return ListedCase(line, None, "")
        line = replace(line, due_at=end_of(line.effective_date))
    left = remaining(due=line.due_at, now=now, calendar=JapaneseCalendar())
    return ListedCase(line, left, rules.get(line.due_rule, line.due_rule))


def cases(database: Database) -> Blueprint:
    """This function will make the list of cases."""
    blueprint = Blueprint("cases", __name__)

    @blueprint.get("/cases")
    def show() -> str | tuple[str, int]:
        search, viewer = CaseSearch(request.args), current_viewer()
        if not search.validate():
            return render_template("cases.html", search=search, rows=None), 422
        wanted = search.wanted(cursor=cursor_of_request())
        with database.transaction() as session:
            lines, following = find_cases(session, scope=scope_of(viewer), wanted=wanted, limit=PAGE)
            counts = count_cases(session, scope=scope_of(viewer), wanted=wanted)
            now = business_now(session)
        others = {name: value for name, value in search.given.items() if name != "phase"}
        return render_template(
            "cases.html",
            search=search,
            rows=[listed(line, now=now) for line in lines],
            counts=counts,
            others=others,
            total=counts[wanted.phase] if wanted.phase else sum(counts.values()),
            first=url_for("cases.show", **search.given) if wanted.cursor else None,
            following=url_for("cases.show", **search.given, cursor=following) if following else None,
        )

    @blueprint.get("/cases.csv")
    def download() -> Response | tuple[str, int]:
        search, viewer = CaseSearch(request.args), current_viewer()
        if not search.validate():
            return render_template("cases.html", search=search, rows=None), 422
        return Response(
            stream_with_context(_written(database, viewer, search.wanted())),
            mimetype="text/csv",
            headers={"Content-Disposition": 'attachment; filename="cases.csv"'},
        )

    return blueprint


def _written(database: Database, viewer: Viewer, wanted: CaseFilter) -> Iterator[str]:
    """Batch by batch, each on record before it leaves the hub."""
    yield case_csv.header()
    written, following = 0, None
    while written == 0 or following is not None:
        with database.transaction() as session:
            lines, following = find_cases(
                session, scope=scope_of(viewer), wanted=replace(wanted, cursor=following), limit=_BATCH
            )
            rows = _rows(session, viewer, lines, already=written)
        if not rows:
            return
        written += len(rows)
        yield case_csv.written(rows)


def _numbers(line: CaseLine) -> tuple[str | None, ...]:
    """The numbers of its applications, as far as the viewer may see them."""
    return (line.case_number if line.application_kind else None, line.start_number, line.end_number)


def _rows(session: Session, viewer: Viewer, lines: list[CaseLine], *, already: int) -> list[list[object]]:
    texts = rejection_texts(session, scope=scope_of(viewer), case_numbers=[line.case_number for line in lines])
    on_record(session, viewer, purpose=_PURPOSE, subjects=sorted(texts))
    defective = [number for line in lines for number in _numbers(line) if number is not None]
    findings = grid_findings_of_many(session, application_numbers=defective)
    return [
        case_csv.row_of(number, line, rejection_text=texts.get(line.case_number), findings=findings)
        for number, line in enumerate(lines, start=already + 1)
    ]
