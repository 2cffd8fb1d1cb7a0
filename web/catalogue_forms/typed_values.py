"""What somebody typed into a form made from the catalogue, as the raw message that the catalogue reads."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from rules.pasted_text import straightened
from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members_for
from schemas.fields import Field, Form
from schemas.reading import RawMessage, RawValue
from web.shared.drafts import storable
from web.shared.message_ids import is_message_id

HIDDEN = "messageId"
"""The element that a screen fills in by itself."""
_MOST_ITEMS = 50
"""Of what can be repeated, as many are read from a form; what has more comes as a file."""


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: by the path of each element, ``consent/obtainedOn`` or ``items[2]/name``."""

    values: MultiDict[str, str]
    segment: Segment | None
    with_secrets: bool = True
    """False for what is to be kept: what opens something is kept nowhere."""
    kind: ProcessKind | None = None
    """The 処理区分 whose form it is, where it is of one alone."""

    def message(self, message: type, *, path: str = "") -> dict[str, RawValue]:
        """Read a message or a group, element by element; what was left empty is left out."""
        values = {
            member.xml_name: self._member(member, path=path + member.xml_name)
            for member in members_for(message, self.segment, self.kind)
        }
        return {name: value for name, value in values.items() if value is not None}

    def _member(self, member: Member, *, path: str) -> RawValue | None:
        if not member.repeated:
            return self._value(member, path=path)
        if member.field.form is Form.CODE:
            return [storable(value) for value in self.values.getlist(path)[:_MOST_ITEMS]] or None
        numbers = range(1, most_items(member.field) + 1)
        items = (self._value(member, path=f"{path}[{number}]") for number in numbers)
        return [item for item in items if item] or None

    def _value(self, member: Member, *, path: str) -> RawValue | None:
        if member.item is None:
            left_out = member.field.secret and not self.with_secrets
            return None if left_out else straightened(member.field, storable(self.values.get(path))) or None
        group = self.message(member.item, path=f"{path}/")
        is_due = member.required and not member.repeated
        return group if group or is_due else None  # of a group that is due, each empty element is told of by itself


def values_in_address(message: type, values: MultiDict[str, str], segment: Segment | None) -> dict[str, RawValue]:
    """Read what a link to a form fills in: numbers and the like, never what is personal or opens something."""
    members = (member for member in members_for(message, segment, None) if member.xml_name != HIDDEN)
    open_ones = (member for member in members if member.item is None and not member.repeated)
    wanted = [each for each in open_ones if not (each.field.personal or each.field.secret)]
    return {each.xml_name: storable(values[each.xml_name]) for each in wanted if values.get(each.xml_name)}


def is_ours(typed: RawMessage) -> bool:
    """Tell whether a form is such as the hub's own."""
    message_id = typed.get(HIDDEN)
    return isinstance(message_id, str) and is_message_id(message_id)


def most_items(field: Field) -> int:
    """Give how many of a repeated element a form takes."""
    return min(field.max_items or _MOST_ITEMS, _MOST_ITEMS)
