"""The WSDLs hold the 54 interfaces of the field, no fewer and nothing else. Counted in the files.

The table is that of the terms §11.1, with the numbers after 11110, which are ours; it is written out here, so that it
cannot follow a mistake of the catalogue.
"""

import re

import pytest
from lxml import etree

from soap.names import WSDL, WSDL_SOAP, XML_SCHEMA
from soap.service import SoapService
from soap_api.services import SERVICES, file_of

LOW, HIGH, FIT, COMMON = "LowVoltage", "HighVoltage", "LowVoltageFit", "Common"
LETTERS = {LOW: "", HIGH: "K", FIT: "F", COMMON: ""}

RELAYED = (
    ("10110", "設備情報照会", (LOW, FIT)),
    ("10210", "使用量情報照会申請", (LOW, HIGH)),
    ("10220", "業務処理状況確認(使用量情報照会)", (LOW, HIGH)),
    ("10310", "使用量情報照会", (LOW, HIGH)),
    ("10410", "再点", (LOW, FIT)),
    ("10420", "業務処理状況確認(再点)", (LOW, FIT)),
    ("10510", "廃止・撤去", (LOW, HIGH, FIT)),
    ("10520", "業務処理状況確認(廃止・撤去)", (LOW, HIGH, FIT)),
    ("10610", "スイッチング開始申請", (LOW, HIGH, FIT)),
    ("10620", "業務処理状況確認(スイッチング開始申請)", (LOW, HIGH, FIT)),
    ("10710", "スイッチング廃止申請", (LOW, HIGH, FIT)),
    ("10720", "業務処理状況確認(スイッチング廃止申請)", (LOW, HIGH, FIT)),
    ("10810", "需要者情報変更", (LOW, HIGH)),
    ("10810", "発電者情報変更", (FIT,)),
    ("10820", "業務処理状況確認(需要者情報変更)", (LOW, HIGH)),
    ("10820", "業務処理状況確認(発電者情報変更)", (FIT,)),
    ("10910", "アンペア変更", (LOW,)),
    ("10920", "業務処理状況確認(アンペア変更)", (LOW,)),
    ("11110", "業務処理状況確認(複数件)", (LOW, HIGH, FIT)),
)
OF_THE_HUB = (
    ("12110", "スイッチング廃止取次登録", (LOW, HIGH, FIT)),
    ("12210", "スイッチング廃止取次結果照会", (LOW, HIGH, FIT)),
    ("12310", "スイッチング廃止取次照会", (LOW, HIGH, FIT)),
    ("12410", "スイッチング廃止取次判断", (LOW, HIGH, FIT)),
    ("13110", "事業者一覧取得", (COMMON,)),
)

SCREENS_ONLY = (
    "スイッチング廃止取次一括登録",
    "スイッチング開始一括申請",
    "スイッチング廃止取次一括判断",
    "スイッチング廃止一括申請",
    "ユーザ一覧表示",
    "ユーザ一覧ファイルダウンロード",
    "ユーザ詳細表示",
    "ユーザ登録",
    "ユーザ一括登録(CSV)",
    "ユーザ修正",
    "ユーザ削除",
    "ロック解除",
    "有効/無効切替",
    "パスワード再発行",
    "利用者権限設定",
    "APIレポジット閲覧",
    "API運用情報一覧表示",
    "API運用情報詳細表示",
    "インフォメーション一覧",
    "インフォメーション詳細",
)
"""What the terms of use give to screens alone: §2.2 (2), in each segment, and (3)."""
OF_SCREENS = (
    "一括登録",
    "一括申請",
    "一括判断",
    "ユーザ",
    "利用者",
    "ロック",
    "切替",
    "再発行",
    "API",
    "インフォメーション",
)
"""Words that only their names have."""

_NAMED = re.compile(r"IF([KF]?\d{5}) ([^。]+)。")


def wsdl(service: SoapService) -> etree._Element:
    return etree.fromstring(file_of(service).read_bytes())


def offered(service: SoapService) -> list[tuple[str, str]]:
    """Read number and name of each operation as the file has them: the number in its soapAction and documentation."""
    root, operations = wsdl(service), []
    actions = {
        operation.get("name"): soap.get("soapAction", "").rpartition("/")[2]
        for operation in root.findall(f"{{{WSDL}}}binding/{{{WSDL}}}operation")
        for soap in operation.findall(f"{{{WSDL_SOAP}}}operation")
    }
    for operation in root.findall(f"{{{WSDL}}}portType/{{{WSDL}}}operation"):
        named = _NAMED.match(operation.findtext(f"{{{WSDL}}}documentation", ""))
        assert named is not None, operation.get("name")
        assert actions[operation.get("name")] == named[1]
        operations.append((named[1], named[2]))
    assert len(actions) == len(operations)
    return operations


def expected(service: SoapService, table: tuple[tuple[str, str, tuple[str, ...]], ...]) -> list[tuple[str, str]]:
    letter = LETTERS[service.name]
    return [(letter + number, name) for number, name, services in table if service.name in services]


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_a_wsdl_offers_the_interfaces_of_its_segment_and_nothing_else(service: SoapService) -> None:
    assert sorted(offered(service)) == sorted(expected(service, RELAYED + OF_THE_HUB))


def test_there_are_54_of_which_41_are_relayed() -> None:
    relayed = [len(expected(service, RELAYED)) for service in SERVICES]
    of_the_hub = [len(expected(service, OF_THE_HUB)) for service in SERVICES]

    assert relayed == [17, 12, 12, 0]
    assert of_the_hub == [4, 4, 4, 1]
    assert sum(len(offered(service)) for service in SERVICES) == 54
    assert len({number for service in SERVICES for number, _ in offered(service)}) == 54


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_the_catalogue_knows_which_of_them_are_relayed(service: SoapService) -> None:
    relayed = [interface.number_in(service.segment) for interface in service.interfaces if interface.relayed]
    assert sorted(relayed) == sorted(number for number, _ in expected(service, RELAYED))


def test_no_function_of_the_screens_alone_is_offered() -> None:
    names = [name for service in SERVICES for _, name in offered(service)]

    assert set(names).isdisjoint(SCREENS_ONLY)
    assert all(any(word in function for word in OF_SCREENS) for function in SCREENS_ONLY)
    assert [name for name in names if any(word in name for word in OF_SCREENS)] == []


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_no_request_carries_many_of_anything_but_reasons(service: SoapService) -> None:
    # Terms §2.2 (2) would be a list of referrals, decisions or applications in one message: bulk is for screens.
    requests = {operation.operation for operation in service.interfaces}
    root, lists = wsdl(service), set()
    types = {kind.get("name"): kind for kind in root.iter(f"{{{XML_SCHEMA}}}complexType")}
    unvisited = [kind for name, kind in types.items() if name in requests]
    assert len(unvisited) == len(requests)
    while unvisited:
        for element in unvisited.pop().iter(f"{{{XML_SCHEMA}}}element"):
            if element.get("maxOccurs", "1") != "1":
                lists.add(element.get("name"))
            inner = types.get(element.get("type", "").rpartition(":")[2])
            unvisited += [] if inner is None else [inner]

    assert lists == (set() if service.name == COMMON else {"rejectionReasons"})


def test_what_is_answered_is_part_of_it() -> None:
    whole = {service.name: service.interfaces for service in SERVICES}
    assert [service.name for service in SERVICES] == [service.name for service in SERVICES]
    for service in SERVICES:
        assert set(service.interfaces) <= set(whole[service.name])
