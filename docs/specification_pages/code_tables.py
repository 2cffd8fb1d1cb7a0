"""コード定義書: every code of the hub, with its values and the elements that carry it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docs.specification_pages.elements import Row, rows_of
from docs.specification_pages.interfaces import all_specified
from docs.specification_pages.site import Page, data
from schemas import codes
from schemas.codes import ENDED_PHASES, Code
from schemas.fault import HubFault


@dataclass(frozen=True)
class CodeTable:
    """One code."""

    code: type[Code]
    label: str
    carried_by: Mapping[str, tuple[str, ...]]
    """By the Japanese name of an element: the numbers of the interfaces that have it. Empty for a code of the screens
    and files alone."""

    @property
    def name(self) -> str:
        """The name of its type in the WSDLs."""
        return self.code.__name__


def all_codes() -> tuple[type[Code], ...]:
    """Give every code of the contract, in the order of their module."""
    tables = (value for value in vars(codes).values() if isinstance(value, type) and issubclass(value, Code))
    return tuple(code for code in tables if code is not Code)


def code_tables() -> tuple[CodeTable, ...]:
    """Say of every code what it is called and what carries it."""
    names: Mapping[str, str] = data("code_names.yaml")
    carried: dict[type[Code], dict[str, list[str]]] = {}
    for number, row in _rows():
        if row.field.code is not None:
            numbers = carried.setdefault(row.field.code, {}).setdefault(row.field.label, [])
            if number not in numbers:
                numbers.append(number)
    return tuple(
        CodeTable(code, names[code.__name__], {label: tuple(each) for label, each in carried.get(code, {}).items()})
        for code in all_codes()
    )


def _rows() -> Iterator[tuple[str, Row]]:
    for interface in all_specified():
        for row in (*interface.request, *interface.response):
            yield interface.number, row
    for row in rows_of(HubFault, None):
        yield "HubFault", row


def pages() -> Iterator[Page]:
    yield Page(
        "codes.html",
        "コード定義書",
        "電文・画面・ファイルで使うコードです。電文では「値」を送り、画面では「名称」を表示します。",
        "codes.html",
        {"tables": code_tables(), "ended": ENDED_PHASES},
    )
