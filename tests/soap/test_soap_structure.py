"""What is wrong with the structure of a message is told together with what is wrong with its values."""

from typing import cast

import pytest

from soap.names import XML_SCHEMA
from tests.soap_support.answers import Answer
from tests.soap_support.calls import ask
from tests.soap_support.envelopes import envelope
from tests.soap_support.toy import TOY, ToyResponse, toy_application, toy_wsdl

APPLICATION = toy_application()
HEAD = "<messageId>M-1</messageId><text>東京都</text>"
XSI = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"


def send(inside: str, attributes: str = "") -> Answer:
    body = envelope(f"<echo xmlns='{TOY.namespace}' {XSI} {attributes}>{inside}</echo>")
    return ask(APPLICATION, body, wsdl=toy_wsdl())


@pytest.mark.parametrize(
    ("inside", "broken"),
    [
        (HEAD + "<strange/>", {("strange", "unknown-element")}),
        (HEAD + "<inner><name>都</name><strange/></inner>", {("inner/strange", "unknown-element")}),
        (HEAD + "<number>1</number><number>2</number>", {("number", "repeated-element")}),
        (HEAD + "<inner><name>都</name><name>都</name></inner>", {("inner/name", "repeated-element")}),
        ("<text>都</text><messageId>M-1</messageId>", {("messageId", "element-order")}),
        (HEAD + "<areas>03</areas><number>1</number><areas>03</areas>", {("number", "element-order")}),
        (HEAD + "<inner><area>03</area><name>都</name></inner>", {("inner/name", "element-order")}),
        (HEAD + "<number xmlns=''>1</number>", {("number", "namespace")}),
        (HEAD + "<number xmlns='urn:other'>1</number>", {("number", "namespace")}),
        (HEAD + "<inner><name xmlns='urn:other'>都</name></inner>", {("inner/name", "namespace")}),
        (HEAD + "<number xsi:nil='true'/>", {("number", "nil")}),
        (HEAD + "<inner xsi:nil='true'/>", {("inner", "nil")}),
        (HEAD + "<areas xsi:nil='1'/>", {("areas[1]", "nil")}),
        ("<messageId>M-1</messageId><text xsi:nil='true'/>", {("text", "nil")}),
        (HEAD + "<number a='1'>1</number>", {("number", "attribute")}),
        (HEAD + "<number xsi:type='x'>1</number>", {("number", "attribute")}),
        (HEAD + "<inner a='1'><name>都</name></inner>", {("inner", "attribute")}),
        (HEAD + "<areas a='1'>03</areas>", {("areas[1]", "attribute")}),
        (HEAD + "<inner>text</inner>", {("inner", "group")}),
        (HEAD + "<inner>text<name>都</name></inner>", {("inner", "text")}),
        (HEAD + "<inner><name>都</name>text</inner>", {("inner", "text")}),
        (HEAD + "text", {(None, "text")}),
        (HEAD + "<number><one/></number>", {("number", "plain-value")}),
        (HEAD + "<areas><one/></areas>", {("areas[1]", "plain-value")}),
        (HEAD + "<inner/>", {("inner/name", "required")}),
        (HEAD + "<areas>03</areas><areas>03</areas><areas>03</areas><areas>03</areas>", {("areas", "max-items")}),
        (HEAD + "<areas/>", {("areas[1]", "code")}),
    ],
)
def test_each_fault_of_structure_is_named(inside: str, broken: set[tuple[str | None, str]]) -> None:
    answer = send(inside)
    assert answer.code == "HUB-F001"
    assert answer.broken_rules == broken


@pytest.mark.parametrize(
    ("inside", "attributes"),
    [
        pytest.param(HEAD, "xsi:schemaLocation='urn:a a.xsd'", id="where the schema is"),
        pytest.param(HEAD, "xsi:noNamespaceSchemaLocation='a.xsd'", id="where a schema without namespace is"),
        pytest.param(HEAD + "<inner xsi:schemaLocation='urn:a a.xsd'><name>都</name></inner>", "", id="in a group"),
        pytest.param(HEAD, f"xmlns:t='{TOY.namespace}' xsi:type='t:echo'", id="type of the message"),
        pytest.param(HEAD, "xsi:type='echo'", id="type without a prefix, in the namespace that holds there"),
        pytest.param(HEAD + "<inner xsi:type='ToyGroup'><name>都</name></inner>", "", id="type of a group"),
        pytest.param(HEAD + "<flag xsi:type='Flag'>yes</flag>", "", id="type of a code"),
        pytest.param(HEAD + "<day xsi:type='xs:date'>2026-08-12</day>", "", id="what a nameless type is built on"),
        pytest.param(HEAD + "<number xsi:type=' xs:integer '>1</number>", "", id="white space around the name"),
    ],
)
def test_hints_of_xml_schema_that_change_nothing_are_taken(inside: str, attributes: str) -> None:
    assert send(inside, f"xmlns:xs='{XML_SCHEMA}' {attributes}").status == 200


@pytest.mark.parametrize(
    ("inside", "field"),
    [
        (HEAD + "<number xsi:type='xs:string'>1</number>", "number"),
        (HEAD + "<number xsi:type='integer'>1</number>", "number"),
        (HEAD + "<number xsi:type='nobody:integer'>1</number>", "number"),
        (HEAD + "<inner xsi:type='echo'><name>都</name></inner>", "inner"),
        (HEAD + "<flag xsi:type='xs:string'>yes</flag>", "flag"),
        (HEAD + "<flag xsi:type='Flag' xsi:other='a'>yes</flag>", "flag"),
    ],
)
def test_another_type_than_the_declared_one_is_refused(inside: str, field: str) -> None:
    assert send(inside, f"xmlns:xs='{XML_SCHEMA}'").broken_rules == {(field, "attribute")}


def test_an_attribute_of_the_request_itself_is_a_fault() -> None:
    assert send(HEAD, "version='2'").broken_rules == {(None, "attribute")}


def test_structure_and_values_are_told_at_once() -> None:
    answer = send(
        "<messageId>M 1</messageId><number>x</number><flag>maybe</flag><strange/>"
        "<areas>99</areas><inner><area>11</area></inner><rows><name>ｶﾅ</name></rows>"
    )
    assert answer.broken_rules == {
        ("messageId", "characters"),
        ("text", "required"),
        ("flag", "element-order"),
        ("flag", "code"),
        ("number", "integer"),
        ("strange", "unknown-element"),
        ("areas[1]", "code"),
        ("inner/name", "required"),
        ("inner/area", "code"),
        ("rows[1]/name", "characters"),
    }


def test_every_finding_has_words_in_japanese_and_what_to_do() -> None:
    answer = send("<messageId>M 1</messageId><strange/><number a='1'>x</number><flag xsi:nil='1'/>")
    assert len(answer.findings) >= 5
    for finding in answer.findings:
        assert finding.message.endswith("。")
        assert finding.action.endswith("。")


def test_a_message_of_strange_elements_is_not_answered_in_kind() -> None:
    assert len(send(HEAD + "".join(f"<a{number % 200}/>" for number in range(5_000))).findings) == 100


def test_groups_and_lists_are_read_in_their_order() -> None:
    response = cast(
        ToyResponse,
        send(
            HEAD + "<areas>10</areas><areas> 01 </areas><inner> <name>髙橋</name> </inner>"
            "<rows><name>一</name></rows><rows><name>二</name><area>06</area></rows>"
        ).read(ToyResponse),
    )
    assert [area.label for area in response.areas] == ["沖縄", "北海道"]
    assert response.inner is not None
    assert response.inner.name == "髙橋"
    assert [(row.name, row.area) for row in response.rows] == [("一", None), ("二", "06")]


def test_an_empty_optional_element_counts_as_left_out() -> None:
    assert cast(ToyResponse, send(HEAD + "<flag/><number></number>").read(ToyResponse)).number is None
