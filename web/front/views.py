"""The front page: how the hub is doing. And the same for machines, ``/healthz``.

A stranger hears whether the hub works and where to ask, a retailer besides the business time and where the WSDL is.
Parts, figures of the whole market and the Temporal UI are the hub operator's.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from flask import Blueprint, Response, jsonify, render_template

from models.absences import hold_ups
from models.cases.queries import case_overview
from models.clock import business_now, clock_offset
from models.database import Database
from rules.maintenance import MaintenanceWindows, parse_windows
from runtime.logs import logger
from runtime.settings.processes import WebSettings
from schemas.codes import ENDED_PHASES, CasePhase
from web.front.health import Checked, PartHealth, look_at
from web.shared.access import Permission, may, viewer_or_none
from web.shared.holdups import area_words

_log = logger(__name__)


class Status(Enum):
    """How the hub as a whole is doing."""

    OK = "ok"
    DEGRADED = "degraded"
    """It does its own work; what others run is away."""
    DOWN = "down"


@dataclass(frozen=True)
class Clock:
    """The business time, and how far it is ahead of the real one."""

    now: datetime
    ahead: timedelta


@dataclass(frozen=True)
class Overview:
    """What the database tells of all cases."""

    open_cases: list[tuple[CasePhase, int]]
    ended_today: list[tuple[CasePhase, int]]
    unanswered: int


def front(settings: WebSettings, database: Database, parts: tuple[Checked, ...]) -> Blueprint:
    blueprint = Blueprint("front", __name__, template_folder="templates")
    windows = parse_windows(settings.maintenance_windows)

    @blueprint.get("/")
    def show() -> str:
        viewer = viewer_or_none()
        healths = _look_at_all(parts)
        of_operator = viewer is not None and may(viewer, Permission.SEE_ALL_CASES)
        return render_template(
            "front/front.html",
            status=_status(healths),
            clock=None if viewer is None else _clock(database),
            wsdl_url=f"{settings.soap_public_url}/soap/low_voltage?wsdl",
            parts=healths if of_operator else None,
            overview=_overview(database) if of_operator else None,
            held_areas=[] if viewer is None else _held_areas(database, windows),
            temporal_ui_url=settings.temporal_ui_url,
        )

    @blueprint.get("/healthz")
    def healthz() -> tuple[Response, int]:
        status = _status(_look_at_all(parts))
        return jsonify(status=status.value), 503 if status is Status.DOWN else 200

    return blueprint


def _look_at_all(parts: tuple[Checked, ...]) -> list[PartHealth]:
    """Look side by side: several that do not answer shall not add up their waiting times."""
    with ThreadPoolExecutor(max_workers=len(parts)) as pool:
        return list(pool.map(look_at, parts))


def _status(healths: list[PartHealth]) -> Status:
    if all(part.well for part in healths):
        return Status.OK
    return Status.DEGRADED if all(part.well for part in healths if part.needed) else Status.DOWN


def _clock(database: Database) -> Clock | None:
    try:
        with database.transaction() as session:
            return Clock(business_now(session), clock_offset(session))
    except Exception:
        _log.warning("no business time", exc_info=True)
        return None


def _held_areas(database: Database, windows: MaintenanceWindows) -> list[str]:
    try:
        with database.transaction() as session:
            held_areas = hold_ups(session, windows=windows)
    except Exception:
        _log.warning("no areas", exc_info=True)
        return []
    return [area_words(area, hold_up) for area, hold_up in held_areas.items()]


def _overview(database: Database) -> Overview | None:
    try:
        with database.transaction() as session:
            counted = case_overview(session)
    except Exception:
        _log.warning("no business figures", exc_info=True)
        return None
    return Overview(
        open_cases=[(phase, counted.open_cases.get(phase, 0)) for phase in CasePhase if phase not in ENDED_PHASES],
        ended_today=[(phase, counted.ended_today.get(phase, 0)) for phase in CasePhase if phase in ENDED_PHASES],
        unanswered=counted.unanswered,
    )
