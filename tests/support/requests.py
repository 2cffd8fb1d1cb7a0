"""Requests of retailers' systems as they travel: element names and text."""

from collections.abc import Mapping
from datetime import timedelta

from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from schemas.codes import ProcessKind
from schemas.contract import Interface
from schemas.interfaces.applications import START_APPLICATION
from schemas.interfaces.referral import REFERRAL
from schemas.reading import RawValue
from tests.soap_support.examples import raw_example
from tests.support.cases import CURRENT, soon


def registration(database: Database, **changes: RawValue) -> dict[str, RawValue]:
    """This function will fill in a registration (12110) that opens a case; ``changes`` by element name."""
    with database.transaction() as session:
        wished, today = soon(session), day_of(business_now(session))
    own = {
        "currentRetailerCode": CURRENT,
        "wishedDate": wished.isoformat(),
        "consent": _consent(str(today - timedelta(days=1))),
    }
    return {**raw_example(REFERRAL.request), **own, **changes}


def decision(case_number: str, **changes: RawValue) -> dict[str, RawValue]:
    """This function will fill in an acceptance (12410)."""
    own: dict[str, RawValue] = {"messageId": "D-1", "caseNumber": case_number, "version": "1", "decision": "accept"}
    return {**own, **changes}


def start_application(case: Mapping[str, str], **changes: RawValue) -> dict[str, RawValue]:
    """This function will fill in a start application (10610) for a case, of which ``case`` gives elements."""
    own = {"messageId": "S-1", "consent": _consent("2026-01-15"), **case}
    return {**raw_example(START_APPLICATION.request), **own, **changes}


def withdrawal(interface: Interface, **values: RawValue) -> dict[str, RawValue]:
    """This function will fill in a message of 処理区分 取消."""
    return {**raw_example(interface.request, kind=ProcessKind.WITHDRAW), **values}


def _consent(obtained_on: str) -> RawValue:
    return {"obtainedOn": obtained_on, "method": "paper", "obtainedBy": "豊洲支店"}
