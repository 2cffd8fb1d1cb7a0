"""One switch as the two retailers' systems drive it, from whatever state it is in to its end."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from deploy.demo.customer import CUSTOMER, consent
from deploy.demo.narration import Say, step
from deploy.demo.retailer import RetailersSystem
from rules.wording import plain_deadline
from schemas.codes import ENDED_PHASES, ApplicationState, Area, CasePhase, Decision, MeterWork, ProcessKind
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT

_WITHIN = 75.0
"""Seconds a switch may take from the applications to its end."""
_FILEABLE = (ApplicationState.NOT_FILED, ApplicationState.CANCELLED)


class SwitchStuck(Exception):
    """A switch did not come to its end; the text says where it stands."""


@dataclass(frozen=True)
class Players:
    """Who takes part."""

    new_retailer: RetailersSystem
    current_retailer: RetailersSystem
    say: Say


def register(players: Players, *, today: date) -> str:
    """Look at the point, hand in the referral and give its case number."""
    new = players.new_retailer
    participants = new.call(PARTICIPANT_LIST).participants
    step(players.say, PARTICIPANT_LIST, new, f"{len(participants)}者")
    facility = new.call(FACILITY_INQUIRY, pointNumber=CUSTOMER.point_number, consent=consent(today))
    step(
        players.say,
        FACILITY_INQUIRY,
        new,
        f"地点 {facility.pointNumber} 契約容量 {facility.contractCapacity} 計器 {facility.meterNumber}",
    )
    registered = new.call(
        REFERRAL,
        processKind=ProcessKind.REGISTER,
        pointNumber=CUSTOMER.point_number,
        currentRetailerCode=players.current_retailer.code,
        contractNumber=CUSTOMER.contract_number,
        holderName=CUSTOMER.holder_name,
        holderNameKana=CUSTOMER.holder_name_kana,
        address=CUSTOMER.address,
        wishedDate=today,
        meterWork=MeterWork.NOT_NEEDED,
        consent=consent(today),
    )
    due = f"判断期限 {plain_deadline(registered.decisionDue)}"
    step(players.say, REFERRAL, new, f"廃止取次番号 {registered.caseNumber}「{registered.casePhaseName}」{due}")
    return str(registered.caseNumber)


def open_cases(players: Players) -> list[str]:
    """List the demonstration's cases that an earlier run left open."""
    return [
        result.caseNumber
        for result in _results(players.new_retailer)
        if result.pointNumber == CUSTOMER.point_number and CasePhase(result.casePhase) not in ENDED_PHASES
    ]


def bring_to_end(players: Players, case_number: str) -> CasePhase:
    """Do what is still to be done on a case, and wait for its end.

    :raises SwitchStuck: when it does not end in time.
    """
    case = _result(players, case_number)
    if case.casePhase == CasePhase.AWAITING_DECISION:
        _decide(players, case_number)
        case = _result(players, case_number)
        step(players.say, REFERRAL_RESULT, players.new_retailer, f"「{case.casePhaseName}」判断 {_decision(case)}")
    if case.casePhase == CasePhase.AWAITING_APPLICATIONS:
        _file(players, case)
    return _watch(players, case_number)


def _decide(players: Players, case_number: str) -> None:
    current = players.current_retailer
    (referral,) = current.call(REFERRAL_INBOX, caseNumber=case_number).referrals
    step(
        players.say,
        REFERRAL_INBOX,
        current,
        f"版{referral.version} 異動希望日 {referral.wishedDate} 期限 {plain_deadline(referral.due)}",
    )
    decided = current.call(DECISION, caseNumber=case_number, version=referral.version, decision=Decision.ACCEPT)
    step(players.say, DECISION, current, f"承諾「{decided.casePhaseName}」")


def _file(players: Players, case: Any) -> None:
    new, current = players.new_retailer, players.current_retailer
    common = {
        "processKind": ProcessKind.REGISTER,
        "caseNumber": case.caseNumber,
        "pointNumber": case.pointNumber,
        "effectiveDate": case.effectiveDate,
    }
    if case.startApplicationState in _FILEABLE:
        filed = new.call(
            START_APPLICATION,
            **common,
            holderName=CUSTOMER.holder_name,
            holderNameKana=CUSTOMER.holder_name_kana,
            address=CUSTOMER.address,
            telephone=CUSTOMER.telephone,
            supplyKind=CUSTOMER.supply_kind,
            contractBasis=CUSTOMER.contract_basis,
            contractCapacity=CUSTOMER.contract_capacity,
            meterWork=MeterWork.NOT_NEEDED,
            consent=consent(case.effectiveDate),
        )
        step(players.say, START_APPLICATION, new, f"申請番号 {filed.applicationNumber}「{filed.applicationStateName}」")
    (referral,) = current.call(REFERRAL_INBOX, caseNumber=case.caseNumber).referrals
    if referral.endApplicationState in _FILEABLE:
        filed = current.call(END_APPLICATION, **common, contractNumber=CUSTOMER.contract_number)
        step(
            players.say, END_APPLICATION, current, f"申請番号 {filed.applicationNumber}「{filed.applicationStateName}」"
        )


def _watch(players: Players, case_number: str) -> CasePhase:
    """Ask both operations for the status until the case has ended, and tell what changed."""
    states: dict[object, str] = {}
    end = time.monotonic() + _WITHIN
    while True:
        for interface, player, number in _applications(players, case_number):
            answer = player.call(interface, applicationNumber=number)
            state = answer.status.applicationStateName
            if states.get(interface) != state:
                states[interface] = state
                step(players.say, interface, player, f"{number}「{state}」")
        case = _result(players, case_number)
        if states.get(REFERRAL_RESULT) != case.casePhaseName:
            states[REFERRAL_RESULT] = case.casePhaseName
            step(players.say, REFERRAL_RESULT, players.new_retailer, f"{case_number}「{case.casePhaseName}」")
        if CasePhase(case.casePhase) in ENDED_PHASES:
            _list(players)
            return CasePhase(case.casePhase)
        if time.monotonic() > end:
            raise SwitchStuck(f"{case_number} は「{case.casePhaseName}」のまま終わりません。")
        time.sleep(0.5)


def _applications(players: Players, case_number: str) -> Iterator[tuple[Any, RetailersSystem, str]]:
    start = _result(players, case_number).startApplicationNumber
    if start:
        yield START_STATUS, players.new_retailer, start
    for referral in players.current_retailer.call(REFERRAL_INBOX, caseNumber=case_number).referrals:
        if referral.endApplicationNumber:
            yield END_STATUS, players.current_retailer, referral.endApplicationNumber


def _list(players: Players) -> None:
    for player in (players.new_retailer, players.current_retailer):
        statuses = player.call(STATUS_LIST, area=Area(CUSTOMER.point_number[:2])).statuses
        step(players.say, STATUS_LIST, player, f"{len(statuses)}件")


def _result(players: Players, case_number: str) -> Any:
    (case,) = players.new_retailer.call(REFERRAL_RESULT, caseNumber=case_number).cases
    return case


def _results(retailer: RetailersSystem) -> Iterator[Any]:
    cursor = None
    while True:
        page = retailer.call(REFERRAL_RESULT, cursor=cursor)
        yield from page.cases
        cursor = page.nextCursor
        if cursor is None:
            return


def _decision(case: Any) -> str:
    return Decision(case.decision).label if case.decision else "なし"
