"""What an amendment changed, in Japanese: each element by its name in the segment, as it was and as it is."""

from datetime import date
from functools import cache

from models.cases.screens import Change
from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationKind, Segment
from schemas.contract import Member, members
from schemas.fields import Form
from schemas.interfaces.referral import ReferralRequest
from web.words import day_words

_NOT_GIVEN = "なし"


def change_words(change: Change, kind: ApplicationKind | None, segment: Segment) -> tuple[str, str]:
    """Say a change: what it is of, and the values before and after.

    :param kind: of the application that was amended; None where it was the referral.
    """
    path = _members(change.name, _request(kind), segment)
    label = "・".join(member.field.label for member in path) or change.name
    last = path[-1] if path else None
    return f"{label}（訂正）", f"{_value(change.before, last)} → {_value(change.after, last)}"


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
