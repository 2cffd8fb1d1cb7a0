"""The front page: how the hub is doing. And the same for machines, ``/healthz``."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify, render_template

from models.cases.queries import case_overview
from models.clock import business_now, clock_offset
from models.database import Database
from runtime.logs import logger
from runtime.settings import Settings
from schemas.codes import ENDED_PHASES, CasePhase
from web.health import Checked, PartHealth, look_at

_log = logger(__name__)


@dataclass(frozen=True)
class Business:
    """What the database tells of the cases and of the business clock."""

    now: datetime
    ahead: timedelta
    open_cases: list[tuple[CasePhase, int]]
    ended_today: list[tuple[CasePhase, int]]
    unanswered: int


def front(settings: Settings, database: Database, parts: tuple[Checked, ...]) -> Blueprint:
    """This function will make the front page."""
    blueprint = Blueprint("front", __name__)

    @blueprint.get("/")
    def show() -> str:
        return render_template(
            "front.html",
            parts=_look_at_all(parts),
            business=_business(database),
            temporal_ui_url=settings.temporal_ui_url,
            wsdl_url=f"{settings.soap_public_url}/soap/low_voltage?wsdl",
        )

    @blueprint.get("/healthz")
    def healthz() -> tuple[Response, int]:
        found = _look_at_all(parts)
        well = all(part.well for part in found if part.needed)
        body = {
            "status": "ok" if all(part.well for part in found) else "degraded" if well else "down",
            "parts": {part.name: "ok" if part.well else "down" for part in found},
        }
        return jsonify(body), 200 if well else 503

    return blueprint


def _look_at_all(parts: tuple[Checked, ...]) -> list[PartHealth]:
    """Side by side: several that do not answer shall not add up their waiting times."""
    with ThreadPoolExecutor(max_workers=len(parts)) as pool:
        return list(pool.map(look_at, parts))


def _business(database: Database) -> Business | None:
    try:
        with database.transaction() as session:
            overview = case_overview(session)
            now, ahead = business_now(session), clock_offset(session)
    except Exception:
        _log.warning("no business figures", exc_info=True)
        return None
    return Business(
        now=now,
        ahead=ahead,
        open_cases=[(one, overview.open_cases.get(one, 0)) for one in CasePhase if one not in ENDED_PHASES],
        ended_today=[(one, overview.ended_today.get(one, 0)) for one in CasePhase if one in ENDED_PHASES],
        unanswered=overview.unanswered,
    )
