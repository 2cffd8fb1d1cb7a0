"""The slots of a face, as its settings have them, and what is said where none comes free (HUB-R008)."""

from pathlib import Path

from runtime.settings.shared import SlotSettings
from runtime.slots.board import SlotBoard
from runtime.slots.shares import Hindrance, Shares
from runtime.slots.taking import SharedSlots
from schemas.findings import Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

_MOST_WAITING = 4
"""One in so many threads of a process may wait for a slot."""

RULES = Rulebook(code=RefusalCode.NO_SLOT)
OF_RETAILER = RULES.declare("retailer-slots", message="貴社の要求を、同時に処理できる数まで処理しています。")
OF_AREA = RULES.declare(
    "area-slots", message="このエリアの一般送配電事業者への照会を、同時に行える数まで行っています。"
)
OF_INQUIRIES = RULES.declare("inquiry-slots", message="一般送配電事業者への照会を、同時に行える数まで行っています。")

_SAID: dict[Hindrance, Refusal] = {
    Hindrance.CALLER: OF_RETAILER.refusal(),
    Hindrance.TARGET: OF_AREA.refusal(),
    Hindrance.RELAYING: OF_INQUIRIES.refusal(),
}


def slots_of(settings: SlotSettings, *, threads: int, file: Path | None = None) -> SharedSlots:
    """Make the slots of a face.

    :param threads: of each of its processes.
    :param file: where processes that are not forked from one another see each other's slots.
    """
    return SharedSlots(
        SlotBoard(threads=threads, file=file),
        shares=Shares(caller=settings.retailer_share, target=settings.area_share, relaying=settings.inquiry_share),
        patience=settings.slot_wait,
        most_waiting=threads // _MOST_WAITING,
    )


def no_slot(hindrance: Hindrance | None) -> Refusal:
    """Say whose share is used up."""
    return Refusal(RefusalCode.NO_SLOT) if hindrance is None else _SAID[hindrance]
