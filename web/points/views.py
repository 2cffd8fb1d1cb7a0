"""All procedures of one point that are the viewer's, the newest first, with their steps and what can be done next."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template, url_for

from models.cases.screens import CaseLine, UnreadableLine
from models.clock import business_now
from models.database import Database, Session
from rules.lone_application.state import LoneApplication
from rules.switching.visibility import Side
from schemas.checks import fits
from schemas.fields import POINT_NUMBER
from usecases import cases
from usecases.cases import PointRequest, StandingRequest
from web.cases.actions import Action, actions_alone, actions_in_case
from web.cases.case_words import awaits_decision
from web.cases.listed_case import ListedCase, UnshownCase, listed
from web.cases.scope import actor_of
from web.points.steps import Step, steps_alone, steps_in_case
from web.shared.access import Permission, current_viewer, may

_PURPOSE = "画面:地点"


@dataclass(frozen=True)
class Procedure:
    """One procedure at the point."""

    case: ListedCase
    steps: list[Step]
    actions: list[Action]
    decision_address: str | None
    """Of the screen to decide; None where this person has not to."""


@dataclass(frozen=True)
class _Alone:
    side: Side
    state: LoneApplication


def points(database: Database) -> Blueprint:
    blueprint = Blueprint("points", __name__, template_folder="templates")

    @blueprint.get("/points/<number>")
    def show(number: str) -> str:
        if not fits(POINT_NUMBER, number):
            abort(404)
        actor = actor_of(current_viewer())
        with database.transaction() as session:
            wanted = PointRequest(point_number=number, purpose=_PURPOSE)
            page = cases.see_point(wanted, actor=actor, session=session)
            if not page.items:
                abort(404)
            now = business_now(session)
            procedures = [_procedure(session, line, now=now) for line in page.items]
        return render_template("points/point.html", number=number, procedures=procedures, more=page.after is not None)

    return blueprint


def _procedure(session: Session, line: CaseLine | UnreadableLine, *, now: datetime) -> Procedure | UnshownCase:
    case = listed(line, now=now)
    if isinstance(case, UnshownCase):
        return case
    actor, wanted = actor_of(current_viewer()), StandingRequest(case_number=case.line.case_number)
    if case.line.application_kind is not None:
        alone = cases.see_application_standing(wanted, actor=actor, session=session) or abort(404)
        return Procedure(
            case, steps_alone(case.line, alone), actions_alone(_Alone(case.line.side, alone)), decision_address=None
        )
    standing = cases.see_standing(wanted, actor=actor, session=session) or abort(404)
    decides = awaits_decision(standing) and may(current_viewer(), Permission.DECIDE)
    return Procedure(
        case,
        steps_in_case(case.line, standing.state),
        actions_in_case(standing),
        url_for("decision.show", case_number=standing.case_number) if decides else None,
    )
