"""The hub's SOAP services and their WSDLs, which are served as they are committed (``schemas/wsdl/hub``)."""

from pathlib import Path

from schemas.catalogue import interfaces_of, namespace, wsdl_name
from schemas.codes import Segment
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from soap.service import SoapService

_WSDLS = Path(__file__).parents[1] / "schemas" / "wsdl" / "hub"

DEFAULT_PUBLIC_URL = "https://localhost:8443"
"""What the committed WSDLs name; another one is put in when the server starts."""


def _service(name: str, segment: Segment | None) -> SoapService:
    return SoapService(name, namespace(wsdl_name(segment)), interfaces_of(segment), segment)


LOW_VOLTAGE = _service("LowVoltage", Segment.LOW_VOLTAGE)
HIGH_VOLTAGE = _service("HighVoltage", Segment.HIGH_VOLTAGE)
LOW_VOLTAGE_FIT = _service("LowVoltageFit", Segment.LOW_VOLTAGE_FIT)
COMMON = _service("Common", None)
SERVICES = (LOW_VOLTAGE, HIGH_VOLTAGE, LOW_VOLTAGE_FIT, COMMON)
"""The whole catalogue: each has its WSDL and its address, and all of it is answered."""

HOT = (REFERRAL, DECISION, START_APPLICATION, END_APPLICATION, REFERRAL_RESULT, REFERRAL_INBOX)
"""What is answered past spyne: the messages that each switch takes, and the lists that systems poll for news of them.

Others are rare, or wait for a grid operator, beside which spyne's share of the time is nothing.
"""


def path_of(service: SoapService) -> str:
    """Give the path of a service at the hub: ``/soap/low_voltage``."""
    return "/soap/" + wsdl_name(service.segment)


def file_of(service: SoapService) -> Path:
    """Give the file of a service's committed WSDL."""
    return _WSDLS / f"{wsdl_name(service.segment)}.wsdl"
