"""Walking through the steps of a request as a person does: the form, the confirmation, the result."""

from collections.abc import Mapping
from datetime import timedelta

from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from schemas.codes import ProcessKind, Segment
from schemas.contract import Interface
from schemas.reading import RawValue
from tests.soap_support.examples import raw_example
from tests.support.moments import soon
from tests.web.pages import Values, get, send, words
from web.catalogue_forms.raw_values import inputs_of

ON = "確認へ進む"
SEND = {process: f"{process.label}を送信する" for process in ProcessKind}


def address(
    interface: Interface,
    process: ProcessKind = ProcessKind.REGISTER,
    *,
    segment: Segment = Segment.LOW_VOLTAGE,
    subject: str | None = None,
) -> str:
    """Give where the form of a step is."""
    about = "" if subject is None else f"/of/{subject}"
    return f"/requests/{interface.number}/{segment.value}/{process.value}{about}"


def typed(
    interface: Interface, database: Database, *, segment: Segment = Segment.LOW_VOLTAGE, **changes: RawValue
) -> Values:
    """Fill in a form of 登録 as a person would, for a day that can be kept; ``changes`` by element."""
    with database.transaction() as session:
        day, yesterday = soon(session), day_of(business_now(session)) - timedelta(days=1)
    example = dict(raw_example(interface.request, segment=segment))
    days: dict[str, RawValue] = {name: day.isoformat() for name in ("wishedDate", "effectiveDate") if name in example}
    consent: RawValue = {"obtainedOn": yesterday.isoformat(), "method": "paper", "obtainedBy": "豊洲支店"}
    contract = {"facilityId": "A123456A13", "contractedOn": "2026-01-15", "procurementEndsOn": "2046-03-31"}
    own_groups: dict[str, RawValue] = {"consent": consent, "purchaseContract": contract}
    given = {name: group for name, group in own_groups.items() if name in example}
    raw = {**example, **days, **given, **changes}
    own = ("messageId", "processKind", "caseNumber")
    kept = {name: value for name, value in raw.items() if name not in own or name in changes}
    return _by_path(interface, kept, segment)


def _by_path(interface: Interface, raw: Mapping[str, RawValue], segment: Segment) -> Values:
    return dict(inputs_of(interface.request, raw, segment=segment))


def confirmed(client: FlaskClient, page: HtmlElement, values: Values | None = None) -> HtmlElement:
    """Send a form, and give the page that says what follows."""
    answer = send(client, page, values, button=ON)
    assert (answer.status_code, answer.location.endswith("/confirm")) == (303, True), answer.location
    return get(client, answer.location)


def sent_back(client: FlaskClient, page: HtmlElement, values: Values | None = None) -> HtmlElement:
    """Send a form that leads no further, and give the page of the form again."""
    answer = send(client, page, values, button=ON)
    assert (answer.status_code, answer.location.endswith("/confirm")) == (303, False), answer.location
    return get(client, answer.location)


def result_of(client: FlaskClient, answer: TestResponse) -> HtmlElement:
    """Give the page that what was sent leads to."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return get(client, answer.location)


def facts_of(page: HtmlElement) -> dict[str, str]:
    """Read what the page's lists of facts say."""
    return dict(zip(words(page, "//dt"), words(page, "//dd"), strict=True))


def value(page: HtmlElement, name: str) -> str:
    return str(page.xpath("string(//input[@name=$name]/@value)", name=name))
