"""The page on which people begin: what waits for their company, or for the hub operator."""

from datetime import date

from flask import Blueprint, render_template

from models.absences import hold_ups
from models.cases.queries import case_overview
from models.cases.screens import CaseFilter, Scope, count_duties, count_waiting
from models.clock import business_now
from models.database import Database, Session
from rules.calendar import day_of
from rules.maintenance import parse_windows
from runtime.settings.processes import WebSettings
from usecases.bulk_files import count_files
from web.home.sections import Section, operators_sections, retailers_sections
from web.shared.access import Permission, current_actor, current_viewer, may
from web.shared.holdups import area_words


def home(settings: WebSettings, database: Database) -> Blueprint:
    blueprint = Blueprint("home", __name__, template_folder="templates")
    windows = parse_windows(settings.maintenance_windows)

    @blueprint.get("/home")
    def show() -> str:
        retailer_code = current_viewer().retailer_code
        with database.transaction() as session:
            now = business_now(session)
            sections = _sections(session, retailer_code, today=day_of(now))
            held_areas = hold_ups(session, windows=windows)
        return render_template(
            "home/home.html",
            sections=sections,
            now=now,
            held_areas=[area_words(area, hold_up) for area, hold_up in held_areas.items()],
        )

    return blueprint


def _sections(session: Session, retailer_code: str | None, *, today: date) -> list[Section]:
    may_see_files = may(current_viewer(), Permission.SEE_FILES)
    files = count_files(actor=current_actor(), session=session) if may_see_files else None
    if retailer_code is not None:
        return retailers_sections(count_waiting(session, retailer_code=retailer_code), files, today=today)
    duties = count_duties(session, scope=Scope(None), case_filter=CaseFilter())
    return operators_sections(duties, case_overview(session), files, today=today)
