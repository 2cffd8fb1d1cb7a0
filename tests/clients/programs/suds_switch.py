"""suds: registers a referral (12110), reads it back (12310) and hears what is wrong with a bad one.

Prints what it read, one ``name=value`` a line. Run with its own packages, nothing of the hub's.
"""

import os
import ssl
import sys
from datetime import date
from importlib.metadata import version
from typing import Any
from urllib.request import HTTPSHandler

from suds import WebFault
from suds.client import Client
from suds.transport.http import HttpTransport

ITEMS = ("caseNumber", "holderName", "holderNameKana", "address", "pointNumber", "wishedDate")


class MutualTls(HttpTransport):  # type: ignore[misc]  # suds has no types
    """Shows our certificate, and asks for one of the hub's authority."""

    def __init__(self, certificate: str) -> None:
        super().__init__()
        self._context = ssl.create_default_context(cafile=os.environ["AUTHORITY"])
        self._context.load_cert_chain(certificate)

    def u2handlers(self) -> list[Any]:
        """Give suds what opens its connections."""
        return [*super().u2handlers(), HTTPSHandler(context=self._context)]


def client_of(certificate: str) -> Any:
    """Give the hub as the holder of a certificate calls it."""
    return Client(os.environ["WSDL"], transport=MutualTls(os.environ[certificate]), cache=None)


def tell(name: str, value: object) -> None:
    """Print one thing that was read."""
    sys.stdout.write(f"{name}={value}\n")


def tell_referrals(name: str, referrals: list[Any]) -> None:
    for index, referral in enumerate(referrals):
        for item in ITEMS:
            tell(f"{name}.{index}.{item}", getattr(referral, item))


def tell_fault(name: str, fault: Any) -> None:
    """Print a fault with all its findings."""
    for item in ("code", "message", "action", "retryable", "messageId"):
        tell(f"{name}.{item}", getattr(fault, item))
    findings = fault.findings.finding
    if not isinstance(findings, list):  # suds reads a fault without the schema: one alone is no list
        findings = [findings]
    for index, finding in enumerate(findings):
        for item in ("field", "label", "rule", "message", "action"):
            tell(f"{name}.findings.{index}.{item}", getattr(finding, item))


new_retailer, current_retailer = client_of("NEW_RETAILER_CERTIFICATE"), client_of("CURRENT_RETAILER_CERTIFICATE")
prefix = os.environ["MESSAGE_ID"]
tell("client", f"suds-community {version('suds-community')}")

consent = new_retailer.factory.create("Consent")
consent.obtainedOn = date.fromisoformat(os.environ["TODAY"])
consent.method = "paper"
consent.obtainedBy = "霞が関営業所"
registered = new_retailer.service.registerReferral(
    messageId=f"{prefix}-1",
    processKind="register",
    pointNumber=os.environ["POINT_NUMBER"],
    currentRetailerCode=os.environ["CURRENT_RETAILER_CODE"],
    contractNumber="98765432109876",
    holderName="髙﨑　花子",
    holderNameKana="タカサキ　ハナコ",
    address="東京都千代田区霞が関９－８－７",
    wishedDate=date.fromisoformat(os.environ["WISHED_DATE"]),
    meterWork="not_needed",
    consent=consent,
)
tell("registered.caseNumber", registered.caseNumber)
tell("registered.version", registered.version)
tell("registered.casePhaseName", registered.casePhaseName)

own = current_retailer.service.getIncomingReferrals(messageId=f"{prefix}-2", caseNumber=registered.caseNumber)
tell_referrals("own", own.referrals)
inbox = current_retailer.service.getIncomingReferrals(messageId=f"{prefix}-3")
tell_referrals("inbox", inbox.referrals)

try:
    new_retailer.service.registerReferral(
        messageId=f"{prefix}-4", processKind="register", pointNumber="031", holderName="ﾊﾅｺ"
    )
except WebFault as problem:
    tell_fault("many", problem.fault.detail.HubFault)
try:
    new_retailer.service.getReferralResults(messageId=f"{prefix}-5", caseNumber="SW03")
except WebFault as problem:
    tell_fault("one", problem.fault.detail.HubFault)
