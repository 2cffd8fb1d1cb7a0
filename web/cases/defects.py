"""How the items that a grid operator found wrong (不備) are called in Japanese: as the catalogue calls them."""

from functools import cache

from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationKind, Segment
from schemas.contract import members

_REQUESTS = {interface.applies_for: interface.request for interface in INTERFACES if interface.applies_for is not None}


def field_label(kind: ApplicationKind, name: str | None, segment: Segment) -> str:
    """Give the Japanese name of an element of an application, as its segment calls it.

    Without an element it is the whole application; a name that the catalogue does not have stays as it is.
    """
    return "全体" if name is None else _labels(kind, segment).get(name.rpartition("/")[2], name)


@cache
def _labels(kind: ApplicationKind, segment: Segment) -> dict[str, str]:
    found = members(_REQUESTS[kind], segment)
    inner = [one for member in found if member.item is not None for one in members(member.item, segment)]
    return {member.xml_name: member.field.label for member in (*inner, *found)}
