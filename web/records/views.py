"""The pages 記録: searching it, what is unusual, and the seals, which anybody may see."""

from datetime import date

from flask import Blueprint, render_template, request, url_for

from models.clock import business_now
from models.database import Database, Session
from models.messages.intervention import INTERVENTION
from models.paging import Page
from models.participants.queries import all_participants
from models.records.publishing import day_seals
from models.records.search import RecordLine
from rules.calendar import day_of
from rules.misuse import RATIOS
from rules.records.seals import RecordKind
from usecases.records.misuse import MisuseRequest, see_misuse
from usecases.records.searching import RecordSearchRequest, search_records
from web.records.charts import hours_chart, ratio_chart, words_of
from web.records.search import MOST_DAYS, PeriodFilters, RecordSearch
from web.shared.access import Permission, current_actor, may, needs, viewer_or_none
from web.shared.labels import interface_label
from web.shared.pager import pager_to, turn_of_request

_DAYS_SHOWN = 30
_KIND_WORDS = {RecordKind.READ: "参照", RecordKind.CHANGE: "変更"}


def record_screens(database: Database) -> Blueprint:
    blueprint = Blueprint("records", __name__, template_folder="templates")

    @blueprint.get("/records")
    @needs(Permission.SEARCH_RECORDS)
    def show() -> str | tuple[str, int]:
        turn = turn_of_request()
        with database.transaction() as session:
            search = RecordSearch(request.args, today=_today(session))
            if not search.validate():
                return _records_page(search), 422
            if not search.is_asked:
                return _records_page(search)
            asked = RecordSearchRequest(record_filter=search.wanted(), turn=turn)
            page = search_records(asked, actor=current_actor(), session=session)
        return _records_page(search, page=page, pager=pager_to("records.show", page, turn=turn, **search.given))

    @blueprint.get("/records/misuse")
    @needs(Permission.SEE_MISUSE)
    def misuse() -> str | tuple[str, int]:
        with database.transaction() as session:
            search = PeriodFilters(request.args, today=_today(session))
            if not search.validate():
                return _misuse_page(search), 422
            days = MisuseRequest(first=search.first, last=search.last)
            seen = see_misuse(days, actor=current_actor(), session=session)
            names = {each.code: each.name for each in all_participants(session)}
        charts = [*(ratio_chart(kind, seen.market, names) for kind in RATIOS), hours_chart(seen.market)]
        signs = [(sign, names.get(sign.retailer_code, ""), *words_of(sign)) for sign in seen.signs]
        return _misuse_page(search, charts=charts, signs=signs)

    @blueprint.get("/records/seals")
    def seals() -> str:
        with database.transaction() as session:
            published = day_seals(session, days=_DAYS_SHOWN)
        return render_template("records/seals.html", seals=published, tabs_of_records=_tabs())

    return blueprint


def _today(session: Session) -> date:
    return day_of(business_now(session))


def _records_page(search: RecordSearch, *, page: Page[RecordLine] | None = None, pager: object = None) -> str:
    kinds = {kind: url_for("records.show", **(search.given | {"kind": kind.value})) for kind in RecordKind}
    return render_template(
        "records/records.html",
        search=search,
        chosen=_chips("records.show", search),
        kinds=[(_KIND_WORDS[kind], address, None) for kind, address in kinds.items()],
        current=kinds[search.kind],
        page=page,
        purpose_of=_purpose_of,
        pager=pager,
        most_days=MOST_DAYS,
        tabs_of_records=_tabs(),
    )


def _purpose_of(line: RecordLine) -> str:
    """Say what it was for: of a person in words, of a system by the interface."""
    if line.interface_number == INTERVENTION:
        return "広域機関の措置"
    return line.purpose or f"{line.interface_number} {interface_label(line.interface_number)}"


def _misuse_page(search: PeriodFilters, **values: object) -> str:
    return render_template(
        "records/misuse.html",
        search=search,
        chosen=_chips("records.misuse", search),
        most_days=MOST_DAYS,
        tabs_of_records=_tabs(),
        **values,
    )


def _chips(endpoint: str, search: PeriodFilters) -> list[tuple[str, str, str]]:
    def without(names: tuple[str, ...]) -> str:
        return url_for(endpoint, **{name: value for name, value in search.given.items() if name not in names})

    return [] if search.errors else [(label, said, without(names)) for label, said, names in search.chosen]


def _tabs() -> list[tuple[str, str, int | None]]:
    pages = (
        ("記録を探す", "records.show", Permission.SEARCH_RECORDS),
        ("利用の偏り", "records.misuse", Permission.SEE_MISUSE),
        ("封緘", "records.seals", None),
    )
    viewer = viewer_or_none()
    return [
        (words, url_for(endpoint), None)
        for words, endpoint, permission in pages
        if permission is None or (viewer is not None and may(viewer, permission))
    ]
