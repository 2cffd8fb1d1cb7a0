"""Every form check of a request, generated from the catalogue: a message that breaks it, and what must be said."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from lxml import etree

from schemas.codes import Flag, ProcessKind, Segment
from schemas.contract import Interface, members
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from soap.names import in_namespace
from soap.service import SoapService
from tests.soap_support.answers import Answer
from tests.soap_support.envelopes import request_element
from tests.soap_support.examples import raw_example
from tests.soap_support.places import Place, places
from tests.soap_support.spoilt_elements import Way, ways

Said = tuple[tuple[str | None, str], ...]
"""Pairs of field and rule, in any order."""

_WHOLE = "message"
_UNKNOWN = ("memo", "unknown-element")

_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_ITEM = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class FormCheck:
    """One message that is wrong, and all that must be said of it."""

    service: SoapService
    interface: Interface
    element: str
    way: str
    request: Callable[[], etree._Element]
    said: Said

    @property
    def about(self) -> str:
        """Such as ``K10510-pointNumber``."""
        return f"{self.interface.number_in(self.service.segment)}-{self.element}"

    @property
    def name(self) -> str:
        """Such as ``K10510-pointNumber-too-long``."""
        return f"{self.about}-{self.way}"


def form_checks(service: SoapService, interface: Interface) -> Iterator[FormCheck]:
    """Give every check of every element of an interface's request by itself."""
    for place in places(interface.request, service.segment):
        sound = partial(sound_request, service, interface, place.kind)
        for way in ways_of(place, service.segment):
            spoilt = partial(_spoilt, sound, place, way)
            yield FormCheck(service, interface, place.name, way.name, spoilt, place.said_of(way))
        if not place.required and place.member.item is None and not place.member.repeated:
            yield _left_out(service, interface, place)
        if len(place.path) == 1:
            yield from _of_process_kind(service, interface, place)


def other_checks(service: SoapService, interface: Interface) -> Iterator[FormCheck]:
    """Give the checks of an interface's request as a whole, and of several elements at once."""
    make = partial(FormCheck, service, interface, _WHOLE)
    sound = partial(sound_request, service, interface, ProcessKind.REGISTER)
    names = [etree.QName(child).localname for child in sound()]
    yield make("with-attribute", partial(_with_attribute, sound), ((None, "attribute"),))
    yield make("with-text-between-elements", partial(_with_text, sound), ((None, "text"),))
    yield make("with-unknown-element", partial(_with, sound, "memo"), (_UNKNOWN,))
    if len(names) > 1:
        out_of_order = tuple((name, "element-order") for name in names[:-1])
        yield make("with-last-element-first", partial(_last_first, sound), out_of_order)
    for name in _of_other_segments(interface.request, service.segment):
        yield make(f"with-{name}-of-another-segment", partial(_with, sound, name), ((name, "unknown-element"),))
    yield wrong_in_two(service, interface)
    yield wrong_in_all(service, interface)


def wrong_in_all(service: SoapService, interface: Interface) -> FormCheck:
    """Give a message of which every element is wrong, and one is unknown besides.

    libxml2 would tell of the first alone. The 処理区分 stays right: without it nobody knows what else is needed.
    """
    spoilt = [
        (place, ways_of(place, service.segment)[-1])
        for place in _leaves_of(interface, service.segment)
        if place.member.field.code is not ProcessKind
    ]
    sound = partial(sound_request, service, interface, ProcessKind.REGISTER)
    findings = sum((place.said_of(way) for place, way in spoilt), start=(_UNKNOWN,))
    return FormCheck(service, interface, _WHOLE, "wrong-in-all", partial(_all_spoilt, sound, spoilt), findings)


def wrong_in_two(service: SoapService, interface: Interface) -> FormCheck:
    """Give a message without its first element, and with its last one wrong or an unknown one."""
    first, *others = _leaves_of(interface, service.segment)
    sound = partial(sound_request, service, interface, ProcessKind.REGISTER)
    make = partial(FormCheck, service, interface, _WHOLE, "wrong-in-two-elements")
    missing = ways_of(first, service.segment)[0]
    if not others:
        request = partial(_spoilt, partial(_with, sound, "memo"), first, missing)
        return make(request, (*first.said_of(missing), _UNKNOWN))
    wrong = ways_of(others[-1], service.segment)[-1]
    spoilt = [(first, missing), (others[-1], wrong)]
    return make(partial(_all_spoilt, sound, spoilt, unknown=False), first.said_of(missing) + others[-1].said_of(wrong))


def assert_refused(answer: Answer, check: FormCheck) -> None:
    """Hold a fault to be one of form with exactly what must be said, in Japanese sentences."""
    labels = {place.name: place.member.field.label for place in places(check.interface.request, check.service.segment)}
    assert (answer.status, answer.fault_code, answer.code) == (500, "Client", "HUB-F001")
    assert Counter((finding.field, finding.rule) for finding in answer.findings) == Counter(check.said)
    fault, words = answer.fault, REFUSAL_WORDS[RefusalCode.FORM]
    assert fault is not None
    assert (fault.message, fault.action, fault.retryable) == (words.text, words.action, Flag.NO)
    assert fault.message_id is not None or any(field == "messageId" for field, _ in check.said)
    for finding in answer.findings:
        assert finding.label == labels.get(_ITEM.sub("", finding.field or "")), finding
        assert _JAPANESE.search(finding.message) and _JAPANESE.search(finding.action), finding
        assert finding.action.endswith("。"), finding


def sound_request(service: SoapService, interface: Interface, kind: ProcessKind) -> etree._Element:
    """Fill a request with the catalogue's examples, so that its form is right."""
    values = raw_example(interface.request, kind=kind, segment=service.segment)
    return request_element(interface.operation, values, namespace=service.namespace)


@cache
def ways_of(place: Place, segment: Segment | None) -> tuple[Way, ...]:
    """Give every way to spoil an element."""
    inside = () if place.member.item is None else members(place.member.item, segment)
    return tuple(
        ways(place.member, required=place.required, parts=tuple(part.xml_name for part in inside if part.required))
    )


def _left_out(service: SoapService, interface: Interface, place: Place) -> FormCheck:
    """Count an empty element that need not be there as left out: of this message the unknown element alone is said."""
    sound = partial(sound_request, service, interface, place.kind)

    def request() -> etree._Element:
        message = _with(sound, "memo")
        place.find(message).text = None
        return message

    return FormCheck(service, interface, place.name, "empty", request, (_UNKNOWN,))


def _of_process_kind(service: SoapService, interface: Interface, place: Place) -> Iterator[FormCheck]:
    """List what a 処理区分 needs and does not take, for the kinds that the element by itself was not tried with."""
    for_kinds = place.member.needed or place.member.allowed
    for kind in ProcessKind if for_kinds is not None else ():
        sound = partial(sound_request, service, interface, kind)
        if kind not in for_kinds.kinds:  # type: ignore[union-attr]
            rule, request = "not-for-this-process-kind", partial(_put_in, sound, service, interface, place)
        elif place.member.needed is not None and kind is not place.kind:
            rule, request = "required", partial(_taken_out, sound, place)
        else:
            continue
        way = f"{'missing' if rule == 'required' else 'given'}-in-{kind.value}"
        yield FormCheck(service, interface, place.name, way, request, ((place.name, rule),))


def _leaves_of(interface: Interface, segment: Segment | None) -> list[Place]:
    """List the plain elements of a message of 処理区分 登録, or of any where it has none."""
    leaves = places(interface.request, segment)
    return [place for place in leaves if place.member.item is None and place.belongs_to(ProcessKind.REGISTER)]


def _of_other_segments(message: type, segment: Segment | None) -> list[str]:
    own = {member.name for member in members(message, segment)}
    return [member.xml_name for member in members(message) if member.name not in own]


Sound = Callable[[], etree._Element]


def _spoilt(sound: Sound, place: Place, way: Way) -> etree._Element:
    request = sound()
    way.spoil(place.find(request))
    return request


def _all_spoilt(sound: Sound, spoilt: list[tuple[Place, Way]], *, unknown: bool = True) -> etree._Element:
    request = _with(sound, "memo") if unknown else sound()
    for place, way in spoilt:
        way.spoil(place.find(request))
    return request


def _with(sound: Sound, name: str) -> etree._Element:
    request = sound()
    etree.SubElement(request, in_namespace(etree.QName(request).namespace or "", name)).text = "x"
    return request


def _taken_out(sound: Sound, place: Place) -> etree._Element:
    request = sound()
    request.remove(place.find(request))
    return request


def _put_in(sound: Sound, service: SoapService, interface: Interface, place: Place) -> etree._Element:
    """Put the element of another 処理区分 in, where it would stand."""
    request, other = sound(), sound_request(service, interface, place.kind)
    order = [member.xml_name for member in members(interface.request, service.segment)]
    before = order[: order.index(place.path[0])]
    at = sum(etree.QName(child).localname in before for child in request)
    request.insert(at, place.find(other))
    return request


def _with_attribute(sound: Sound) -> etree._Element:
    request = sound()
    request.set("version", "2")
    return request


def _with_text(sound: Sound) -> etree._Element:
    request = sound()
    request[0].tail = "x"
    return request


def _last_first(sound: Sound) -> etree._Element:
    request = sound()
    request.insert(0, request[-1])
    return request
