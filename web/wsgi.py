"""The web application (WSGI)."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask

from grid_client.grid import Grid
from models.database import Database
from models.encryption import use_keys
from rules.calendar import ended_day
from rules.procedure.alarms import AlarmRule
from rules.wording import plain_day, plain_moment, plain_second
from runtime.settings.processes import WebSettings
from schemas.codes import ENDED_PHASES, CasePhase
from usecases.hub import HandOver, hub_of
from usecases.slots import slots_of
from web.bulk.kept_file import KEPT_FORMS as BULK_FORMS
from web.bulk.upload import take_whole_files
from web.bulk.views import bulk
from web.cases.beside import CASES
from web.cases.defects import field_label
from web.cases.list_view import cases
from web.cases.listed_case import SUSPENDED
from web.cases.origin import carried
from web.cases.page_view import case
from web.cases.search import ANY_DUTY
from web.catalogue_forms.components import catalogue_components
from web.charts.components import chart_components
from web.decision.views import KEPT_FORMS as DECISION_FORMS
from web.decision.views import decision
from web.design.views import design
from web.front.health import checked_parts
from web.front.views import front
from web.home.views import home
from web.inbox.beside import INBOX
from web.inbox.views import KEPT_FORMS as INBOX_FORMS
from web.inbox.views import inbox_screen
from web.inquiries.draft import KEPT_FORMS as INQUIRY_FORMS
from web.inquiries.views import inquiries
from web.login.own_account import own_account
from web.login.views import login
from web.points.views import points
from web.preferences.views import preferences
from web.records.views import record_screens
from web.requests.draft import KEPT_FORMS as REQUEST_FORMS
from web.requests.views import requests
from web.search.recent import note_what_is_seen
from web.search.views import search
from web.shared import labels, marks, words
from web.shared.access import Permission, may, set_up_access, viewer_or_none
from web.shared.certificates import set_up_certificates
from web.shared.errors import register_errors
from web.shared.figures import count_requests
from web.shared.headers import set_headers
from web.shared.labelled_cells import labelled
from web.shared.navigation import screens_for
from web.shared.older_forms import go_on_with_older_forms
from web.shared.paper import address_on_paper, address_on_screen, on_paper
from web.shared.slots import set_up_slots
from web.users.views import users
from web.views.views import saved_list_views
from web.volumes.views import volume_screens

_LARGEST_FORM = 1024 * 1024
"""Bytes of what a screen sends."""


def create_app(settings: WebSettings, *, hand_over: HandOver | None = None, grid: Grid | None = None) -> Flask:
    """Make the application; nothing connects before the first request.

    :param hand_over: what delivers decisions to their cases, if not the Temporal server of this process's environment.
    :param grid: what inquiries ask, if not the grid operators of the settings.
    """
    app = Flask(__name__, template_folder="shared/templates", static_folder="shared/static")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_FORM
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    use_keys(settings.key_source)
    database = Database(settings.database_address, pool_size=4)
    hub = hub_of(
        settings, database=database, hand_over=hand_over, slots=slots_of(settings, threads=settings.web_threads)
    )
    hub = hub if grid is None else replace(hub, grid=grid)
    _set_up_templates(app)
    set_headers(app)
    count_requests(app)
    take_whole_files(app)
    kept_forms = {**BULK_FORMS, **DECISION_FORMS, **INBOX_FORMS, **INQUIRY_FORMS, **REQUEST_FORMS}
    set_up_certificates(app, settings=settings, database=database)
    set_up_access(app, settings=settings, database=database, kept_forms=kept_forms)
    set_up_slots(app, hub.slots)
    register_errors(app)
    go_on_with_older_forms(app, database=database, kept_forms=kept_forms)
    app.register_blueprint(front(settings, database, checked_parts(settings, database)))
    app.register_blueprint(login(database, most_sessions=settings.sessions_each))
    app.register_blueprint(own_account(database))
    app.register_blueprint(home(settings, database))
    app.register_blueprint(inbox_screen(hub))
    app.register_blueprint(cases(settings, database))
    app.register_blueprint(case(settings, database, lists={"/cases": CASES, "/inbox": INBOX}))
    app.register_blueprint(saved_list_views(database))
    app.register_blueprint(points(database))
    app.register_blueprint(preferences(database))
    app.register_blueprint(users(hub))
    app.register_blueprint(search(database))
    note_what_is_seen(app, database)
    app.register_blueprint(decision(hub))
    app.register_blueprint(catalogue_components())
    app.register_blueprint(chart_components())
    app.register_blueprint(inquiries(hub))
    app.register_blueprint(requests(hub))
    app.register_blueprint(bulk(hub))
    app.register_blueprint(volume_screens(database))
    app.register_blueprint(record_screens(database))
    if settings.web_samples:
        app.register_blueprint(design())
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "mark_of": marks.mark_of,
        "application_mark": marks.application_mark,
        "application_word": marks.application_word,
        "segment_icon": marks.segment_icon,
        "field_label": field_label,
        "referral_label": labels.referral_label,
        "application_label": labels.application_label,
        "reason_label": labels.reason_label,
        "party": labels.party,
        "interface_number": labels.interface_number,
        "interface_label": labels.interface_label,
        "findings_label": labels.findings_label,
        "POINT_NUMBERS": labels.POINT_NUMBERS,
        "on_paper": on_paper,
        "address_on_paper": address_on_paper,
        "address_on_screen": address_on_screen,
        "carried": carried,
        "Permission": Permission,
        "AlarmRule": AlarmRule,
        "SUSPENDED": SUSPENDED,
        "ANY_DUTY": ANY_DUTY,
        "AFTER_ACCEPT": CasePhase.AWAITING_APPLICATIONS,
        "AFTER_REJECT": CasePhase.REJECTED,
        "ENDED_PHASES": ENDED_PHASES,
    }
    app.jinja_env.filters["labelled"] = labelled
    app.jinja_env.filters["phase_label"] = lambda value: CasePhase(value).label
    for write in (
        words.day_words,
        words.moment_words,
        words.deadline_words,
        words.machine_time,
        ended_day,
        plain_day,
        plain_moment,
        plain_second,
    ):
        app.jinja_env.filters[write.__name__] = write

    @app.context_processor
    def everywhere() -> dict[str, object]:
        viewer = viewer_or_none()
        return {
            "viewer": viewer,
            "screens": screens_for(viewer),
            "may": may,
            "shown_at": datetime.now(UTC),
        }
