"""Figures of a process's slots: how many there are and are taken, and who found none."""

from runtime.monitoring import Counter, Gauge
from runtime.slots.board import SlotBoard

SLOTS = Gauge("hub_slots", "Slots of this process by what they do.", ["use"])
REFUSED = Counter("hub_slots_refused", "Requests that found no slot, by the share that was used up.", ["share"])


def show(board: SlotBoard) -> None:
    """Count a board's slots whenever the figures are asked for, and never in the way of a request."""
    SLOTS.labels("free").set_function(lambda: sum(not slot.caller for slot in board.own()))
    SLOTS.labels("own").set_function(lambda: sum(bool(slot.caller and not slot.target) for slot in board.own()))
    SLOTS.labels("relayed").set_function(lambda: sum(bool(slot.target) for slot in board.own()))
