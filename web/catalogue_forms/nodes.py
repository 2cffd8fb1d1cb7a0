"""A form made from the catalogue, as a page shows it: an element a node, a group a node with the nodes in it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from schemas.codes import Code, ProcessKind, Segment
from schemas.contract import Member, members_for
from schemas.fields import Field, Form
from schemas.findings import Finding
from schemas.reading import RawMessage, RawValue
from web.catalogue_forms.typed_values import HIDDEN, most_items

_FEW_OPTIONS = 5
_SPARE_ITEMS = 3
"""Empty ones that stand below those that were typed."""
_NO_PART_OF_AN_ID = re.compile(r"[^0-9A-Za-z]+")


class Widget(StrEnum):
    """How an element is put in; each is a macro of ``catalogue_forms/fields.html``."""

    HIDDEN = "hidden"
    TEXT = "text"
    NUMBER = "number"
    PASSWORD = "password"  # noqa: S105  # a kind of input
    DATE = "date"
    RADIOS = "radios"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    GROUP = "group"
    ITEMS = "items"


_WIDGETS = {
    Form.TEXT: Widget.TEXT,
    Form.MOMENT: Widget.TEXT,
    Form.INTEGER: Widget.NUMBER,
    Form.DATE: Widget.DATE,
    Form.GROUP: Widget.GROUP,
}
_SHOWN_BY_EXAMPLE = (Form.TEXT, Form.MOMENT, Form.INTEGER)
"""The others show by themselves what they take."""


@dataclass(frozen=True)
class Node:
    """One element: what it is called, what it takes, what was typed, and what is wrong with that."""

    path: str
    label: str
    hint: str
    mark: str
    """Says when it is required or can be given."""
    required: bool
    widget: Widget
    typed: tuple[str, ...]
    options: tuple[Code, ...]
    errors: tuple[str, ...]
    nodes: tuple["Node", ...]

    @property
    def id(self) -> str:
        return f"field-{_NO_PART_OF_AN_ID.sub('-', self.path).strip('-')}"

    @property
    def anchor(self) -> str:
        """Give the id of the input that a link to it leads to."""
        return f"{self.id}-0" if self.widget in (Widget.RADIOS, Widget.CHECKBOXES) else self.id

    @property
    def value(self) -> str:
        """Give what was typed where there is one value."""
        return "".join(self.typed[:1])

    def walk(self) -> Iterator["Node"]:
        """Give it and all in it, in the order of the page."""
        yield self
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True)
class CatalogueForm:
    """All nodes of a message, and what is wrong beyond them."""

    nodes: tuple[Node, ...]
    elsewhere: tuple[str, ...]
    """What was found of no element of the form."""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """List what is wrong, each with the id of its input, in the order of the page."""
        nodes = (node for top in self.nodes for node in top.walk())
        return [(node.anchor, error) for node in nodes for error in node.errors]


def catalogue_form(
    message: type,
    *,
    segment: Segment | None,
    typed: RawMessage,
    findings: Sequence[Finding] = (),
    kind: ProcessKind | None = None,
    settled: Collection[str] = (),
) -> CatalogueForm:
    """Lay a message out as a form, with what was typed and what was found.

    :param kind: the 処理区分 that the form is for, with only what that one takes; None for all in one form.
    :param settled: elements that nobody types, since what the form is about says them.
    """
    nodes = _Layout(segment, findings, kind, settled).nodes(message, typed, path="")
    shown_errors = {error for top in nodes for node in top.walk() for error in node.errors}
    return CatalogueForm(nodes, tuple(finding.message for finding in findings if finding.message not in shown_errors))


@dataclass(frozen=True)
class _Layout:
    segment: Segment | None
    findings: Sequence[Finding]
    kind: ProcessKind | None
    settled: Collection[str]

    def nodes(self, message: type, typed: RawValue | None, *, path: str) -> tuple[Node, ...]:
        values = typed if isinstance(typed, Mapping) else {}
        return tuple(
            self._node(member, values.get(member.xml_name), path=path + member.xml_name)
            for member in members_for(message, self.segment, self.kind)
            if path + member.xml_name not in self.settled
        )

    def _node(self, member: Member, typed: RawValue | None, *, path: str) -> Node:
        field, widget = member.field, _widget(member)
        inner: tuple[Node, ...] = ()
        if widget is Widget.ITEMS:
            inner = tuple(self._items(member, typed, path=path))
        elif member.item is not None:
            inner = self.nodes(member.item, typed, path=f"{path}/")
        return Node(
            path=path,
            label=field.label,
            hint=hint(field),
            mark=_mark(member),
            required=member.required,
            widget=widget,
            typed=() if field.secret else _texts(typed),
            options=tuple(field.code or ()),
            errors=tuple(self._errors(widget, path)),
            nodes=inner,
        )

    def _errors(self, widget: Widget, path: str) -> Iterator[str]:
        for finding in self.findings:
            of_one_choice = widget is Widget.CHECKBOXES and finding.field.startswith(f"{path}[")
            if finding.field == path or of_one_choice:
                yield finding.message

    def _items(self, member: Member, typed: RawValue | None, *, path: str) -> Iterator[Node]:
        items = [] if typed is None or isinstance(typed, str | Mapping) else list(typed)
        rows = min(len(items) + _SPARE_ITEMS, most_items(member.field))
        for number, item in enumerate([*items, *[None] * _SPARE_ITEMS][:rows], start=1):
            field = replace(member.field, label=f"{member.field.label}（{number}件目）", meaning="", example="")
            yield self._node(replace(member, field=field, repeated=False), item, path=f"{path}[{number}]")


def _texts(typed: RawValue | None) -> tuple[str, ...]:
    if isinstance(typed, str):
        return (typed,)
    return () if typed is None or isinstance(typed, Mapping) else tuple(each for each in typed if isinstance(each, str))


def _widget(member: Member) -> Widget:
    field = member.field
    if member.xml_name == HIDDEN:
        return Widget.HIDDEN
    if field.form is Form.CODE:
        few = member.required and len(field.code or ()) <= _FEW_OPTIONS
        return Widget.CHECKBOXES if member.repeated else Widget.RADIOS if few else Widget.SELECT
    if member.repeated:
        return Widget.ITEMS
    return Widget.PASSWORD if field.secret else _WIDGETS[field.form]


def _mark(member: Member) -> str:
    if member.required:
        return "必須"
    if member.needed is not None:
        return f"{_kinds(member.needed.kinds)}のとき必須"
    return "" if member.allowed is None else f"{_kinds(member.allowed.kinds)}のときだけ"


def _kinds(kinds: frozenset[ProcessKind]) -> str:
    return "・".join(kind.label for kind in ProcessKind if kind in kinds)


def hint(field: Field) -> str:
    """Say what an element means and takes, as the catalogue has it."""
    takes = [
        f"形式は、{field.pattern_label}。" if field.pattern_label else _length(field),
        f"使える文字は、{field.characters_label}。" if field.characters_label else "",
        f"{field.minimum}から{field.maximum}までの整数。" if field.form is Form.INTEGER else "",
        f"例: {_example(field)}" if field.example and field.form in _SHOWN_BY_EXAMPLE else "",
    ]
    return "".join([field.meaning, *takes])


def _example(field: Field) -> str:
    """Write a moment as people do, without seconds and zone."""
    return field.example[:16].replace("T", " ") if field.form is Form.MOMENT else field.example


def _length(field: Field) -> str:
    if field.max_length is None:
        return ""
    least = f"{field.min_length}文字から" if field.min_length > 1 else ""
    return (
        f"{field.max_length}文字。" if field.min_length == field.max_length else f"{least}{field.max_length}文字まで。"
    )
