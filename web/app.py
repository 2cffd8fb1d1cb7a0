"""The web application (WSGI)."""

from flask import Flask

from models.database import Database
from runtime.settings import Settings
from web.headers import set_headers
from web.health import checked_parts
from web.navigation import SCREENS
from web.views.errors import register_errors
from web.views.front import front


def create_app(settings: Settings) -> Flask:
    """This function will make the application; nothing connects before the first request."""
    app = Flask(__name__)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    database = Database(settings.sqlalchemy_url, pool_size=4)

    @app.context_processor
    def everywhere() -> dict[str, object]:
        return {"screens": SCREENS}

    set_headers(app)
    register_errors(app)
    app.register_blueprint(front(settings, database, checked_parts(settings, database)))
    return app
