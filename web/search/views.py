"""Leading from any number, as people paste it, straight to its page."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from models.cases.screens import CaseFilter, find_cases
from models.database import Database, Session
from models.users.recent_items import recent_items
from rules.numbers import is_of_application, is_sound
from rules.pasted_text import as_message_id, as_sought
from schemas.checks import fits
from schemas.fields import MESSAGE_ID, POINT_NUMBER
from usecases.cases import MessageRequest, find_by_message
from web.cases.scope import actor_of, scope_of
from web.shared.access import current_viewer
from web.shared.drafts import storable

_LONGEST = 200
"""Characters of what is looked for: numbers with all that may stand between their digits."""


@dataclass(frozen=True)
class Hit:
    """What a number leads to."""

    number: str
    what: str
    address: str


def search(database: Database) -> Blueprint:
    blueprint = Blueprint("search", __name__, template_folder="templates")

    @blueprint.get("/search")
    def show() -> str | Response | tuple[str, int]:
        sought = storable(request.args.get("q")).strip()[:_LONGEST]
        with database.transaction() as session:
            hits = _hits(session, sought) if sought else []
            recent = recent_items(session, user_id=current_viewer().user_id)
        if len(hits) == 1:
            return redirect(hits[0].address)
        return render_template(
            "search/search.html",
            sought=sought,
            number=as_sought(sought) or "",
            hits=hits,
            recent=[Hit(number, _kind_of(number), _address(number)) for number in recent],
        )

    return blueprint


def _hits(session: Session, sought: str) -> list[Hit]:
    """Find what there is for whoever looks; a number of others is as one that there is not."""
    number, found = as_sought(sought) or "", list[str]()
    if _is_point(number):
        at_point = find_cases(session, scope=scope_of(current_viewer()), case_filter=CaseFilter(number=number), limit=1)
        found += [number] if at_point.items else []
    elif is_sound(number):
        lines = find_cases(session, scope=scope_of(current_viewer()), case_filter=CaseFilter(number=number)).items
        found += [line.case_number for line in lines]
    message_id = as_message_id(sought)
    if fits(MESSAGE_ID, message_id):
        wanted = MessageRequest(message_id=message_id)
        found += find_by_message(wanted, actor=actor_of(current_viewer()), session=session)
    return [Hit(each, _kind_of(each), _address(each)) for each in dict.fromkeys(found)]


def _is_point(number: str) -> bool:
    return fits(POINT_NUMBER, number)


def _kind_of(number: str) -> str:
    if _is_point(number):
        return "地点"
    return "申請" if is_of_application(number) else "案件"


def _address(number: str) -> str:
    if _is_point(number):
        return url_for("points.show", number=number)
    return url_for("case.show", case_number=number)
