"""What a 訂正 says otherwise than what was sent before it."""

from collections.abc import Mapping

from schemas.contract import members_for
from schemas.reading import RawMessage, RawValue
from web.catalogue_forms.typed_values import HIDDEN
from web.requests.screens import RequestScreen


def changed_labels(screen: RequestScreen, typed: RawMessage, *, sent: RawMessage, settled: RawMessage) -> list[str]:
    """Name the elements that are typed otherwise than they were sent; a group by its own name.

    :param settled: what nobody types.
    """
    return [
        member.field.label
        for member in members_for(screen.interface.request, screen.segment, screen.process)
        if member.xml_name in {*typed, *sent} - {*settled, HIDDEN}
        and _said(typed.get(member.xml_name)) != _said(sent.get(member.xml_name))
    ]


def _said(value: RawValue | None) -> object:
    """Give what a value says: an empty input says as much as none."""
    if isinstance(value, Mapping):
        return {name: said for name, inner in value.items() if (said := _said(inner))}
    if value is None or isinstance(value, str):
        return (value or "").strip()
    return [_said(item) for item in value]
