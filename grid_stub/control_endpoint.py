"""The control endpoint: JSON over the same server, for tests and demonstrations.

``GET /control/03`` tells how an area was told to behave, ``POST`` changes what its JSON object names,
``DELETE`` sets all of it back; ``POST /control/applications/NUMBER`` does with one application what a
grid operator may do by itself; ``GET /control/counters`` counts.
"""

import json
from dataclasses import asdict
from wsgiref.types import WSGIApplication

from werkzeug.exceptions import BadRequest, Conflict, HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from grid_stub.control import Control, UnknownControl, change_control, control_of, reset_control
from grid_stub.counters import count
from grid_stub.interventions import NotStanding, Standing, UnknownIntervention, intervene
from models.clock import business_now
from models.database import Database
from schemas.codes import Area

_APPLICATION = "applications/"


class _Order(Request):
    max_content_length = 1024 * 1024


def control_wsgi(database: Database) -> WSGIApplication:
    """Make the application of the control endpoint."""

    @_Order.application
    def called(request: Request) -> Response:
        name = request.path.removeprefix("/control/")
        try:
            if name == "counters":
                return _json(_counters(request, database))
            if name.startswith(_APPLICATION):
                return _json(asdict(_intervention(request, name.removeprefix(_APPLICATION), database)))
            if name not in tuple(Area):
                raise NotFound
            return _json(asdict(_control(request, Area(name), database)))
        except HTTPException as refused:
            return Response(f"{refused.description}\n", status=refused.code)

    return called


def _counters(request: Request, database: Database) -> object:
    if request.method != "GET":
        raise MethodNotAllowed
    with database.transaction() as session:
        return {area: asdict(counted) for area, counted in count(session, now=business_now(session)).items()}


def _control(request: Request, area: Area, database: Database) -> Control:
    with database.transaction() as session:
        if request.method == "GET":
            return control_of(session, area=area)
        if request.method == "DELETE":
            reset_control(session, area=area)
            return Control()
        if request.method != "POST":
            raise MethodNotAllowed
        try:
            return change_control(session, area=area, changes=_object(request))
        except UnknownControl as unknown:
            raise BadRequest(str(unknown)) from unknown


def _intervention(request: Request, number: str, database: Database) -> Standing:
    if request.method != "POST":
        raise MethodNotAllowed
    with database.plain_transaction() as cursor:
        try:
            return intervene(cursor, number=number, fields=_object(request), now=business_now(cursor))
        except UnknownIntervention as unknown:
            raise BadRequest(str(unknown)) from unknown
        except NotStanding as standing:
            raise Conflict(str(standing)) from standing


def _object(request: Request) -> dict[str, object]:
    content = request.get_json()
    if not isinstance(content, dict):
        raise BadRequest("an object is wanted")
    return content


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, default=str), mimetype="application/json")
