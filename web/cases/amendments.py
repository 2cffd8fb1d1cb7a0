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
    path = _members(change.name, _request(kind), segment)
    label = "・".join(member.field.label for member in path) or change.name
    last = path[-1] if path else None
    return f"{label}（訂正）", f"{_value(change.before, last)} → {_value(change.after, last)}"


def _place(name: str, request: type, segment: Segment) -> list[int]:
    """Where an element stands in its message, group by group; one that the message does not have comes last."""
    found: list[int] = []
    within: type | None = request
    for member in _members(name, request, segment):
        assert within is not None, "a member is of a message"
        found.append(members(within, segment).index(member))
        within = member.item
    return found or [len(members(request, segment))]


@cache
def _request(kind: ApplicationKind | None) -> type:
    return ReferralRequest if kind is None else next(one.request for one in INTERFACES if one.applies_for is kind)


def _members(name: str, request: type | None, segment: Segment) -> list[Member]:
    found: list[Member] = []
    for part in name.split("/"):
        member = None if request is None else next((one for one in members(request, segment) if one.name == part), None)
        if member is None:
            return found
        found.append(member)
        request = member.item
    return found


def _value(value: str | None, member: Member | None) -> str:
    if value is None:
        return _NOT_GIVEN
    if member is None:
        return value
    if member.field.code is not None:
        return "、".join(member.field.code(one).label for one in value.split("、"))
    return day_words(date.fromisoformat(value)) if member.field.form is Form.DATE else value
