"""A form made from the catalogue has what its message has: a new element appears with no other change."""

from collections.abc import Iterator
from dataclasses import dataclass, make_dataclass
from datetime import date, datetime
from typing import Annotated, Any

import pytest
from flask import Flask, render_template_string
from lxml import html
from werkzeug.datastructures import MultiDict

from schemas import codes, fields
from schemas.catalogue import INTERFACES
from schemas.codes import ProcessKind, Segment
from schemas.contract import Interface, Member, allowed_for, members, needed_for, only_in
from schemas.findings import Finding
from schemas.reading import Faulty, RawValue, read
from tests.soap_support.examples import raw_example
from tests.web.pages import words
from web.catalogue_forms.nodes import CatalogueForm, Widget, catalogue_form
from web.catalogue_forms.typed_values import HIDDEN, Sent

_LOW, _FIT = Segment.LOW_VOLTAGE, Segment.LOW_VOLTAGE_FIT
_SHOW = """{% from "catalogue_forms/fields.html" import error_list, show %}
<form>{{ error_list(form) }}{% for node in form.nodes %}{{ show(node) }}{% endfor %}</form>"""


@dataclass(frozen=True, kw_only=True)
class Lamp:
    name: Annotated[str, fields.PARTICIPANT_NAME.called("灯具", "灯具の名前。")]
    lit_at: Annotated[datetime | None, fields.MOMENT]


@dataclass(frozen=True, kw_only=True)
class ToyRequest:
    """One element of each kind, and with each mark."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, needed_for(ProcessKind.AMEND)]
    remark: Annotated[str | None, fields.HOLDER_NAME.called("備考"), allowed_for(ProcessKind.REGISTER)]
    wished_date: Annotated[date, fields.WISHED_DATE]
    power: Annotated[int | None, fields.KILOWATTS]
    area: Annotated[codes.Area, fields.AREA]
    flag: Annotated[codes.Flag | None, fields.FLAG]
    reasons: Annotated[tuple[codes.RejectionReason, ...], fields.REJECTION_REASON.many(9)]
    usage_password: Annotated[str, fields.USAGE_PASSWORD]
    lamp: Annotated[Lamp | None, fields.group("代表の灯具", "最初の灯具。")]
    lamps: Annotated[tuple[Lamp, ...], fields.group("灯具の一覧", "すべての灯具。", max_items=4)]
    names: Annotated[tuple[str, ...], fields.PARTICIPANT_NAME.called("別名").many(20)]
    contract_power: Annotated[int | None, fields.KILOWATTS.called("契約電力"), only_in(_LOW)] = None
    facility_id: Annotated[str | None, fields.FACILITY_ID, only_in(_FIT)] = None


WIDGETS = {
    "messageId": (Widget.HIDDEN, "必須"),
    "processKind": (Widget.RADIOS, "必須"),
    "applicationNumber": (Widget.TEXT, "訂正のとき必須"),
    "remark": (Widget.TEXT, "登録のときだけ"),
    "wishedDate": (Widget.DATE, "必須"),
    "power": (Widget.NUMBER, ""),
    "area": (Widget.SELECT, "必須"),
    "flag": (Widget.SELECT, ""),
    "reasons": (Widget.CHECKBOXES, ""),
    "usagePassword": (Widget.PASSWORD, "必須"),
    "lamp": (Widget.GROUP, ""),
    "lamps": (Widget.ITEMS, ""),
    "names": (Widget.ITEMS, ""),
    "contractPower": (Widget.NUMBER, "必須"),
}


def drawn(app: Flask, form: CatalogueForm) -> html.HtmlElement:
    with app.test_request_context():
        return html.fromstring(render_template_string(_SHOW, form=form))


def empty(message: type, segment: Segment | None = _LOW) -> CatalogueForm:
    return catalogue_form(message, segment=segment, typed={})


def test_each_element_has_its_widget_and_its_mark() -> None:
    nodes = empty(ToyRequest).nodes

    assert {node.path: (node.widget, node.mark) for node in nodes} == WIDGETS
    assert [node.path for node in nodes] == [member.xml_name for member in members(ToyRequest, _LOW)]
    assert "facilityId" in {node.path for node in empty(ToyRequest, _FIT).nodes}


def test_each_element_is_drawn_with_name_mark_and_help(usual_application: Flask) -> None:
    form = empty(ToyRequest)

    page = drawn(usual_application, form)

    text = page.text_content()
    for node in (inner for top in form.nodes for inner in top.walk() if inner.widget is not Widget.HIDDEN):
        assert node.label in text and node.hint in text and node.mark in text, node.path
    assert {"lamp/name", "lamp/litAt", "lamps[1]/name", "lamps[3]/litAt", "names[2]"} <= set(page.xpath("//@name"))
    assert page.xpath("//input[@name='usagePassword']/@type") == ["password"]
    assert len(page.xpath("//select[@name='area']/option")) == 1 + len(codes.Area)
    labelled = set(page.xpath("//label/@for"))
    assert labelled == set(page.xpath("//*[@name][not(@type='hidden')]/@id"))
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))


def test_a_new_element_of_a_message_appears_with_no_other_change(usual_application: Flask) -> None:
    added = fields.TELEPHONE.called("緊急連絡先", "夜間につながる番号。")
    element = [("emergency", Annotated[str | None, added], None)]
    grown = make_dataclass("Grown", element, bases=(ToyRequest,), frozen=True, kw_only=True)

    page = drawn(usual_application, empty(grown))

    assert "緊急連絡先" in words(page, "//label[@for='field-emergency']")
    assert "夜間につながる番号。" in words(page, "//p[@id='field-emergency-hint']")[0]


def test_help_says_what_the_catalogue_takes() -> None:
    hints = {node.path: node.hint for node in empty(ToyRequest).nodes}

    assert hints["power"] == "キロワット数。1から499までの整数。例: 120"
    assert "40文字まで。使える文字は、JIS X 0208と" in hints["remark"]
    assert "形式は、AP＋エリア2桁" in hints["applicationNumber"]


def test_what_is_wrong_stands_at_its_element_and_what_was_typed_stays(usual_application: Flask) -> None:
    wrong_values = {"reasons": "99", "lamps[3]/litAt": "いま", "usagePassword": "x"}
    posted = MultiDict({"messageId": "M-1", "area": "03", **wrong_values})
    typed = Sent(posted, _LOW).message(ToyRequest)
    message: object = read(ToyRequest, typed, segment=_LOW)
    assert isinstance(message, Faulty)
    beyond = Finding("elsewhere", "", "rule", "この要素は、この画面にありません。", "")

    form = catalogue_form(ToyRequest, segment=_LOW, typed=typed, findings=(*message.findings, beyond))
    page = drawn(usual_application, form)

    paths = {node.path for top in form.nodes for node in top.walk() if node.errors}
    at = ("processKind", "wishedDate", "reasons", "usagePassword", "contractPower")
    assert paths == {*at, "lamps[1]/name", "lamps[1]/litAt"}
    assert form.elsewhere == ("この要素は、この画面にありません。",)
    assert page.xpath("//select[@name='area']/option[@selected]/@value") == ["03"]
    assert page.xpath("//input[@name='lamps[1]/litAt']/@value") == ["いま"], "what was left empty before it is gone"
    assert page.xpath("//input[@name='usagePassword']/@value") == [""], "what opens something is never shown"
    assert set(page.xpath("//ul//a/@href")) <= {f"#{found}" for found in page.xpath("//@id")}


def test_what_opens_something_is_not_kept() -> None:
    posted = MultiDict({"messageId": "M-1", "usagePassword": "Abcd1234"})

    assert Sent(posted, _LOW).message(ToyRequest) == {"messageId": "M-1", "usagePassword": "Abcd1234"}
    assert Sent(posted, _LOW, with_secrets=False).message(ToyRequest) == {"messageId": "M-1"}


def _posted(message: type, raw: Any, segment: Segment | None, path: str = "") -> Iterator[tuple[str, str]]:
    """Give what a browser sends of a message as it stands in its form."""
    for member in members(message, segment):
        value = raw.get(member.xml_name)
        if value is None:
            continue
        name = path + member.xml_name
        is_list = member.repeated and member.field.code is None
        for number, item in enumerate(value if is_list else [value], start=1):
            yield from _posted_value(member, item, segment, f"{name}[{number}]" if is_list else name)


def _posted_value(member: Member, item: Any, segment: Segment | None, place: str) -> Iterator[tuple[str, str]]:
    if member.item is not None:
        yield from _posted(member.item, item, segment, f"{place}/")
    else:
        yield from ((place, each) for each in (item if isinstance(item, list) else [item]))


_EVERYWHERE = [(interface, segment) for interface in INTERFACES for segment in interface.segments or (None,)]


@pytest.mark.parametrize(
    ("interface", "segment"), _EVERYWHERE, ids=[one.number_in(segment) for one, segment in _EVERYWHERE]
)
def test_every_request_of_the_catalogue_can_be_typed(
    usual_application: Flask, interface: Interface, segment: Segment | None
) -> None:
    raw: dict[str, RawValue] = dict(raw_example(interface.request, segment=segment))

    typed = Sent(MultiDict(_posted(interface.request, raw, segment)), segment).message(interface.request)
    form = catalogue_form(interface.request, segment=segment, typed=typed)
    page = drawn(usual_application, form)

    assert read(interface.request, typed, segment=segment) == read(interface.request, raw, segment=segment)
    assert page.xpath("string(//input[@type='hidden']/@name)") == HIDDEN
    leaves = [node for top in form.nodes for node in top.walk() if not node.nodes]
    assert {node.path for node in leaves} == set(page.xpath("//@name"))


class TestTheFormOfOneProcessKind:
    """Each 処理区分 as a form of its own: what it takes, and what it requires, and nothing else."""

    def form(self, kind: ProcessKind, **more: Any) -> dict[str, Any]:
        form = catalogue_form(ToyRequest, segment=_LOW, typed={}, kind=kind, **more)
        return {node.path: node for node in form.nodes}

    def test_it_has_what_the_process_kind_takes(self) -> None:
        registration, amendment = self.form(ProcessKind.REGISTER), self.form(ProcessKind.AMEND)

        assert "applicationNumber" not in registration
        assert registration["remark"].mark == ""
        assert "remark" not in amendment
        assert (amendment["applicationNumber"].mark, amendment["applicationNumber"].required) == ("必須", True)

    def test_what_is_settled_is_not_asked_for(self) -> None:
        nodes = self.form(ProcessKind.AMEND, settled={"processKind", "applicationNumber", "lamp/name"})

        assert {"processKind", "applicationNumber"}.isdisjoint(nodes)
        assert [node.path for node in nodes["lamp"].nodes] == ["lamp/litAt"]

    def test_a_group_that_it_requires_is_told_of_element_by_element(self) -> None:
        start = next(interface for interface in INTERFACES if interface.number == "10610")
        sent = Sent(MultiDict(), _LOW, kind=ProcessKind.REGISTER).message(start.request)

        found = read(start.request, {"processKind": "register", **sent}, segment=_LOW)

        assert isinstance(found, Faulty)
        assert {"consent/obtainedOn", "consent/method", "consent/obtainedBy"} <= {each.field for each in found.findings}
