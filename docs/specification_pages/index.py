"""The page that leads to all others."""

from collections.abc import Iterable, Iterator

from docs.specification_pages.interfaces import page_of, segment_label, wsdl_link
from docs.specification_pages.site import Page
from soap_api.services import SERVICES


def pages(others: Iterable[Page]) -> Iterator[Page]:
    """Make the page, which lists the documents among ``others``."""
    yield Page(
        "index.html",
        "スイッチング支援システム 技術資料",
        "利用規約12.1の技術資料です。インターフェースのカタログ、業務の規則、プログラムから作成しています。",
        "index.html",
        {
            "documents": [page for page in others if not page.document],
            "services": SERVICES,
            "page_of": page_of,
            "segment_label": segment_label,
            "wsdl_link": wsdl_link,
        },
    )
