"""Bulk files at the screen, page by page."""

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

from usecases.hub import Hub
from web.bulk.downloads import Downloads
from web.bulk.file_page import FilePages
from web.bulk.index import IndexPages
from web.bulk.steering import SteeringPages
from web.bulk.upload import UploadPages, too_large
from web.shared.access import Permission, needs

_NUMBER = re.compile(r"CSV[0-9]{8}-[0-9A-Z]{10}")
_KIND, _FILE = "/new/<kind>/<segment>", "/files/<number>"


def bulk(hub: Hub) -> Blueprint:
    blueprint = Blueprint("bulk", __name__, url_prefix="/bulk", template_folder="templates")
    index, sending, pages = IndexPages(hub), UploadPages(hub), FilePages(hub)
    steering, downloads = SteeringPages(hub), Downloads(hub)

    def add(address: str, name: str, view: Callable[..., Any], right: Permission, *, method: str = "GET") -> None:
        blueprint.add_url_rule(address, name, needs(right)(view), methods=[method])

    see, send, steer = Permission.SEE_FILES, Permission.SEND_FILES, Permission.STEER_FILES
    add("", "index", index.index, see)
    add("/files", "files", index.files, see)
    add(_KIND, "show", sending.show, send)
    add(f"{_KIND}/template.csv", "template", sending.template, send)
    add(f"{_KIND}/sample.csv", "sample", sending.sample, send)
    add("/upload/<kind>/<segment>", "upload", sending.upload, send, method="POST")
    add(_FILE, "file", pages.file, see)
    add(f"{_FILE}/rows", "rows", pages.rows, see)
    add(f"{_FILE}/errors.csv", "errors", downloads.errors, see)
    add(f"{_FILE}/results.csv", "results", downloads.results, see)
    add(f"{_FILE}/confirm", "confirm", steering.confirm, send, method="POST")
    add(f"{_FILE}/pause", "pause", steering.pause, steer, method="POST")
    add(f"{_FILE}/resume", "resume", steering.resume, steer, method="POST")
    add(f"{_FILE}/stop", "ask_to_stop", steering.ask_to_stop, steer)
    add(f"{_FILE}/stop", "stop", steering.stop, steer, method="POST")
    blueprint.before_request(_know_the_number)
    blueprint.register_error_handler(RequestEntityTooLarge, too_large)
    return blueprint


def _know_the_number() -> None:
    """Answer 404 for what cannot be the number of a file."""
    number = (request.view_args or {}).get("number")
    if number is not None and not _NUMBER.fullmatch(number):
        abort(404)
