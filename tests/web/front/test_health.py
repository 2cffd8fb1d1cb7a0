"""``/healthz``: for machines; only what the hub needs for its own work makes it unwell."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from tests.support.settings import Settings
from web.front.health import Checked, PartAway, look_at
from web.front.views import front


def _well() -> str:
    return "OK"


def _away() -> str:
    raise PartAway("いません")


def _broken() -> str:
    raise OSError("a secret detail")


def _client(settings: Settings, database: Database, *parts: Checked) -> FlaskClient:
    app = Flask(__name__)
    app.register_blueprint(front(settings, database, parts))
    return app.test_client()


@pytest.mark.parametrize(
    ("database_check", "grid_check", "expected"),
    [
        pytest.param(_well, _well, (200, "ok"), id="all well"),
        pytest.param(_well, _away, (200, "degraded"), id="a grid operator is away"),
        pytest.param(_away, _well, (503, "down"), id="what it needs is away"),
    ],
)
def test_it_is_unwell_only_without_what_it_needs(
    settings: Settings, database: Database, database_check: object, grid_check: object, expected: tuple[int, str]
) -> None:
    client = _client(
        settings,
        database,
        Checked("database", "データベース", database_check),  # type: ignore[arg-type]
        Checked("grid", "送配電", grid_check, needed=False),  # type: ignore[arg-type]
    )

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json["status"]) == expected  # type: ignore[index]


def test_it_says_the_status_and_names_nothing_inside(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (503, {"status": "down"})


def test_what_went_wrong_inside_is_not_told() -> None:
    health = look_at(Checked("grid", "送配電", _broken))

    assert (health.well, health.remark) == (False, "応答がありません")
