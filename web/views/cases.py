"""The list of cases that a person may see, with filters in the address; and the same as CSV."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request, stream_with_context

from models.absences import hold_ups
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
from models.paging import Turn
from models.users.queries import Viewer
from rules.maintenance import parse_windows
from runtime.settings import Settings
from web import case_csv
from web.access import current_viewer
from web.case_search import CaseSearch
from web.held import area_words
from web.listed import listed
from web.looking import on_record, scope_of
from web.pager import pager_to, turn_of_request

PAGE = 50
_BATCH = 1000
_PURPOSE = "画面:案件一覧CSV"


def cases(settings: Settings, database: Database) -> Blueprint:
    """This function will make the list of cases."""
    windows = parse_windows(settings.maintenance_windows)
    blueprint = Blueprint("cases", __name__)

    @blueprint.get("/cases")
    def show() -> str | tuple[str, int]:
        search, viewer = CaseSearch(request.args), current_viewer()
        if not search.validate():
            return render_template("cases.html", search=search, rows=None), 422
        wanted, turn = search.wanted(), turn_of_request()
        with database.transaction() as session:
            page = find_cases(session, scope=scope_of(viewer), wanted=wanted, turn=turn, limit=PAGE)
            counts = count_cases(session, scope=scope_of(viewer), wanted=wanted)
            now = business_now(session)
            held = hold_ups(session, windows=windows)
        others = {name: value for name, value in search.given.items() if name != "phase"}
        return render_template(
            "cases.html",
            search=search,
            rows=[listed(line, now=now) for line in page.items],
            counts=counts,
            held_areas=[area_words(area, found) for area, found in held.items()],
            others=others,
            total=counts[wanted.phase] if wanted.phase else sum(counts.values()),
            pager=pager_to("cases.show", page, turn=turn, **search.given),
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
    written, turn = 0, Turn()
    while True:
        with database.transaction() as session:
            page = find_cases(session, scope=scope_of(viewer), wanted=wanted, turn=turn, limit=_BATCH)
            rows = _rows(session, viewer, page.items, already=written)
        written, turn = written + len(rows), Turn(after=page.after)
        yield case_csv.written(rows)
        if page.after is None:
            return


def _numbers(line: CaseLine) -> tuple[str | None, ...]:
    """The numbers of its applications, as far as the viewer may see them."""
    return (line.case_number if line.application_kind else None, line.start_number, line.end_number)


def _rows(session: Session, viewer: Viewer, lines: list[CaseLine], *, already: int) -> list[list[object]]:
    texts = rejection_texts(session, scope=scope_of(viewer), case_numbers=[line.case_number for line in lines])
    on_record(session, viewer, purpose=_PURPOSE, subjects=sorted(texts))
    defective = [number for line in lines for number in _numbers(line) if number is not None]
    findings, now = grid_findings_of_many(session, application_numbers=defective), business_now(session)
    return [
        case_csv.row_of(number, listed(line, now=now), rejection_text=texts.get(line.case_number), findings=findings)
        for number, line in enumerate(lines, start=already + 1)
    ]
