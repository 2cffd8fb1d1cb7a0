"""What the front says no with, in the words of the face it stands before: Envoy's own answers, shaped.

An answer of a process behind it passes as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template

from deploy.front.envoy_types import Config, header
from schemas.catalogue import COMMON, namespace
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from soap.envelope import to_bytes
from soap.faults import fault_envelope
from soap.guard import status_of
from soap.names import CONTENT_TYPE, RETRY_AFTER

_TAKEN_AND_LOST: Config = {"response_flag_filter": {"flags": ["UC", "UR", "UPE"]}}
"""A process had the request, and ended before it answered: what became of it is open."""
_TAKEN_BY_NONE: Config = {"response_flag_filter": {"flags": ["UF", "UH", "UO", "URX"]}}
"""No process had the request: none is there, or none is free."""
_TOO_MUCH: Config = {"response_flag_filter": {"flags": ["OM"]}}
"""The front itself has too much to do, and looked at nothing but the connection."""


@dataclass(frozen=True)
class _Case:
    """Which of Envoy's answers, and what it becomes."""

    filter: Config
    code: RefusalCode


def _status(operator: str, status: int) -> Config:
    value = {"default_value": status, "runtime_key": "front.status"}  # no such key is ever set; Envoy wants a name
    return {"status_code_filter": {"comparison": {"op": operator, "value": value}}}


_CASES = (
    _Case(_TAKEN_AND_LOST, RefusalCode.INTERNAL),
    _Case(_TAKEN_BY_NONE, RefusalCode.OVERLOADED),
    _Case(_status("EQ", 404), RefusalCode.UNKNOWN_ADDRESS),
    _Case(_status("EQ", 408), RefusalCode.TOO_SLOW),
    _Case(_status("EQ", 413), RefusalCode.TOO_LARGE),
    _Case(_status("EQ", 501), RefusalCode.BAD_REQUEST),
    _Case(_status("EQ", 503), RefusalCode.OVERLOADED),
    _Case(_status("GE", 500), RefusalCode.INTERNAL),
    _Case(_status("GE", 400), RefusalCode.BAD_REQUEST),
)
"""The first that fits counts."""


def soap_refusals(paths: Iterable[str]) -> Config:
    """Answer with typed SOAP faults, as the hub itself does: in the namespace of the service that was asked.

    :param paths: the addresses of the services, whose routes tell the namespace.
    """
    known = _known(paths)
    mappers = [_soap_mapper(_Case(_TOO_MUCH, RefusalCode.OVERLOADED), namespace(COMMON))]
    for case in _CASES:
        of_service = _Case({"and_filter": {"filters": [case.filter, *known]}}, case.code)
        mappers += [_soap_mapper(of_service, _NAMESPACE_OF_ROUTE), _soap_mapper(case, namespace(COMMON))]
    return {"mappers": mappers}


def namespace_of_route(service_namespace: str) -> Config:
    """Say beside a route what the faults of its service are written in."""
    return {"filter_metadata": {"hub": {"namespace": service_namespace}}}


_NAMESPACE_OF_ROUTE = "%METADATA(ROUTE:hub:namespace)%"


def _known(paths: Iterable[str]) -> list[Config]:
    """Tell whether a request was understood well enough to have found its route."""
    regex = f"({'|'.join(sorted(paths))})([?].*)?"
    path = {"name": ":path", "string_match": {"safe_regex": {"regex": regex}}}
    return [{"header_filter": {"header": each}} for each in (path, {"name": ":authority", "present_match": True})]


def _soap_mapper(case: _Case, written_in: str) -> Config:
    fault = to_bytes(fault_envelope(Refusal(case.code), namespace=_PLACE)).decode()
    return _mapper(case, content_type=CONTENT_TYPE, body=fault.replace("%", "%%").replace(_PLACE, written_in))


_PLACE = "urn:the-namespace"


def page_refusals() -> Config:
    """Answer with small pages."""
    return {
        "mappers": [_mapper(case, content_type="text/html; charset=utf-8", body=_page(case.code)) for case in _CASES]
    }


def _mapper(case: _Case, *, content_type: str, body: str) -> Config:
    pause = Refusal(case.code).retry_after
    mapper: Config = {
        "filter": case.filter,
        "status_code": int(status_of(case.code).split()[0]),
        "body_format_override": {
            "text_format_source": {"inline_string": body},
            "content_type": content_type,
        },
    }
    return mapper if pause is None else mapper | {"headers_to_add": [header(RETRY_AFTER, str(pause))]}


_PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
_WORDS = {
    RefusalCode.UNKNOWN_ADDRESS: ("ページがありません", "アドレスを確認してください。"),
    RefusalCode.TOO_LARGE: ("送信された内容が大きすぎます", "1MiB以下に分けて、もう一度送信してください。"),
    RefusalCode.TOO_SLOW: ("通信が途中で止まりました", "通信の状態を確認して、もう一度開いてください。"),
    RefusalCode.OVERLOADED: ("ただいま混み合っています", "少し待ってから、もう一度開いてください。"),
    RefusalCode.INTERNAL: (
        "システム内部で誤りが発生しました",
        "少し待ってから、もう一度開いてください。送信の途中だったときは、案件の画面で結果を確認してください。",
    ),
    RefusalCode.BAD_REQUEST: ("要求を受け付けられません", "ブラウザーを開き直して、もう一度開いてください。"),
}


def _page(code: RefusalCode) -> str:
    title, text = _WORDS[code]
    return _PAGE.substitute(title=title, text=text).replace("%", "%%")
