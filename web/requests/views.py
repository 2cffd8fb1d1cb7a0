"""Requests at the screen, step by step: the form, what follows from it, sending it, and what became of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from usecases.hub import Hub
from web.requests.carrying_step import CarryingStep
from web.requests.confirming_step import ConfirmingStep
from web.requests.index import show_index
from web.requests.result_step import ResultStep
from web.requests.sending_step import SendingStep
from web.requests.typing_step import TypingStep
from web.shared.access import Permission, needs

_ABOUT = "/of/<subject>"
"""Follows the address of a step that is about a case, or about an application that was filed."""


def requests(hub: Hub) -> Blueprint:
    blueprint = Blueprint("requests", __name__, url_prefix="/requests", template_folder="templates")
    typing = TypingStep(hub)

    def add(name: str, page: str, view: Callable[..., Any], *, method: str) -> None:
        for about in ("", _ABOUT):
            address = f"/<number>/<segment>/<process>{about}{page}"
            blueprint.add_url_rule(address, name, view, methods=[method])

    blueprint.add_url_rule("", "index", needs(Permission.SEND)(show_index), methods=["GET"])
    add("show", "", typing.show, method="GET")
    add("check", "", typing.check, method="POST")
    add("confirm", "/confirm", ConfirmingStep(hub).confirm, method="GET")
    add("send", "/send", SendingStep(hub).send, method="POST")
    carrying = CarryingStep(hub.database)
    blueprint.add_url_rule("/<number>/<segment>/<process>/carry", "carry", carrying.carry, methods=["POST"])
    blueprint.add_url_rule("/results/<message_id>", "result", ResultStep(hub.database).result, methods=["GET"])
    return blueprint
