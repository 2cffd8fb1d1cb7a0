"""What an amendment changed, in Japanese: each element by its name in the segment, as it was and as it is."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from models.cases.screens import Change
from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationKind, Segment
from schemas.contract import Member, members
from schemas.fields import Form
from schemas.interfaces.referral import ReferralRequest
from web.shared.words import day_words

_NOT_GIVEN = "なし"


def changes_in_words(
    changes: Iterable[Change], kind: ApplicationKind | None, segment: Segment
) -> list[tuple[str, str]]:
    """Say what was amended in the order of the message: what each change is of, and the values before and after.

    :param kind: of the application that was amended; None where it was the referral.
    """

    def place(change: Change) -> list[int]:
        return _place(change.name, _request(kind), segment)

    return [_words(change, kind, segment) for change in sorted(changes, key=place)]


def _words(change: Change, kind: ApplicationKind | None, segment: Segment) -> tuple[str, str]:
    path = _path(change.name, _request(kind), segment)
    label = "・".join(member.field.label for member in path) or change.name
    last = path[-1] if path else None
    return f"{label}（訂正）", f"{_value(change.before, last)} → {_value(change.after, last)}"


def _place(name: str, request: type, segment: Segment) -> list[int]:
    """Tell where an element stands in its message, group by group; one that the message does not have comes last."""
    places, level = [], members(request, segment)
    for member in _path(name, request, segment):
        places.append(level.index(member))
        level = () if member.item is None else members(member.item, segment)
    return places or [len(members(request, segment))]


@cache
def _request(kind: ApplicationKind | None) -> type:
    if kind is None:
        return ReferralRequest
    return next(interface.request for interface in INTERFACES if interface.applies_for is kind)


def _path(name: str, request: type, segment: Segment) -> list[Member]:
    """Follow an element from its message down; as far as the message has it."""
    path: list[Member] = []
    level = members(request, segment)
    for part in name.split("/"):
        member = next((member for member in level if member.name == part), None)
        if member is None:
            break
        path.append(member)
        level = () if member.item is None else members(member.item, segment)
    return path


def _value(value: str | None, member: Member | None) -> str:
    if value is None:
        return _NOT_GIVEN
    if member is None:
        return value
    if member.field.code is not None:
        return "、".join(member.field.code(code).label for code in value.split("、"))
    return day_words(date.fromisoformat(value)) if member.field.form is Form.DATE else value
