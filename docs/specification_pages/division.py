"""機能棲み分け: what is offered by SOAP or on screens alone, and what the hub does itself or hands on (terms §2.2)."""

from collections.abc import Iterator

from docs.specification_pages.interfaces import Specified, all_specified
from docs.specification_pages.site import Page, data
from schemas.catalogue import INTERFACES
from schemas.codes import Segment
from schemas.contract import Interface


def _by_interface() -> list[tuple[Interface, dict[Segment | None, Specified]]]:
    """List each interface once, with what it is in each segment that has it."""
    by_number: dict[str, dict[Segment | None, Specified]] = {}
    for specified in all_specified():
        by_number.setdefault(specified.interface.operation, {})[specified.service.segment] = specified
    return [(interface, by_number[interface.operation]) for interface in INTERFACES]


def pages() -> Iterator[Page]:
    yield Page(
        "division.html",
        "スイッチング支援システムでの機能棲み分け",
        "機能ごとに、SOAP と画面のどちらで提供するか、広域機関の中で処理するか一般送配電事業者へ連携するかを示します。"
        "利用規約2.2によります。",
        "division.html",
        {"interfaces": _by_interface(), "segments": tuple(Segment), "screen_only": data("screen_only.yaml")},
    )
