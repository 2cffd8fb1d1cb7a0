"""All that a person may send, by segment."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from schemas.codes import Segment
from web.requests.screens import RequestScreen, screens_of
from web.shared.access import current_viewer, may_do
from web.shared.requests import INTERFACES


@dataclass(frozen=True)
class SegmentOfIndex:
    """What can be sent in a segment: of each interface its steps."""

    segment: Segment
    functions: list[list[RequestScreen]]


def show_index() -> str:
    """List what this person may send, what each is for, and its steps."""
    return render_template("requests/index.html", segments=[SegmentOfIndex(each, list(_of(each))) for each in Segment])


def _of(segment: Segment) -> Iterator[list[RequestScreen]]:
    for interface in INTERFACES:
        if segment in interface.segments:
            screens = list(screens_of(interface, segment))
            if may_do(current_viewer(), screens[0].use_case):
                yield screens
