"""Each of the thirteen documents that the terms promise (利用規約12.1) stands, and the index leads to it."""

from collections.abc import Mapping

import pytest

from docs.specification_pages.building import BUILT
from tests.docs.built_pages import page_of

DOCUMENTS = {
    "外部インターフェース仕様書": "interfaces.html",
    "入力チェック仕様書": "checks.html",
    "メッセージ仕様書": "messages.html",
    "画面仕様書": "screens.html",
    "WSDL定義ファイル": "../../schemas/wsdl/hub/low_voltage.wsdl",
    "コード定義書": "codes.html",
    "ファイル定義書": "files.html",
    "スイッチング支援システムでの機能棲み分け": "division.html",
    "スイッチング支援システム関連FAQ": "faq.html",
    "スイッチング支援システム業務フロー": "flows.html",
    "文字コード表": "characters.html",
    "スイッチング廃止取次における案件状態の遷移": "case-states.html",
    "スイッチング支援システム取扱マニュアル": "manual.html",
}
"""As the terms' table lists them, with the page that each is."""


@pytest.mark.parametrize(("title", "file"), DOCUMENTS.items(), ids=list(DOCUMENTS))
def test_it_stands_and_the_index_leads_to_it(title: str, file: str, files: Mapping[str, bytes]) -> None:
    index = page_of(files["index.html"])
    words = index.xpath("string(//a[@href=$file])", file=file)

    if file in files:
        assert words == title == page_of(files[file]).xpath("string(//h1)")
    else:
        assert words and (BUILT / file).resolve().is_file()


def test_they_are_thirteen_in_the_order_of_the_terms(files: Mapping[str, bytes]) -> None:
    listed = page_of(files["index.html"]).xpath("//h2[@id='documents']/following-sibling::table[1]//a/@href")

    assert len(DOCUMENTS) == 13
    assert list(map(str, listed)) == [file for file in DOCUMENTS.values() if file in files]
