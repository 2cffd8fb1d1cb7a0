"""The web application (WSGI)."""

from flask import Flask

from models.database import Database
from rules.calendar import ended_day
from rules.procedure.alarms import AlarmRule
from rules.wording import plain_second
from runtime.settings import Settings
from temporal.deliver import delivery
from temporal.gateway import TemporalGateway
from usecases.commanding import Commands, Deliver
from web import labels, marks, words
from web.access import Permission, may, set_up_access, viewer_or_none
from web.case_search import ANY_DUTY
from web.defects import field_label
from web.figures import count_requests
from web.headers import set_headers
from web.health import checked_parts
from web.listed import SUSPENDED
from web.navigation import screens_for
from web.views.case import case
from web.views.cases import cases
from web.views.decision import decision
from web.views.errors import register_errors
from web.views.front import front
from web.views.inbox import inbox_screen
from web.views.login import login

_LARGEST_FORM = 1024 * 1024
"""Bytes of what a screen sends."""


def create_app(settings: Settings, *, deliver: Deliver | None = None) -> Flask:
    """Make the application; nothing connects before the first request.

    :param deliver: what delivers decisions to their cases, if not the Temporal server of this process's environment.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_FORM
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    database = Database(settings.database_address, pool_size=4)
    _set_up_templates(app)
    set_headers(app)
    count_requests(app)
    set_up_access(app, settings=settings, database=database)
    register_errors(app)
    app.register_blueprint(front(settings, database, checked_parts(settings, database)))
    app.register_blueprint(login(database))
    app.register_blueprint(inbox_screen(database))
    app.register_blueprint(cases(settings, database))
    app.register_blueprint(case(settings, database))
    key = settings.message_key.get_secret_value().encode()
    by_gateway = delivery(database=database, gateway=TemporalGateway(), timeout=settings.answer_within)
    commands = Commands(database, key, deliver or by_gateway)
    app.register_blueprint(decision(database, commands))
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
        "Permission": Permission,
        "AlarmRule": AlarmRule,
        "SUSPENDED": SUSPENDED,
        "ANY_DUTY": ANY_DUTY,
    }
    for write in (
        words.day_words,
        words.moment_words,
        words.deadline_words,
        words.machine_time,
        ended_day,
        plain_second,
    ):
        app.jinja_env.filters[write.__name__] = write

    @app.context_processor
    def everywhere() -> dict[str, object]:
        viewer = viewer_or_none()
        return {"viewer": viewer, "screens": screens_for(viewer), "may": may}
