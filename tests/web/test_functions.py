"""Every function of the terms' §2.2 (1) and (2), in every segment that has it, has a screen for people: 40 and 12."""

from collections.abc import Iterator

import pytest

from models.database import Database
from rules.bulk.kinds import BulkKind
from schemas.catalogue import BY_NUMBER
from schemas.codes import ProcessKind, Segment
from schemas.contract import SEGMENT_LETTER, Interface
from schemas.interfaces.decision import DECISION
from tests.support.cast import DECIDER, register_cast
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get
from web.inquiries.screens import COMMON
from web.shared import inquiries, requests

_LOW, _HIGH, _FIT = Segment
FUNCTIONS: dict[Segment | None, dict[str, tuple[str, ...]]] = {
    _LOW: {
        "設備情報照会": ("10110",),
        "使用量情報照会申請": ("10210",),
        "使用量情報照会": ("10310",),
        "再点": ("10410",),
        "廃止・撤去": ("10510",),
        "スイッチング廃止取次登録": ("12110",),
        "スイッチング廃止取次結果照会": ("12210",),
        "スイッチング開始申請": ("10610",),
        "スイッチング廃止取次照会": ("12310",),
        "スイッチング廃止取次判断": ("12410",),
        "スイッチング廃止申請": ("10710",),
        "アンペア変更": ("10910",),
        "需要者情報変更": ("10810",),
        "業務処理状況確認": ("10220", "10420", "10520", "10620", "10720", "10820", "10920"),
        "業務処理状況確認(複数件)": ("11110",),
    },
    _HIGH: {
        "使用量情報照会申請": ("10210",),
        "使用量情報照会": ("10310",),
        "廃止・撤去": ("10510",),
        "スイッチング廃止取次登録": ("12110",),
        "スイッチング廃止取次結果照会": ("12210",),
        "スイッチング開始申請": ("10610",),
        "スイッチング廃止取次照会": ("12310",),
        "スイッチング廃止取次判断": ("12410",),
        "スイッチング廃止申請": ("10710",),
        "需要者情報変更": ("10810",),
        "業務処理状況確認": ("10220", "10520", "10620", "10720", "10820"),
        "業務処理状況確認(複数件)": ("11110",),
    },
    _FIT: {
        "設備情報照会": ("10110",),
        "再点": ("10410",),
        "廃止・撤去": ("10510",),
        "スイッチング廃止取次登録": ("12110",),
        "スイッチング廃止取次結果照会": ("12210",),
        "スイッチング開始申請": ("10610",),
        "スイッチング廃止取次照会": ("12310",),
        "スイッチング廃止取次判断": ("12410",),
        "スイッチング廃止申請": ("10710",),
        "発電者情報変更": ("10810",),
        "業務処理状況確認": ("10420", "10520", "10620", "10720", "10820"),
        "業務処理状況確認(複数件)": ("11110",),
    },
    None: {"事業者一覧取得": ("13110",)},
}
"""As the terms list them, with the interfaces by which systems have the same."""
WITHOUT_SCREEN: frozenset[tuple[str, str]] = frozenset()
"""Segment and function; it may only become shorter."""

BULK_FUNCTIONS = {
    "スイッチング廃止取次一括登録": "12110",
    "スイッチング開始一括申請": "10610",
    "スイッチング廃止取次一括判断": "12410",
    "スイッチング廃止一括申請": "10710",
}
"""As the terms' §2.2 (2) lists them in each segment, with the interface that a row of a file is a message of."""

ALL = [(segment, name, numbers) for segment, functions in FUNCTIONS.items() for name, numbers in functions.items()]


def test_there_are_forty_of_them_and_they_are_all_the_catalogue_has() -> None:
    listed = {
        SEGMENT_LETTER.get(segment, "") + number
        for segment, functions in FUNCTIONS.items()
        for numbers in functions.values()
        for number in numbers
    }

    assert sum(map(len, FUNCTIONS.values())) == 40
    assert listed == set(BY_NUMBER)
    assert frozenset() == WITHOUT_SCREEN


@pytest.mark.parametrize(
    ("segment", "numbers"),
    [(segment, numbers) for segment, _, numbers in ALL],
    ids=[f"{COMMON if segment is None else segment.value}-{name}" for segment, name, _ in ALL],
)
def test_each_has_a_screen(
    segment: Segment | None, numbers: tuple[str, ...], browsers: Browsers, database: Database
) -> None:
    with database.transaction() as session:
        register_cast(session)
    client = browsers.of(DECIDER)

    for number in numbers:
        interface = BY_NUMBER[SEGMENT_LETTER.get(segment, "") + number]
        pages = list(_addresses(interface, segment, database))
        assert pages, interface.label
        for address in pages:
            heading = str(get(client, address).xpath("string(//h1)"))
            assert interface.label.removeprefix("スイッチング廃止") in heading or interface.label in heading, address


def test_there_are_twelve_bulk_functions_and_no_other_kinds_of_files() -> None:
    assert len(BULK_FUNCTIONS) * len(Segment) == 12
    assert {kind.label: kind.interface.number for kind in BulkKind} == BULK_FUNCTIONS
    assert all(kind.interface.segments == set(Segment) for kind in BulkKind)


@pytest.mark.parametrize("segment", Segment, ids=[segment.value for segment in Segment])
@pytest.mark.parametrize("name", BULK_FUNCTIONS)
def test_each_bulk_function_has_a_screen_that_takes_a_file(
    name: str, segment: Segment, browsers: Browsers, database: Database
) -> None:
    with database.transaction() as session:
        register_cast(session)
    client = browsers.of(DECIDER)
    (section,) = get(client, "/bulk").xpath("//section[@aria-labelledby=$segment]", segment=segment.value)
    (address,) = section.xpath(".//li[.//strong[text()=$name]]//a/@href", name=name)

    page = get(client, address)

    assert page.xpath("string(//h1)") == f"{name}（{segment.label}）"
    assert page.xpath("//form[@enctype='multipart/form-data']//input[@type='file']")


def _addresses(interface: Interface, segment: Segment | None, database: Database) -> Iterator[str]:
    """Give the pages by which people begin what an interface does."""
    place = COMMON if segment is None else segment.value
    if interface in inquiries.INTERFACES:
        yield f"/inquiries/{interface.number}/{place}"
    elif interface in requests.INTERFACES:
        yield from (f"/requests/{interface.number}/{place}/{process.value}" for process in ProcessKind)
    elif interface is DECISION and segment is not None:
        yield f"/cases/{open_case(database, segment=segment)}/decision"
