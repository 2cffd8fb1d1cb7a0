"""The page of one case: who, what, state, deadlines, applications, what happened, and what may be done."""

from datetime import datetime

from flask import Blueprint, render_template

from models.absences import hold_ups
from models.cases.screens import ApplicationPage
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from rules.maintenance import parse_windows
from runtime.settings.processes import WebSettings
from temporal.connection import namespace
from web.cases.actions import actions_alone, actions_in_case
from web.cases.application_words import (
    application_deadlines,
    application_entries,
    content_in_words,
    shown_giving_way,
)
from web.cases.awaited import awaited_alone, awaited_in_case
from web.cases.case_words import awaits_decision, deadlines, entries, next_deadline
from web.cases.duty_banner import application_duty_banner, case_duty_banner
from web.cases.origin import ListScreens, Origin, origin_of
from web.cases.scope import application_page_of, page_or_404
from web.cases.unshown_record import says_what_it_cannot_show
from web.shared.access import Permission, current_viewer, may
from web.shared.holdups import HoldUpWords, held_words

_PURPOSE = "画面:案件詳細"


def case(settings: WebSettings, database: Database, *, lists: ListScreens) -> Blueprint:
    """Make the screen.

    :param lists: from which people come to it, by path.
    """
    blueprint = Blueprint("case", __name__, template_folder="templates")
    windows = parse_windows(settings.maintenance_windows)

    @blueprint.get("/cases/<case_number>")
    @says_what_it_cannot_show
    def show(case_number: str) -> str:
        viewer = current_viewer()
        with database.transaction() as session:
            lone = application_page_of(session, viewer, case_number, purpose=_PURPOSE)
            if lone is not None:
                now = business_now(session)
                hold_up_words = held_words(lone.state, side=None, held_areas=hold_ups(session, windows=windows))
                origin = origin_of(session, lists, number=case_number)
                return _application(settings, lone, held=hold_up_words, origin=origin, now=now)
            page = page_or_404(session, viewer, case_number, purpose=_PURPOSE)
            now, origin = business_now(session), origin_of(session, lists, number=case_number)
            hold_up_words = held_words(page.state, side=page.side, held_areas=hold_ups(session, windows=windows))
        due_rows, actions = deadlines(page, now=now), actions_in_case(page)
        return render_template(
            "cases/case.html",
            page=page,
            case=page.state,
            held=hold_up_words,
            duty=case_duty_banner(page, deadlines=due_rows, actions=actions, today=day_of(now)),
            deadlines=due_rows,
            next_deadline=next_deadline(due_rows),
            entries=entries(page),
            actions=actions,
            decides=awaits_decision(page),
            awaited=awaited_in_case(page),
            origin=origin,
            temporal_url=_temporal_url(settings, page.case_number),
        )

    return blueprint


def _application(
    settings: WebSettings, page: ApplicationPage, *, held: HoldUpWords | None, origin: Origin | None, now: datetime
) -> str:
    due_rows, actions = application_deadlines(page, now=now), actions_alone(page)
    return render_template(
        "cases/application.html",
        page=page,
        case=page.state,
        held=held,
        duty=application_duty_banner(page, deadlines=due_rows, actions=actions, today=day_of(now)),
        deadlines=due_rows,
        next_deadline=next_deadline(due_rows),
        awaited=awaited_alone(page),
        origin=origin,
        content=content_in_words(page),
        entries=application_entries(page),
        actions=actions,
        gives_way_from=shown_giving_way(page.state),
        temporal_url=_temporal_url(settings, page.case_number),
    )


def _temporal_url(settings: WebSettings, number: str) -> str | None:
    """Give where the hub operator, and nobody else, looks at how Temporal goes about it."""
    if not may(current_viewer(), Permission.SEE_ALL_CASES):
        return None
    return f"{settings.temporal_ui_url.rstrip('/')}/namespaces/{namespace()}/workflows/{number}"
