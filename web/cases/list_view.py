"""The list of cases that a person may see, with filters in the address; and the same as CSV."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from models.absences import hold_ups
from models.cases.screens import (
    CaseFilter,
    CaseLine,
    CaseSort,
    Standing,
    UnreadableLine,
    count_cases,
    count_duties,
    find_cases,
    looked_through,
)
from models.clock import business_now
from models.database import Database, Session
from models.paging import Turn
from models.users.queries import Viewer
from models.users.saved_views import saved_views
from rules.maintenance import parse_windows
from rules.spreadsheet import csv_text
from runtime.settings.processes import WebSettings
from schemas.codes import ENDED_PHASES, ApplicationState, CasePhase
from usecases.cases import GridFindingsRequest, RejectionTextsRequest, see_grid_findings, see_rejection_texts
from web.cases import csv_file
from web.cases.list_columns import ListColumn, chosen_columns, columns_for, csv_columns
from web.cases.list_order import ListOrder, order_of
from web.cases.listed_case import ListedCase, UnshownCase, listed
from web.cases.scope import actor_of, duties_of, scope_of
from web.cases.search import CaseSearch
from web.shared.access import current_viewer
from web.shared.csv_files import streamed
from web.shared.headings import Heading
from web.shared.holdups import area_words
from web.shared.pager import pager_to, turn_of_request

PAGE = 50
_BATCH = 1000
_PURPOSE = "画面:申込内容一覧CSV"


def cases(settings: WebSettings, database: Database) -> Blueprint:
    windows = parse_windows(settings.maintenance_windows)
    blueprint = Blueprint("cases", __name__, template_folder="templates")

    @blueprint.get("/cases")
    def show() -> str | AnyResponse | tuple[str, int]:
        viewer = current_viewer()
        search, order = _search(viewer), order_of(request.args)
        if not search.validate():
            return _not_sound(search, order)
        case_filter, turn, scope = search.wanted(), turn_of_request(), scope_of(viewer)
        if order.sort is CaseSort.DUE and "phase" not in search.given:
            return redirect(url_for("cases.show", **_arguments(search, order) | {"phase": Standing.OPEN.value}))
        with database.transaction() as session:
            counted = count_cases(session, scope=scope, case_filter=case_filter)
            sought = looked_through(case_filter, sort=order.sort, since=counted.since)
            page = find_cases(
                session,
                scope=scope,
                case_filter=sought,
                sort=order.sort,
                rising=order.rising,
                turn=turn,
                limit=PAGE,
            )
            duties = count_duties(session, scope=scope, case_filter=case_filter)
            now = business_now(session)
            held_areas = hold_ups(session, windows=windows)
            views = saved_views(session, user_id=viewer.user_id)
        operator = viewer.retailer_code is None
        given, kept = _arguments(search, order), _kept(order)
        columns = chosen_columns(request.args, operator=operator)
        return render_template(
            "cases/list.html",
            search=search,
            order=order,
            columns=columns,
            choosable=columns_for(operator=operator),
            rows=[listed(line, now=now) for line in page.items],
            since=counted.since,
            not_before=sought.since,
            counts=counted.by_phase,
            duties=duties,
            given=given,
            headings=[_heading(column, order, search.given | _columns()) for column in columns],
            kept=kept,
            views={name: f"{url_for('cases.show')}?{query}" for name, query in views.items()},
            query=urlencode(given, doseq=True),
            chips=[(label, chosen, url_for("cases.show", **others | kept)) for label, chosen, others in search.chips],
            shown=search.given | order.given | {"column": [column.name for column in columns]},
            whole=search.given | order.given,
            but_phase={name: value for name, value in given.items() if name not in ("phase", *order.given)},
            but_duty={name: value for name, value in given.items() if name != "duty"},
            held_areas=[area_words(area, hold_up) for area, hold_up in held_areas.items()],
            total_open_ended=counted.since is not None and not _open_alone(case_filter),
            total=_total(case_filter, counted.by_phase),
            pager=pager_to("cases.show", page, turn=turn, **given),
        )

    @blueprint.get("/cases.csv")
    def download() -> Response | tuple[str, int]:
        viewer = current_viewer()
        search = _search(viewer)
        if not search.validate():
            return _not_sound(search, order_of(request.args))
        columns = csv_columns(request.args, operator=viewer.retailer_code is None)
        wanted = _Wanted(search.wanted(), order_of(request.args), columns)
        return streamed(_csv_pieces(database, viewer, wanted), "cases.csv")

    return blueprint


def _not_sound(search: CaseSearch, order: ListOrder) -> tuple[str, int]:
    return render_template("cases/list.html", search=search, rows=None, chips=(), kept=_kept(order)), 422


def _search(viewer: Viewer) -> CaseSearch:
    return CaseSearch(request.args, duties=duties_of(viewer))


def _arguments(search: CaseSearch, order: ListOrder) -> dict[str, Any]:
    """Give all that an address of the list goes on with: filters, order and chosen columns."""
    return search.given | _kept(order)


def _heading(column: ListColumn, order: ListOrder, filters: dict[str, Any]) -> Heading | str:
    """Give a column's heading: a link, where the list can be sorted by it."""
    way = None if column.sort is None else order.towards(column.sort, filters)
    if column.sort is None or way is None:
        return column.label
    return Heading(column.label, url_for("cases.show", **way), order.direction_of(column.sort))


def _kept(order: ListOrder) -> dict[str, Any]:
    """Give what stays where the filters change."""
    return order.given | _columns()


def _columns() -> dict[str, list[str]]:
    columns = request.args.getlist("column")
    return {"column": columns} if columns else {}


def _open_alone(case_filter: CaseFilter) -> bool:
    """Tell whether only open cases are wanted, which are all counted."""
    if case_filter.phase is not None:
        return case_filter.phase not in ENDED_PHASES
    return case_filter.standing is Standing.OPEN


def _total(case_filter: CaseFilter, counts: Mapping[CasePhase, int]) -> int:
    if case_filter.phase is not None:
        return counts[case_filter.phase]
    if case_filter.standing is None:
        return sum(counts.values())
    ended = case_filter.standing is Standing.ENDED
    return sum(count for phase, count in counts.items() if (phase in ENDED_PHASES) is ended)


@dataclass(frozen=True)
class _Wanted:
    """What a file is to hold, and how."""

    case_filter: CaseFilter
    order: ListOrder
    columns: tuple[str, ...]


def _csv_pieces(database: Database, viewer: Viewer, wanted: _Wanted) -> Iterator[str]:
    """Write the line of columns, then batch by batch, each on record before it leaves the hub."""
    yield csv_text([wanted.columns])
    order = wanted.order
    places = [csv_file.COLUMNS.index(column) for column in wanted.columns]
    count, turn = 0, Turn()
    while True:
        with database.transaction() as session:
            page = find_cases(
                session,
                scope=scope_of(viewer),
                case_filter=wanted.case_filter,
                sort=order.sort,
                rising=order.rising,
                turn=turn,
                limit=_BATCH,
            )
            rows = _rows(session, viewer, page.items, already=count)
        count, turn = count + len(rows), Turn(after=page.after)
        yield csv_text([row[place] for place in places] for row in rows)
        if page.after is None:
            return


def _defective(line: CaseLine) -> Iterator[str]:
    """List the numbers of its applications that are at fault, as far as the viewer may see them."""
    own = line.case_number if line.application_kind else None
    states = {own: line.application_state, line.start_number: line.start_state, line.end_number: line.end_state}
    for number, state in states.items():
        if number is not None and state is ApplicationState.DEFECTIVE:
            yield number


def _rows(
    session: Session, viewer: Viewer, lines: list[CaseLine | UnreadableLine], *, already: int
) -> list[list[object]]:
    wanted = RejectionTextsRequest(case_numbers=[line.case_number for line in lines], purpose=_PURPOSE)
    texts = see_rejection_texts(wanted, actor=actor_of(viewer), session=session)
    cases = {number: line.case_number for line in lines if isinstance(line, CaseLine) for number in _defective(line)}
    defects = GridFindingsRequest(cases=cases, purpose=_PURPOSE)
    findings, now = see_grid_findings(defects, actor=actor_of(viewer), session=session), business_now(session)

    def row(number: int, case: ListedCase | UnshownCase) -> list[object]:
        if isinstance(case, UnshownCase):
            return csv_file.row_without_values(number, case)
        return csv_file.row_of(number, case, rejection_text=texts.get(case.line.case_number), findings=findings)

    return [row(number, listed(line, now=now)) for number, line in enumerate(lines, start=already + 1)]
