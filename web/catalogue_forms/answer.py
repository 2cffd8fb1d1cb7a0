"""A message made from the catalogue, as a page shows it: its values by their names, its groups, its lists."""

from collections.abc import Callable, Collection, Mapping
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
    meaning: str
    is_secret: bool = False
    """True where the value opens something: it is there to be copied, once."""


@dataclass(frozen=True)
class ListedRow:
    """An item of a repeated group."""

    cells: tuple[str, ...]
    """In the order of the columns."""
    more: tuple[tuple[str, str], ...]
    """What has no column, each by its name; what the item does not say is left out."""


@dataclass(frozen=True)
class ListedItems:
    """A repeated group: a table."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[ListedRow, ...]


@dataclass(frozen=True)
class Answer:
    """What stands in an answer or in a group of it."""

    label: str
    facts: tuple[Fact, ...]
    groups: tuple["Answer", ...]
    lists: tuple[ListedItems, ...]


def answer_of(
    message: type,
    answer: object,
    *,
    segment: Segment | None,
    kind: ProcessKind | None = None,
    label: str = "",
    leading: Collection[str] = (),
    elsewhere: Collection[str] = (),
) -> Answer:
    """Lay an answer, or what is about to be sent, out for a page. Its message id is the sender's own and left out.

    :param kind: the 処理区分 of what is about to be sent: what it does not take is not shown as missing.
    :param leading: names of what has a column in a list of items that say more than a page is wide; empty for all.
    :param elsewhere: names of what the page shows by itself.
    """
    facts, groups, lists = [], [], []
    for member, value in _values(message, answer, segment, kind):
        if member.name in elsewhere or _says_again(member, answer):
            continue
        if member.item is None:
            facts.append(_fact(member, value) if kind is None or value is not None else _left_out(member))
        elif member.repeated:
            lists.append(_listed(member, member.item, value, segment, leading))
        elif value is not None:
            groups.append(answer_of(member.item, value, segment=segment, label=member.field.label))
        else:
            facts.append(_fact(member, None) if kind is None else _left_out(member))
    return Answer(label, tuple(facts), tuple(groups), tuple(lists))


def _fact(member: Member, value: object) -> Fact:
    note = member.field.meaning if member.field.form is Form.INTEGER else ""
    return Fact(member.field.label, _words(member, value), note, member.field.meaning, member.field.secret)


def _left_out(member: Member) -> Fact:
    return Fact(member.field.label, _NOT_GIVEN, member.field.meaning, member.field.meaning)


def _values(
    message: type, answer: object, segment: Segment | None, kind: ProcessKind | None = None
) -> list[tuple[Member, object]]:
    values, members_there = vars(answer), members_for(message, segment, kind)
    return [(member, values[member.name]) for member in members_there if member.xml_name != HIDDEN]


def _says_again(member: Member, answer: object) -> bool:
    """Tell whether a name says what the code beside it says, which a page shows by its word."""
    values = vars(answer)
    code = values.get(member.name.removesuffix("_name")) if member.name.endswith("_name") else None
    return isinstance(code, Code) and values[member.name] == code.label


def _listed(
    member: Member, item: type, values: object, segment: Segment | None, leading: Collection[str]
) -> ListedItems:
    assert isinstance(values, tuple), "the catalogue keeps what is repeated in tuples"
    columns = [
        each
        for each in members(item, segment)
        if each.name in leading or (not leading and not all(_says_again(each, value) for value in values))
    ]
    names = {column.name for column in columns}
    rows = tuple(_row(item, value, names, segment) for value in values)
    return ListedItems(member.field.label, tuple(column.field.label for column in columns), rows)


def _row(item: type, value: object, names: Collection[str], segment: Segment | None) -> ListedRow:
    said = _values(item, value, segment)
    more = [
        (of.field.label, _cell(of, inner, segment))
        for of, inner in said
        if of.name not in names and inner not in (None, ()) and not _says_again(of, value)
    ]
    return ListedRow(tuple(_cell(of, inner, segment) for of, inner in said if of.name in names), tuple(more))


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
