"""A message made from the catalogue, as a page shows it: its values by their names, its groups, its lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from schemas.codes import Code, ProcessKind, Segment
from schemas.contract import Member, members, members_for
from schemas.fields import Form
from web.catalogue_forms.typed_values import HIDDEN
from web.shared.words import day_words, moment_words

_NONE = "なし"
_NOT_GIVEN = "指定しない"
"""Of what a request could say and does not: it is no answer."""


@dataclass(frozen=True)
class Fact:
    """One value by its name."""

    label: str
    value: str
    note: str
    """What a bare number is of: its unit stands there."""


@dataclass(frozen=True)
class ListedItems:
    """A repeated group: a table."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Answer:
    """What stands in an answer or in a group of it."""

    label: str
    facts: tuple[Fact, ...]
    groups: tuple["Answer", ...]
    lists: tuple[ListedItems, ...]


def answer_of(
    message: type, answer: object, *, segment: Segment | None, kind: ProcessKind | None = None, label: str = ""
) -> Answer:
    """Lay an answer, or what is about to be sent, out for a page. Its message id is the sender's own and left out.

    :param kind: the 処理区分 of what is about to be sent: what it does not take is not shown as missing.
    """
    facts, groups, lists = [], [], []
    for member, value in _values(message, answer, segment, kind):
        if member.item is None:
            facts.append(_fact(member, value) if kind is None or value is not None else _left_out(member))
        elif member.repeated:
            lists.append(_listed(member, member.item, value, segment))
        elif value is not None:
            groups.append(answer_of(member.item, value, segment=segment, label=member.field.label))
        else:
            facts.append(_fact(member, None) if kind is None else _left_out(member))
    return Answer(label, tuple(facts), tuple(groups), tuple(lists))


def _fact(member: Member, value: object) -> Fact:
    note = member.field.meaning if member.field.form is Form.INTEGER else ""
    return Fact(member.field.label, _words(member, value), note)


def _left_out(member: Member) -> Fact:
    return Fact(member.field.label, _NOT_GIVEN, member.field.meaning)


def _values(
    message: type, answer: object, segment: Segment | None, kind: ProcessKind | None = None
) -> list[tuple[Member, object]]:
    values, members_there = vars(answer), members_for(message, segment, kind)
    return [(member, values[member.name]) for member in members_there if member.xml_name != HIDDEN]


def _listed(member: Member, item: type, values: object, segment: Segment | None) -> ListedItems:
    assert isinstance(values, tuple), "the catalogue keeps what is repeated in tuples"
    return ListedItems(
        member.field.label,
        tuple(column.field.label for column in members(item, segment)),
        tuple(tuple(_cell(of, cell, segment) for of, cell in _values(item, value, segment)) for value in values),
    )


def _cell(member: Member, value: object, segment: Segment | None) -> str:
    if member.item is None or value is None:
        return _words(member, value)
    values = value if isinstance(value, tuple) else (value,)
    return "、".join(
        " ".join(f"{of.field.label}: {_cell(of, inner, segment)}" for of, inner in _values(member.item, group, segment))
        for group in values
    )


def _words(member: Member, value: object) -> str:
    if value is None or value == ():
        return _NONE
    write = _WRITERS.get(member.field.form, str)
    return "、".join(map(write, value)) if isinstance(value, tuple) else write(value)


def _code_words(value: Code) -> str:
    return value.label


_WRITERS: Mapping[Form, Callable[..., str]] = {
    Form.CODE: _code_words,
    Form.DATE: day_words,
    Form.MOMENT: moment_words,
}
