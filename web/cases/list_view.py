"""The list of cases that a person may see, with filters in the address; and the same as CSV."""

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, render_template, request, stream_with_context

from models.absences import hold_ups
from models.cases.screens import (
    CaseFilter,
    CaseLine,
    UnreadableLine,
    count_cases,
    count_duties,
    find_cases,
    grid_findings_of_many,
)
from models.clock import business_now
from models.database import Database, Session
from models.paging import Turn
from models.users.queries import Viewer
from rules.maintenance import parse_windows
from rules.spreadsheet import csv_text
from runtime.logs import logger
from runtime.settings.processes import WebSettings
from usecases.cases import RejectionTextsRequest, see_rejection_texts
from web.cases import csv_file
from web.cases.listed_case import ListedCase, UnshownCase, listed
from web.cases.scope import actor_of, duties_of, scope_of
from web.cases.search import CaseSearch
from web.shared.access import current_viewer
from web.shared.holdups import area_words
from web.shared.pager import pager_to, turn_of_request

PAGE = 50
_BATCH = 1000
_PURPOSE = "画面:案件一覧CSV"
_NOT_WHOLE = "このファイルは途中で終わっています。すべての案件は含まれていません。もう一度ダウンロードしてください。"
_log = logger(__name__)


def cases(settings: WebSettings, database: Database) -> Blueprint:
    windows = parse_windows(settings.maintenance_windows)
    blueprint = Blueprint("cases", __name__, template_folder="templates")

    @blueprint.get("/cases")
    def show() -> str | tuple[str, int]:
        viewer = current_viewer()
        search = _search(viewer)
        if not search.validate():
            return render_template("cases/list.html", search=search, rows=None), 422
        case_filter, turn = search.wanted(), turn_of_request()
        with database.transaction() as session:
            page = find_cases(session, scope=scope_of(viewer), case_filter=case_filter, turn=turn, limit=PAGE)
            counts = count_cases(session, scope=scope_of(viewer), case_filter=case_filter)
            duties = count_duties(session, scope=scope_of(viewer), case_filter=case_filter)
            now = business_now(session)
            held_areas = hold_ups(session, windows=windows)
        return render_template(
            "cases/list.html",
            search=search,
            rows=[listed(line, now=now) for line in page.items],
            counts=counts,
            duties=duties,
            but_phase={name: value for name, value in search.given.items() if name != "phase"},
            but_duty={name: value for name, value in search.given.items() if name != "duty"},
            held_areas=[area_words(area, hold_up) for area, hold_up in held_areas.items()],
            total=counts[case_filter.phase] if case_filter.phase else sum(counts.values()),
            pager=pager_to("cases.show", page, turn=turn, **search.given),
        )

    @blueprint.get("/cases.csv")
    def download() -> Response | tuple[str, int]:
        viewer = current_viewer()
        search = _search(viewer)
        if not search.validate():
            return render_template("cases/list.html", search=search, rows=None), 422
        batches = _csv_pieces(database, viewer, search.wanted())
        begun = next(batches)  # what fails at once is a page that says so, not half a file
        return Response(
            stream_with_context(_broken_off(chain([begun], batches))),
            mimetype="text/csv",
            headers={"Content-Disposition": 'attachment; filename="cases.csv"'},
        )

    return blueprint


def _search(viewer: Viewer) -> CaseSearch:
    return CaseSearch(request.args, duties=duties_of(viewer))


def _csv_pieces(database: Database, viewer: Viewer, case_filter: CaseFilter) -> Iterator[str]:
    """Write batch by batch, each on record before it leaves the hub."""
    count, turn, head = 0, Turn(), csv_file.header()
    while True:
        with database.transaction() as session:
            page = find_cases(session, scope=scope_of(viewer), case_filter=case_filter, turn=turn, limit=_BATCH)
            rows = _rows(session, viewer, page.items, already=count)
        count, turn = count + len(rows), Turn(after=page.after)
        yield head + csv_text(rows)
        if page.after is None:
            return
        head = ""


def _broken_off(batches: Iterator[str]) -> Iterator[str]:
    """Say in the last line that a file is not whole, and has the server break the connection off besides."""
    try:
        yield from batches
    except Exception:
        _log.error("file broken off", exc_info=True)
        yield csv_text([[_NOT_WHOLE]])
        raise


def _numbers(line: CaseLine) -> tuple[str | None, ...]:
    """List the numbers of its applications, as far as the viewer may see them."""
    return (line.case_number if line.application_kind else None, line.start_number, line.end_number)


def _rows(
    session: Session, viewer: Viewer, lines: list[CaseLine | UnreadableLine], *, already: int
) -> list[list[object]]:
    wanted = RejectionTextsRequest(case_numbers=[line.case_number for line in lines], purpose=_PURPOSE)
    texts = see_rejection_texts(wanted, actor=actor_of(viewer), session=session)
    lines_read = [line for line in lines if isinstance(line, CaseLine)]
    defective = [number for line in lines_read for number in _numbers(line) if number is not None]
    findings, now = grid_findings_of_many(session, application_numbers=defective), business_now(session)

    def row(number: int, case: ListedCase | UnshownCase) -> list[object]:
        if isinstance(case, UnshownCase):
            return csv_file.row_without_values(number, case)
        return csv_file.row_of(number, case, rejection_text=texts.get(case.line.case_number), findings=findings)

    return [row(number, listed(line, now=now)) for number, line in enumerate(lines, start=already + 1)]
