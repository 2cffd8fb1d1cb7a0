"""外部インターフェース仕様書: how the hub is called, and each interface of each segment with all its elements."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs.specification_pages.elements import Row, rows_of
from docs.specification_pages.examples import Example, example_of
from docs.specification_pages.site import Page
from schemas.catalogue import wsdl_name
from schemas.contract import Interface
from schemas.fault import HubFault
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import shown_to_current_retailer
from soap.guard import MAX_BODY
from soap.service import SoapService, response_element
from soap_api.services import DEFAULT_PUBLIC_URL, SERVICES, file_of, path_of

DOCUMENT = "interfaces.html"
_COMMON_LABEL = "共通"


@dataclass(frozen=True)
class Specified:
    """One interface as a segment has it."""

    service: SoapService
    interface: Interface

    @property
    def number(self) -> str:
        """Its number with the segment's letter."""
        return self.interface.number_in(self.service.segment)

    @property
    def request(self) -> tuple[Row, ...]:
        return tuple(rows_of(self.interface.request, self.service.segment))

    @property
    def response(self) -> tuple[Row, ...]:
        return tuple(rows_of(self.interface.response, self.service.segment))

    @property
    def response_element(self) -> str:
        """Name of the element that answers it."""
        return response_element(self.interface)

    @property
    def address(self) -> str:
        """Path that it is called at."""
        return path_of(self.service)

    @property
    def action(self) -> str:
        """Its soapAction."""
        return self.service.action(self.interface)

    @property
    def page(self) -> str:
        """File of the page that describes it."""
        return page_of(self.service)

    @property
    def example(self) -> Example:
        return example_of(self.service, self.interface)

    @property
    def tells_current_retailer(self) -> bool:
        """True for the interface of whose request the current retailer sees a part."""
        return self.interface is REFERRAL

    def shown_to_current_retailer(self, row: Row) -> bool:
        """Tell whether the current retailer sees what an element of the request holds."""
        return shown_to_current_retailer(row.member.name)


def all_specified() -> Iterator[Specified]:
    """Give every interface of every segment, in the order of the catalogue."""
    for service in SERVICES:
        for interface in service.interfaces:
            yield Specified(service, interface)


def segment_label(service: SoapService) -> str:
    """Name the segment of a service, or what all of them share."""
    return _COMMON_LABEL if service.segment is None else service.segment.label


def page_of(service: SoapService) -> str:
    """Name the file of the page of a service's interfaces."""
    return f"interfaces-{wsdl_name(service.segment).replace('_', '-')}.html"


def wsdl_link(service: SoapService) -> str:
    """Give the committed WSDL of a service, as a link from the built pages."""
    return f"../../schemas/wsdl/hub/{file_of(service).name}"


def pages() -> Iterator[Page]:
    """Make the document's pages: what holds for all, and one for each WSDL."""
    yield Page(
        DOCUMENT,
        "外部インターフェース仕様書",
        "小売電気事業者のシステムが、スイッチング支援システムを SOAP で呼び出すための仕様です。"
        "このページには、すべてに共通することとインターフェースの一覧を示します。",
        "interfaces.html",
        {
            "services": SERVICES,
            "segment_label": segment_label,
            "page_of": page_of,
            "wsdl_link": wsdl_link,
            "path_of": path_of,
            "public_url": DEFAULT_PUBLIC_URL,
            "largest": MAX_BODY // 1024,
            "specified": list(all_specified()),
            "fault": list(rows_of(HubFault, None)),
        },
    )
    for service in SERVICES:
        label = segment_label(service)
        yield Page(
            page_of(service),
            f"外部インターフェース仕様書（{label}）",
            f"{label}のインターフェースと、その要求・応答の項目です。共通の決まりは外部インターフェース仕様書の最初のページにあります。",
            "interfaces_of_segment.html",
            {"specified": [specified for specified in all_specified() if specified.service is service]},
            depth=2,
            document=DOCUMENT,
        )
