"""Who has no part in a case hears of its numbers exactly what it hears of numbers that do not exist.

In status, headers and text, apart from the numbers it sent itself and the time of day.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
import requests

from deploy.samples import ANOTHER_RETAILER, PEOPLE
from rules.numbers import check_digit
from runtime.settings.processes import WebSettings
from schemas.codes import Area, Decision, ProcessKind, Segment
from schemas.contract import Interface, members
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.interfaces.usage import USAGE_INQUIRY
from soap_api.services import SERVICES
from tests.support.database_contents import rows
from tests.support.filed_application import FiledApplication, file_application
from tests.support.lone_kinds import LONE_KINDS
from tests.support.polling import until
from tests.support.retailers import Customer, RefusedByHub, Retailer, application_content
from tests.support.world import World
from web.wsgi import create_app

_TIME = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(\+09:00)?")
_TOKEN = re.compile(rb'(name="csrf_token"[^>]* value=")[^"]*')
_BY_SUCH_A_MESSAGE = {"amended", "rejected", "corrected", "application_cancel_asked", "cancelling", "withdrawn"}
_ALONE = [kind for kind in LONE_KINDS if kind.segment is Segment.LOW_VOLTAGE]
SERVED = [interface for service in SERVICES for interface in service.interfaces]
_AS_IT_COMES = {"date", "content-length", "set-cookie", "connection"}


@dataclass(frozen=True)
class Numbers:
    """The numbers of a case, of its two applications, of applications on their own, and of nothing."""

    case: str
    start: str
    end: str
    customer: Customer
    alone: tuple[FiledApplication, ...]
    """One of each kind that needs no other one."""

    def of_nobody(self) -> "Numbers":
        """Give sound numbers of the same area and day that nobody has."""
        alone = tuple(replace(application, number=_unused(application.number)) for application in self.alone)
        return replace(self, case=_unused(self.case), start=_unused(self.start), end=_unused(self.end), alone=alone)

    def all(self) -> tuple[str, ...]:
        return (self.case, self.start, self.end, *(application.number for application in self.alone))

    def hidden_in(self, body: bytes) -> bytes:
        """Take the numbers out of a text, where it repeats them."""
        for number in self.all():
            body = body.replace(number.encode(), b"#" * 23)
        return body


@pytest.fixture
def owned(world: World) -> Numbers:
    """Bring a case of two retailers to both applications; the grid operator takes its time."""
    world.grid(Area.TOKYO, step_seconds=3600.0)
    customer = world.customer()
    number = world.accepted(customer)
    effective = world.new.result(number).effectiveDate
    start = world.new.file_start(number, customer, effective=effective).applicationNumber
    end = world.current.file_end(number, customer, effective=effective).applicationNumber
    until(lambda: {"received", "matched"} & set(world.history(number)))  # the pair may be told before either of it
    return Numbers(
        number, start, end, customer, tuple(file_application(world, kind, world.customer()) for kind in _ALONE)
    )


def _calls(world: World, numbers: Numbers) -> Iterator[tuple[Interface, dict[str, Any]]]:
    """List every operation that takes a number of a case or of an application, in each of its forms."""
    customer, today = numbers.customer, world.today()
    start, end = (
        application_content(interface, customer, segment=Segment.LOW_VOLTAGE, effective=today)
        for interface in (START_APPLICATION, END_APPLICATION)
    )
    shared = ("holderName", "holderNameKana", "address", "pointNumber", "meterWork", "consent")
    referral = {name: start[name] for name in shared}
    referral |= {"contractNumber": customer.contract_number, "wishedDate": today}
    case = {"caseNumber": numbers.case}
    yield REFERRAL, case | referral | {"processKind": ProcessKind.AMEND, "currentRetailerCode": world.current.code}
    yield REFERRAL, case | {"processKind": ProcessKind.WITHDRAW}
    yield REFERRAL_RESULT, case
    yield REFERRAL_INBOX, case
    for decision in Decision:
        reasons = {"rejectionReasons": ["05"]} if decision is Decision.REJECT else {}
        yield DECISION, case | {"version": 1, "decision": decision} | reasons
    for interface, filed, number in ((START_APPLICATION, start, numbers.start), (END_APPLICATION, end, numbers.end)):
        numbers_given = case | {"applicationNumber": number}
        yield interface, case | filed | {"processKind": ProcessKind.REGISTER}
        yield interface, numbers_given | filed | {"processKind": ProcessKind.AMEND}
        yield interface, numbers_given | {"processKind": ProcessKind.WITHDRAW}
    for interface in (START_STATUS, END_STATUS):
        for number in (numbers.start, numbers.end):
            yield interface, {"applicationNumber": number}
    for lone in numbers.alone:
        numbers_given, files = {"applicationNumber": lone.number}, lone.kind.files
        filed = application_content(files, lone.customer, segment=Segment.LOW_VOLTAGE, effective=lone.effective)
        yield files, numbers_given | filed | {"processKind": ProcessKind.AMEND}
        yield files, numbers_given | {"processKind": ProcessKind.WITHDRAW}
        yield lone.kind.tells, numbers_given


def test_the_calls_below_are_all_operations_that_take_such_a_number(world: World) -> None:
    numbered = {
        interface.number
        for interface in SERVED
        if {"case_number", "application_number"} & {member.name for member in members(interface.request)}
    }
    alone = tuple(FiledApplication(kind, "AP", world.customer(), world.new, world.today()) for kind in _ALONE)
    anything = Numbers("SW", "AP", "AP", world.customer(), alone)

    assert {interface.number for interface, _ in _calls(world, anything)} == numbered
    assert {interface.number for interface in SERVED} - numbered == {
        interface.number for interface in (FACILITY_INQUIRY, USAGE_INQUIRY, STATUS_LIST, PARTICIPANT_LIST)
    }


def test_another_retailers_system_hears_the_same_of_a_foreign_number_as_of_none(world: World, owned: Numbers) -> None:
    foreign = list(_calls(world, owned))
    nobodys = list(_calls(world, owned.of_nobody()))

    for (interface, real), (_, invented) in zip(foreign, nobodys, strict=True):
        _assert_alike(world.another, interface, real, invented, owned)


def test_the_other_side_of_a_case_hears_the_same_where_it_has_no_say(world: World, owned: Numbers) -> None:
    of_the_new = {REFERRAL.number, REFERRAL_RESULT.number, START_APPLICATION.number, START_STATUS.number}
    of_the_current = {REFERRAL_INBOX.number, DECISION.number, END_APPLICATION.number, END_STATUS.number}
    for lone in owned.alone:
        of_its_side = of_the_new if lone.by.code == world.new.code else of_the_current
        of_its_side |= {lone.kind.files.number, lone.kind.tells.number}
    nobodys = list(_calls(world, owned.of_nobody()))

    for (interface, real), (_, invented) in zip(_calls(world, owned), nobodys, strict=True):
        assert interface.number in of_the_new | of_the_current
        stranger = world.current if interface.number in of_the_new else world.new
        _assert_alike(stranger, interface, real, invented, owned)


def test_lists_of_another_retailer_tell_nothing_of_a_foreign_case(world: World, owned: Numbers) -> None:
    for interface, values in (
        (REFERRAL_RESULT, {}),
        (REFERRAL_INBOX, {}),
        (STATUS_LIST, {"area": Area.TOKYO.value}),
    ):
        answer = _answer(world.another, interface, values)

        assert answer.status_code == 200
        assert owned.hidden_in(answer.content) == answer.content
        assert owned.customer.point_number.encode() not in answer.content


def test_what_was_refused_so_has_left_nothing_behind(world: World, owned: Numbers) -> None:
    def kept() -> list[tuple[Any, ...]]:
        statement = "SELECT retailer_code, message_id FROM messages WHERE case_number = :number ORDER BY seq"
        return rows(world.database, statement, number=owned.case)

    before = kept()

    for interface, values in _calls(world, owned):
        _answer(world.another, interface, values)

    assert kept() == before
    assert not _BY_SUCH_A_MESSAGE & set(world.history(owned.case))
    assert rows(world.database, "SELECT 1 FROM messages WHERE message_id LIKE 'FOREIGN-%'") == []


@pytest.fixture
def stranger(world: World) -> requests.Session:
    """Log in a person of another retailer who may decide, at the screens."""
    person = next(person for person in PEOPLE if person.retailer_code == ANOTHER_RETAILER)
    session = requests.Session()
    session.trust_env = False
    form = session.get(f"{_web(world)}/login", timeout=20)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)', form.text)
    assert token is not None
    values = {"csrf_token": token[1], "user_id": person.user_id, "password": person.password}
    answer = session.post(f"{_web(world)}/login", data=values, timeout=20, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    return session


def test_every_address_of_the_screens_answers_the_same_of_a_foreign_case_as_of_none(
    world: World, owned: Numbers, stranger: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobodys, tried = owned.of_nobody(), 0
    for method, address in _addresses(world, monkeypatch):
        tried += 1
        answers = [_opened(stranger, method, _web(world) + _filled(address, owner.case)) for owner in (owned, nobodys)]

        real, invented = answers
        assert real.status_code == invented.status_code == 404, f"{method} {address}"
        assert _headers(real) == _headers(invented), f"{method} {address}"
        assert _plain(owned.hidden_in(real.content)) == _plain(nobodys.hidden_in(invented.content)), address
    assert tried >= 3


def test_lists_and_searches_at_the_screens_tell_nothing_of_a_foreign_case(
    world: World, owned: Numbers, stranger: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobodys = owned.of_nobody()
    for address in _lists(world, monkeypatch):
        plain = _opened(stranger, "GET", _web(world) + address)
        assert owned.hidden_in(plain.content) == plain.content, address
        real, invented = (
            _opened(stranger, "GET", f"{_web(world)}{address}?number={owner.case}") for owner in (owned, nobodys)
        )

        assert real.status_code == invented.status_code, address
        assert _plain(owned.hidden_in(real.content)) == _plain(nobodys.hidden_in(invented.content)), address


def _assert_alike(
    caller: Retailer, interface: Interface, real: dict[str, Any], invented: dict[str, Any], numbers: Numbers
) -> None:
    answer, expected = (_answer(caller, interface, values) for values in (real, invented))
    about = f"{interface.number} {real.get('processKind', '')} {answer.text}"

    assert expected.status_code == 500, about
    assert answer.status_code == expected.status_code, about
    assert _headers(answer) == _headers(expected), about
    assert _plain(numbers.hidden_in(answer.content)) == _plain(numbers.of_nobody().hidden_in(expected.content)), about


def _answer(caller: Retailer, interface: Interface, values: dict[str, Any]) -> requests.Response:
    """Give the answer as it came over the wire; refused so, a message id stays free, and can be used again."""
    with suppress(RefusedByHub):
        caller.call(interface, message_id=f"FOREIGN-{interface.number}", **values)
    assert caller.last_answer is not None
    return caller.last_answer


def _plain(body: bytes) -> bytes:
    return _TOKEN.sub(rb"\1", _TIME.sub(b"(time)", body))


def _headers(answer: requests.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() not in _AS_IT_COMES}


def _unused(number: str) -> str:
    body = number[:-1]
    other = f"{body[:13]}{(int(body[13:]) + 50_000_000) % 100_000_000:08d}"
    return other + check_digit(other)


def _rules(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in world.stack.environment.items():
        if name.startswith(("HUB_", "DATABASE_URL")):
            monkeypatch.setenv(name, value)
    return create_app(WebSettings()).url_map.iter_rules()  # type: ignore[call-arg]  # the environment gives them


def _addresses(world: World, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    return [
        (method, rule.rule)
        for rule in _rules(world, monkeypatch)
        if "case_number" in rule.arguments
        for method in sorted(rule.methods & {"GET", "POST"})
    ]


def _lists(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return [
        rule.rule
        for rule in _rules(world, monkeypatch)
        if not rule.arguments and "GET" in rule.methods and rule.endpoint not in ("login.show", "front.show")
    ]


def _filled(address: str, case_number: str) -> str:
    return re.sub(r"<[^>]+>", "WEB-00000000-0000-4000-8000-000000000000", address.replace("<case_number>", case_number))


def _opened(browser: requests.Session, method: str, address: str) -> requests.Response:
    data = None
    if method == "POST":
        page = browser.get(address.split("/", 3)[0] + "//" + address.split("/")[2] + "/cases", timeout=20)
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)', page.text)
        assert token is not None, "every page has the form to log out"
        data = {
            "csrf_token": token[1],
            "message_id": "WEB-00000000-0000-4000-8000-000000000000",
            "version": "1",
            "decision": Decision.ACCEPT.value,
        }
    return browser.request(method, address, data=data, timeout=20, allow_redirects=False)


def _web(world: World) -> str:
    return f"http://localhost:{world.stack.ports.web}"
