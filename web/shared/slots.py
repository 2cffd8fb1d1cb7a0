"""A slot for each request of a retailer's people, so that those of one retailer leave the others theirs."""

from contextlib import ExitStack

from flask import Flask, g

from models.users.queries import Viewer
from runtime.slots.taking import Slots


def set_up_slots(app: Flask, slots: Slots) -> None:
    """Hold a slot over every view behind the login. Goes after the login is set up, which says whose it is."""

    @app.before_request
    def take() -> None:
        viewer: Viewer | None = g.get("viewer")
        if viewer is not None and viewer.retailer_code is not None:
            held = ExitStack()
            held.enter_context(slots.begun(viewer.retailer_code))
            g.held_slot = held

    @app.teardown_request
    def give_back(error: BaseException | None) -> None:
        held: ExitStack | None = g.pop("held_slot", None)
        if held is not None:
            held.close()
