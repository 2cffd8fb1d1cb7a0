"""zeep: registers a referral (12110), reads it back (12310) and hears what is wrong with a bad one.

Prints what it read, one ``name=value`` a line. Run with its own packages, nothing of the hub's.
"""

import os
import sys
from datetime import date
from importlib.metadata import version
from typing import Any

import requests
import zeep
from zeep.exceptions import Fault
from zeep.transports import Transport

ITEMS = ("caseNumber", "holderName", "holderNameKana", "address", "pointNumber", "wishedDate")


def tell(name: str, value: object) -> None:
    """Print one thing that was read."""
    sys.stdout.write(f"{name}={value}\n")


def client_of(certificate: str) -> Any:
    """Give the hub as the holder of a certificate calls it."""
    session = requests.Session()
    session.cert = os.environ[certificate]
    session.verify = os.environ["AUTHORITY"]
    session.trust_env = False  # else REQUESTS_CA_BUNDLE wins over verify
    transport = Transport(session=session)  # type: ignore[no-untyped-call]  # zeep has few types
    return zeep.Client(os.environ["WSDL"], transport=transport)  # type: ignore[no-untyped-call]


def tell_referrals(name: str, referrals: list[Any]) -> None:
    for index, referral in enumerate(referrals):
        for item in ITEMS:
            tell(f"{name}.{index}.{item}", referral[item])


def tell_fault(name: str, fault: Any) -> None:
    """Print a fault with all its findings."""
    for item in ("code", "message", "action", "retryable", "messageId"):
        tell(f"{name}.{item}", fault[item])
    for index, finding in enumerate(fault.findings.finding):
        for item in ("field", "label", "rule", "message", "action"):
            tell(f"{name}.findings.{index}.{item}", finding[item])


new_retailer, current_retailer = client_of("NEW_RETAILER_CERTIFICATE"), client_of("CURRENT_RETAILER_CERTIFICATE")
prefix = os.environ["MESSAGE_ID"]
tell("client", f"zeep {version('zeep')}")

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
    consent={
        "obtainedOn": date.fromisoformat(os.environ["TODAY"]),
        "method": "paper",
        "obtainedBy": "霞が関営業所",
    },
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
except Fault as problem:
    tell_fault("many", new_retailer.wsdl.types.deserialize(problem.detail[0]))
try:
    new_retailer.service.getReferralResults(messageId=f"{prefix}-5", caseNumber="SW03")
except Fault as problem:
    tell_fault("one", new_retailer.wsdl.types.deserialize(problem.detail[0]))
