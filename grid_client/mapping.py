"""The catalogue's messages as zeep takes them, by the catalogue alone."""

from schemas.codes import Code, Segment
from schemas.contract import Member, members, values_of


def to_zeep(message: object, *, segment: Segment) -> dict[str, object]:
    """Give a message as zeep takes it: by element name, groups as dictionaries."""
    values: dict[str, object] = {}
    kind: type = type(message)
    plain = values_of(message)
    for member in members(kind, segment):
        value = plain[member.name]
        if isinstance(value, tuple | list):
            values[member.xml_name] = [_to_zeep(item, member, segment) for item in value]
        elif value is not None:
            values[member.xml_name] = _to_zeep(value, member, segment)
    return values


def _to_zeep(value: object, member: Member, segment: Segment) -> object:
    if member.item is not None:
        return to_zeep(value, segment=segment)
    return value.value if isinstance(value, Code) else value
