"""How the items that a grid operator found wrong (不備) are called in Japanese: as the catalogue calls them."""

from functools import cache

from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationKind
from schemas.contract import members

_REQUESTS = {interface.applies_for: interface.request for interface in INTERFACES if interface.applies_for is not None}


def field_label(kind: ApplicationKind, name: str | None) -> str:
    """This function will give the Japanese name of an element of an application.

    Without an element it is the whole application; a name that the catalogue does not have stays as it is.
    """
    return "全体" if name is None else _labels(kind).get(name, name)


@cache
def _labels(kind: ApplicationKind) -> dict[str, str]:
    found = members(_REQUESTS[kind])
    inner = [one for member in found if member.item is not None for one in members(member.item)]
    return {member.xml_name: member.field.label for member in (*inner, *found)}
