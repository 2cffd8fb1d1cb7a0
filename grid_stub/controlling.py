"""The control endpoint: JSON over the same server, for tests and demonstrations.

``GET /control/03`` tells how an area was told to behave, ``POST`` changes what its JSON object names,
``DELETE`` sets all of it back; ``GET /control/counters`` counts.
"""

import json
from dataclasses import asdict
from wsgiref.types import WSGIApplication

from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from grid_stub.control import Control, UnknownControl, change_control, control_of, reset_control
from grid_stub.counters import count
from models.clock import business_now
from models.database import Database
from schemas.codes import Area


def control_application(database: Database) -> WSGIApplication:
    """This function will make the application of the control endpoint."""

    @Request.application
    def called(request: Request) -> Response:
        name = request.path.removeprefix("/control/")
        try:
            if name == "counters":
                return _json(_counters(request, database))
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
        changes = request.get_json()
        if not isinstance(changes, dict):
            raise BadRequest("an object is wanted")
        try:
            return change_control(session, area=area, changes=changes)
        except UnknownControl as unknown:
            raise BadRequest(str(unknown)) from unknown


def _json(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False, default=str), mimetype="application/json")
