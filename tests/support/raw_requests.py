"""Requests of retailers' systems as they travel: element names and text."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count

from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from schemas.codes import ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.applications import START_APPLICATION
from schemas.interfaces.referral import REFERRAL
from schemas.reading import RawValue
from tests.soap_support.examples import raw_example
from tests.support.cast import CURRENT
from tests.support.moments import soon

_serials = count(1)


def registration(database: Database, **changes: RawValue) -> dict[str, RawValue]:
    """Fill in a registration (12110) that opens a case; ``changes`` by element name."""
    with database.transaction() as session:
        wished, today = soon(session), day_of(business_now(session))
    own = {
        "currentRetailerCode": CURRENT,
        "wishedDate": wished.isoformat(),
        "consent": _consent(str(today - timedelta(days=1))),
    }
    return {**raw_example(REFERRAL.request), **own, **changes}


def decision(case_number: str, **changes: RawValue) -> dict[str, RawValue]:
    """Fill in an acceptance (12410)."""
    own: dict[str, RawValue] = {"messageId": "D-1", "caseNumber": case_number, "version": "1", "decision": "accept"}
    return {**own, **changes}


def start_application(case: Mapping[str, str], **changes: RawValue) -> dict[str, RawValue]:
    """Fill in a start application (10610) for a case, of which ``case`` gives elements."""
    own = {"messageId": "S-1", "consent": _consent("2026-01-15"), **case}
    return {**raw_example(START_APPLICATION.request), **own, **changes}


def application(
    interface: Interface,
    changes: Mapping[str, RawValue] | None = None,
    *,
    segment: Segment = Segment.LOW_VOLTAGE,
    effective: date | None = None,
    kind: ProcessKind = ProcessKind.REGISTER,
) -> dict[str, RawValue]:
    """Fill in an application on its own (10210 to 10910), a new message each time.

    :param effective: the day it is for; of a kind that names none it stays out.
    """
    example = dict(raw_example(interface.request, kind=kind, segment=segment))
    own: dict[str, RawValue] = {"messageId": f"L-{next(_serials)}", "consent": _consent("2026-01-15")}
    if effective is not None and "effectiveDate" in example:
        own["effectiveDate"] = effective.isoformat()
    if "purchaseContract" in example:
        own["purchaseContract"] = {
            "facilityId": "A123456A13",
            "contractedOn": "2026-01-15",
            "procurementEndsOn": "2046-03-31",
        }
    return {**example, **own, **(changes or {})}


def withdrawal(interface: Interface, **values: RawValue) -> dict[str, RawValue]:
    """Fill in a message of 処理区分 取消."""
    return {**raw_example(interface.request, kind=ProcessKind.WITHDRAW), **values}


def _consent(obtained_on: str) -> RawValue:
    return {"obtainedOn": obtained_on, "method": "paper", "obtainedBy": "豊洲支店"}
