"""Messages made to do harm: each is refused with its own code, soon, and without reading anything else."""

import gzip
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from lxml import etree

from soap.envelope_reader import MOST_NAMES, MOST_PIECES
from soap.guard import MAX_BODY
from soap.names import SOAP_ENVELOPE, XML_SCHEMA
from tests.soap_support.answers import Answer
from tests.soap_support.calls import ask
from tests.soap_support.envelopes import envelope
from tests.soap_support.toy import TOY, toy_application, toy_wsdl

WSDLS = Path(__file__).parents[2] / "schemas" / "wsdl"
APPLICATION = toy_application()
NS = TOY.namespace
ECHO = f"<h:echo xmlns:h='{NS}'><h:messageId>M-1</h:messageId><h:text>%s</h:text></h:echo>"


def send(body: bytes, **environ: Any) -> Answer:
    return ask(APPLICATION, body, wsdl=toy_wsdl(), **environ)


def with_doctype(doctype: str, text: str) -> str:
    return doctype + envelope(ECHO % text).decode()


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE a PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]>',
        '<?xml version="1.0"?>\n<!-- before -->\n<!DOCTYPE a [<!ATTLIST a b CDATA "c">]>',
    ],
    ids=range(9),
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_in_every_encoding(doctype: str, encoding: str) -> None:
    answer = send(with_doctype(doctype, "&x;").encode(encoding), CONTENT_TYPE=f"text/xml; charset={encoding}")
    assert (answer.status, answer.code) == (500, "HUB-T006")


def test_no_file_is_read_for_an_external_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    answer = send(with_doctype(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', "&x;").encode())
    assert b"SECRET" not in answer.body


def test_an_undefined_entity_and_a_lower_case_doctype_are_no_xml() -> None:
    assert send(envelope(ECHO % "&x;")).code == "HUB-T005"
    assert send(with_doctype("<!doctype a>", "x").encode()).code == "HUB-T005"


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    body = envelope("<a>" * depth + "</a>" * depth)
    assert send(body).code in ("HUB-T004", "HUB-T005")


@pytest.mark.parametrize(
    "inside",
    [
        "<a/>" * 250_000,
        "<h:text/>" * 110_000,
        "<h:areas>01</h:areas>" * 45_000,
        "<h:rows/>" * 110_000,
        f"<h:{'n' * 40_000}/>",
        f"<h:text>{'長' * 300_000}</h:text>",
        "<h:inner>" + "<h:name>都</h:name>" * 40_000 + "</h:inner>",
    ],
    ids=["elements", "repeated", "items", "groups", "name", "text", "inside a group"],
)
def test_a_wrong_message_below_the_size_limit_costs_little(inside: str) -> None:
    assert _cheap(f"<h:echo xmlns:h='{NS}'>{inside}</h:echo>").code == "HUB-F001"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"<h:echo xmlns:h='{NS}' {' '.join(f'a{n}=$1$' for n in range(60_000))}/>", "HUB-F001"),
        ("".join(f"<a{n} xmlns='urn:{n}'/>" for n in range(30_000)), "HUB-F001"),
        ("<a>" + "&#x41;" * 150_000 + "</a>", "HUB-T008"),
    ],
    ids=["attributes", "children", "references"],
)
def test_a_strange_message_below_the_size_limit_costs_little(content: str, code: str) -> None:
    assert _cheap(content.replace("$", '"')).code == code


def _cheap(content: str) -> Answer:
    body = envelope(content)
    assert len(body) <= MAX_BODY
    before = process_time()
    answer = send(body)
    assert process_time() - before < 4  # seconds of this process; a tenth of it is usual
    assert len(answer.body) < 200_000, "an answer is not as large as what was sent"
    return answer


def test_thousands_of_headers_cost_little() -> None:
    before = process_time()
    answer = send(envelope(ECHO % "x", header="<x/>" * 200_000))
    assert answer.status == 200
    assert process_time() - before < 4


def test_a_compressed_bomb_is_not_inflated() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert send(bomb, HTTP_CONTENT_ENCODING="gzip").code == "HUB-T003"
    assert send(bomb).code == "HUB-T005"


@pytest.mark.parametrize(
    "body",
    [
        envelope(ECHO % "x" + ECHO % "y"),
        envelope(ECHO % "x").replace(b"</e:Body>", b"</e:Body><e:Body/>"),
        envelope(ECHO % "x").replace(b"<e:Body>", b"<e:Body/><e:Body>"),
        envelope(ECHO % "x").replace(b"</e:Body>", b"</e:Body><e:Header/>"),
        envelope(ECHO % "x", header="<a/>").replace(b"<e:Header>", b"<e:Header/><e:Header>"),
        envelope(ECHO % "x").replace(b"</e:Body>", b"</e:Body><x xmlns='urn:x'/>"),
        envelope(None),
        f"<e:Body xmlns:e='{SOAP_ENVELOPE}'>{ECHO % 'x'}</e:Body>".encode(),
        f"<Envelope><Body>{ECHO % 'x'}</Body></Envelope>".encode(),
    ],
    ids=[
        "two requests",
        "two bodies",
        "empty body first",
        "header last",
        "two headers",
        "trailer",
        "empty",
        "no envelope",
        "no namespace",
    ],
)
def test_an_envelope_has_one_body_with_one_request(body: bytes) -> None:
    answer = send(body)
    assert (answer.status, answer.code) == (500, "HUB-T007")


SOUND = envelope(ECHO % "x", header="<x:Trace xmlns:x='urn:x'>1</x:Trace>")


@pytest.mark.parametrize("text", ["text", "東", "&#x41;", "<![CDATA[x]]>", "\u3000"])
@pytest.mark.parametrize(
    "tag", ["<e:Body>", "</e:Body>", "<e:Header>", "</e:Header>", "</h:echo>", "</x:Trace>"], ids=lambda tag: tag
)
def test_text_directly_inside_the_envelope_or_its_parts_is_refused(tag: str, text: str) -> None:
    answer = send(SOUND.replace(tag.encode(), (tag + text).encode()))
    assert (answer.status, answer.code) == (500, "HUB-T007")
    assert answer.broken_rules == {(None, "envelope-text")}


@pytest.mark.parametrize("between", [" \r\n\t", "<!-- text -->", "<?a b?>", "&#x20;", "<![CDATA[ ]]>"])
def test_white_space_and_comments_may_stand_anywhere_in_the_envelope(between: str) -> None:
    assert send(SOUND.replace(b"><", f">{between}<".encode())).status == 200


def test_a_request_has_no_more_pieces_than_are_looked_at() -> None:
    rows = "<h:rows xmlns:n='urn:n' n:a='1' />" * (MOST_PIECES // 3 + 1)
    answer = send(envelope(f"<h:echo xmlns:h='{NS}'>{rows}</h:echo>"))
    assert (answer.code, answer.broken_rules) == ("HUB-F001", {(None, "pieces")})


@pytest.mark.parametrize(
    "named", ["<n{}/>", "<a n{}='1'/>", "<a xmlns='urn:{}'/>"], ids=["elements", "attributes", "namespaces"]
)
@pytest.mark.parametrize("part", ["<e:Header>", "</h:messageId>"], ids=["header", "request"])
def test_a_message_is_read_no_further_than_it_can_have_names(part: str, named: str) -> None:
    many = "".join(named.format(number) for number in range(MOST_NAMES))
    answer = send(SOUND.replace(part.encode(), f"{part}<x>{many}</x><".encode()))
    assert (answer.code, answer.broken_rules) == ("HUB-F001", {(None, "names")})


@pytest.mark.parametrize("wsdl", sorted(WSDLS.rglob("*.wsdl")), ids=lambda wsdl: f"{wsdl.parent.name}-{wsdl.stem}")
def test_a_whole_contract_has_half_as_many_names_as_are_read(wsdl: Path) -> None:
    names = {element.get("name") for element in etree.parse(wsdl).iter(f"{{{XML_SCHEMA}}}element")}
    assert 10 < len(names) < MOST_NAMES // 2


def test_attributes_that_are_too_many_are_counted_before_the_element_is_parsed() -> None:
    many = "".join(f" a{number}='>'" for number in range(MOST_PIECES + 1))
    answer = send(envelope(f"<h:echo xmlns:h='{NS}'{many}"))  # the end of the element, where a parser would tell
    assert (answer.code, answer.broken_rules) == ("HUB-F001", {(None, "pieces")})


def test_what_is_no_xml_is_told_so_wherever_it_breaks() -> None:
    assert send(b"<a>text</b>").code == "HUB-T005"
    assert send(envelope(ECHO % "x" + "text") + b"<").code == "HUB-T005"


@pytest.mark.parametrize(
    "content",
    [
        f"<h:echoResponse xmlns:h='{NS}'/>",
        f"<h:Echo xmlns:h='{NS}'/>",
        f"<h:HubFault xmlns:h='{NS}'/>",
        "<h:echo xmlns:h='urn:jp:switching-hub:2026:low_voltage'/>",
        "<echo/>",
        f"<e:Fault xmlns:e='{SOAP_ENVELOPE}'><faultcode>e:Client</faultcode><faultstring>x</faultstring></e:Fault>",
    ],
)
def test_what_is_no_operation_of_this_address_is_refused(content: str) -> None:
    answer = send(envelope(content))
    assert (answer.status, answer.code) == (500, "HUB-T008")


def test_references_across_the_message_are_not_resolved() -> None:
    linked = "<h:text href='#a'/><h:inner id='a'><h:name href='#a'/></h:inner>"
    answer = send(envelope(f"<h:echo xmlns:h='{NS}'><h:messageId>M-1</h:messageId>{linked}</h:echo>"))
    assert {("text", "attribute"), ("inner", "attribute"), ("inner/name", "attribute")} <= answer.broken_rules


def test_comments_and_processing_instructions_do_not_split_a_value() -> None:
    text = "東<!-- a -->京<?b c?>都<![CDATA[港区]]>&#x6E2F;"
    assert "東京都港区港".encode() in send(envelope(ECHO % text)).body


def test_the_place_of_an_error_is_told_without_quoting_the_message() -> None:
    answer = send(b"<a>\n<SECRET>&SECRET;</a>")
    assert answer.code == "HUB-T005"
    assert "2行" in answer.findings[0].message
    assert b"SECRET" not in answer.body


@pytest.mark.parametrize("prefix", ["", "h", "e"])
def test_a_request_is_found_whatever_prefix_it_has(prefix: str) -> None:
    tag, mark = (f"{prefix}:", f":{prefix}") if prefix else ("", "")
    content = f"<{tag}messageId>M-1</{tag}messageId><{tag}text>都</{tag}text>"
    assert send(envelope(f"<{tag}echo xmlns{mark}='{NS}'>{content}</{tag}echo>")).status == 200
