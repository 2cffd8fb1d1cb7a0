"""Every form check of every interface that is served, generated from the catalogue.

Each message is sound but for one element. The hub refuses it before any handler hears of it, past spyne and through it
alike, by a fault that its WSDL allows, with code, field, rule, Japanese words and what to do. What a whole server makes
of wrong messages, and that it stores none, is seen in ``test_wrong_messages.py``.
"""

from typing import TYPE_CHECKING, Any

import pytest

from schemas.contract import Interface
from soap.service import SoapService
from soap_api.services import SERVICES, file_of
from tests.soap_support.both_ways import asked_both_ways
from tests.soap_support.calls import ask, call_wsgi
from tests.soap_support.envelopes import envelope
from tests.soap_support.form_checks import FormCheck, assert_refused, form_checks, other_checks

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CHECKS: dict[str, list[FormCheck]] = {}
"""By interface and element, such as ``K10510-pointNumber``."""
for _service in SERVICES:
    for _interface in _service.interfaces:
        for _check in (*form_checks(_service, _interface), *other_checks(_service, _interface)):
            CHECKS.setdefault(_check.about, []).append(_check)

Applications = dict[str, tuple["WSGIApplication", bytes]]


@pytest.fixture(scope="module")
def applications() -> Applications:
    """Make each service's application, with nothing behind it, and the WSDL that it serves."""
    return {service.name: _with_its_wsdl(service) for service in SERVICES}


def _with_its_wsdl(service: SoapService) -> tuple["WSGIApplication", bytes]:
    def unreached(interface: Interface, request: object, environ: Any) -> object:
        return pytest.fail("a message whose form is wrong came through")

    application = asked_both_ways(service, wsdl=file_of(service).read_bytes(), handle=unreached)
    return application, call_wsgi(application, REQUEST_METHOD="GET", QUERY_STRING="wsdl")[2]


@pytest.mark.parametrize("about", CHECKS)
def test_a_wrong_message_is_refused(about: str, applications: Applications) -> None:
    not_refused: dict[str, str] = {}
    for check in CHECKS[about]:
        application, wsdl = applications[check.service.name]
        try:
            assert_refused(ask(application, envelope(check.request()), wsdl=wsdl), check)
        except AssertionError as error:
            not_refused[check.name] = str(error)

    assert not_refused == {}


def test_each_interface_that_is_served_is_checked_and_no_check_stands_for_two() -> None:
    served = {interface.number_in(service.segment) for service in SERVICES for interface in service.interfaces}
    names = [check.name for checks in CHECKS.values() for check in checks]
    assert {about.partition("-")[0] for about in CHECKS} == served
    assert len(set(names)) == len(names)
