"""Cases made for tests, and what a workflow does to them, on the real database and without Temporal."""

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from models.cases.commands import StoredMessage, store_command
from models.cases.operations import RegistrationResult, look_at_case, record_step, register_referral
from models.clock import business_now
from models.database import Database, Session
from models.messages.identity import IncomingMessage, incoming
from models.messages.intervention import intervention
from models.messages.queries import content_of, unanswered
from models.participants.operations import register_participant
from rules.access.roles import Role
from rules.answers import answer_to
from rules.calendar import JapaneseCalendar, day_of
from rules.core import Procedure, advance, next_alarm
from rules.procedure.commands import Decide, Withdraw
from rules.procedure.events import Command, CommandKind, Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import Transition
from rules.steps import Step, StepResult
from rules.switching.state import SwitchingCase
from schemas.codes import (
    ApplicationKind,
    ConsentMethod,
    ContractBasis,
    Decision,
    MeterWork,
    ParticipantRole,
    ProcessKind,
    RejectionReason,
    Segment,
    SupplyKind,
)
from schemas.findings import Refusal
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.common import Consent
from schemas.interfaces.decision import DecisionRequest
from schemas.interfaces.referral import REFERRAL, ReferralRequest
from tests.support.commands import command_content

NEW, CURRENT, OTHER = "1001", "1002", "1003"
HUB_PERSON = "OCCTO00001"
POINT = "0310000000000000000001"
CALENDAR = JapaneseCalendar()
KEY = b"a key for tests"

Result = TypeVar("Result")

_message_ids = (f"T-{number:06d}" for number in count(1))


def register_retailers(session: Session) -> None:
    """Register the three retailers of the demo."""
    names = {NEW: "あおぞら電力株式会社", CURRENT: "みなと電気株式会社", OTHER: "やまびこエナジー株式会社"}
    for code, name in names.items():
        register_participant(
            session, code=code, name=name, role=ParticipantRole.RETAILER, area=None, valid_from=date(2016, 4, 1)
        )


def consent() -> Consent:
    return Consent(obtained_on=date(2026, 1, 15), method=ConsentMethod.PAPER, obtained_by="豊洲支店")


def referral_request(*, wished_date: date | None, **changes: Any) -> ReferralRequest:
    """Fill in a registration; another message id each time."""
    values: dict[str, Any] = {
        "message_id": next(_message_ids),
        "process_kind": ProcessKind.REGISTER,
        "case_number": None,
        "point_number": POINT,
        "current_retailer_code": CURRENT,
        "contract_number": "12345678901234",
        "holder_name": "髙橋　太郎",
        "holder_name_kana": "タカハシ　タロウ",
        "address": "東京都江東区豊洲１－２－３",
        "wished_date": wished_date,
        "meter_work": MeterWork.NOT_NEEDED,
        "consent": consent(),
    }
    return ReferralRequest(**(values | changes))


def identified(request: object, *, retailer: str, interface: str) -> IncomingMessage:
    return incoming(retailer_code=retailer, interface_number=interface, request=request, key=KEY)


def soon(session: Session) -> date:
    """Give a day that every registration of today may wish for."""
    return day_of(business_now(session)) + timedelta(days=40)


def register(
    session: Session,
    request: ReferralRequest | None = None,
    *,
    retailer: str = NEW,
    segment: Segment = Segment.LOW_VOLTAGE,
    **changes: Any,
) -> RegistrationResult:
    if request is None:
        request = referral_request(**({"wished_date": soon(session)} | changes))
    return register_referral(
        session,
        message=identified(request, retailer=retailer, interface=REFERRAL.number_in(segment)),
        request=request,
        segment=segment,
        profile="standard",
        calendar=CALENDAR,
    )


def open_case(database: Database, **changes: Any) -> str:
    """Open a case between two of the retailers, and give its number."""
    with database.transaction() as session:
        register_retailers(session)
        answer = register(session, **changes).answer
    assert answer is not None
    return answer.case_number


def decision_request(case_number: str, **changes: Any) -> DecisionRequest:
    """Fill in an acceptance; another message id each time."""
    values: dict[str, Any] = {
        "message_id": next(_message_ids),
        "case_number": case_number,
        "version": 1,
        "decision": Decision.ACCEPT,
        "rejection_reasons": (),
        "rejection_text": None,
    }
    return DecisionRequest(**(values | changes))


def decide(
    session: Session, case_number: str, request: DecisionRequest | None = None, *, retailer: str = CURRENT, **new: Any
) -> StoredMessage:
    """Store the current retailer's decision."""
    request = request or decision_request(case_number, **new)
    return store_command(
        session,
        message=identified(request, retailer=retailer, interface="12410"),
        content=Decide(
            case_number=case_number,
            version=request.version,
            decision=request.decision,
            rejection_reasons=request.rejection_reasons,
        ),
        role=Role.CURRENT_RETAILER,
    )


def reject(session: Session, case_number: str, *, text: str = "契約者死亡のため要確認") -> StoredMessage:
    return decide(
        session,
        case_number,
        decision=Decision.REJECT,
        rejection_reasons=(RejectionReason.NO_SUCH_CONTRACT, RejectionReason.OTHER),
        rejection_text=text,
    )


def withdraw(
    session: Session, case_number: str, *, retailer: str = NEW, message_id: str | None = None
) -> StoredMessage:
    """Store the new retailer's withdrawal."""
    nothing = dict.fromkeys(
        ("point_number", "current_retailer_code", "contract_number", "holder_name", "holder_name_kana", "address")
    )
    request = referral_request(
        message_id=message_id or next(_message_ids),
        process_kind=ProcessKind.WITHDRAW,
        case_number=case_number,
        meter_work=None,
        consent=None,
        wished_date=None,
        **nothing,
    )
    return store_command(
        session,
        message=identified(request, retailer=retailer, interface="12110"),
        content=Withdraw(case_number=case_number),
        role=Role.NEW_RETAILER,
    )


def amend(session: Session, case_number: str, *, retailer: str = NEW, **changes: Any) -> StoredMessage:
    """Store the new retailer's amendment; ``changes`` must name the wished date."""
    state = look_at_case(session, case_number=case_number).state
    request = referral_request(**({"process_kind": ProcessKind.AMEND, "case_number": case_number} | changes))
    return store_command(
        session,
        message=identified(request, retailer=retailer, interface="12110"),
        content=command_content(
            CommandKind.AMEND,
            case_number=case_number,
            point_number=request.point_number,
            current_retailer=state.current_retailer,
            wished_date=request.wished_date,
            meter_work=request.meter_work,
        ),
        role=Role.NEW_RETAILER,
    )


def file_start(session: Session, case_number: str, *, retailer: str = NEW, **changes: Any) -> StoredMessage:
    """Store a start application that fits its case."""
    state = look_at_case(session, case_number=case_number).state
    values: dict[str, Any] = {
        "message_id": next(_message_ids),
        "process_kind": ProcessKind.REGISTER,
        "case_number": case_number,
        "application_number": None,
        "point_number": state.point_number,
        "effective_date": state.effective_date,
        "holder_name": "髙橋　太郎",
        "holder_name_kana": "タカハシ　タロウ",
        "address": "東京都江東区豊洲１－２－３",
        "telephone": "03-1234-5678",
        "supply_kind": SupplyKind.LIGHTING,
        "contract_basis": ContractBasis.AMPERE_BREAKER,
        "contract_capacity": 40,
        "meter_work": None,
        "consent": consent(),
    }
    request = StartApplicationRequest(**(values | changes))
    return _file(session, request, CommandKind.FILE_START, Role.NEW_RETAILER, retailer=retailer, interface="10610")


def file_end(
    session: Session, case_number: str, *, retailer: str = CURRENT, contract_number: str = "12345678901234"
) -> StoredMessage:
    """Store an end application that fits its case."""
    state = look_at_case(session, case_number=case_number).state
    request = EndApplicationRequest(
        message_id=next(_message_ids),
        process_kind=ProcessKind.REGISTER,
        case_number=case_number,
        application_number=None,
        point_number=state.point_number,
        effective_date=state.effective_date,
        contract_number=contract_number,
    )
    return _file(session, request, CommandKind.FILE_END, Role.CURRENT_RETAILER, retailer=retailer, interface="10710")


def amend_start(session: Session, case_number: str) -> StoredMessage:
    """Store the new retailer's correction (訂正) of its start application, with the content it has."""
    application = case_state(session, case_number).start
    assert application.content_key is not None
    filed = content_of(session, key=application.content_key)
    assert isinstance(filed, StartApplicationRequest)
    request = replace(
        filed,
        message_id=next(_message_ids),
        process_kind=ProcessKind.AMEND,
        application_number=application.number,
    )
    return _file(session, request, CommandKind.AMEND_START, Role.NEW_RETAILER, retailer=NEW, interface="10610")


def amend_end(session: Session, case_number: str, *, contract_number: str) -> StoredMessage:
    """Store the current retailer's correction (訂正) of its end application."""
    state = case_state(session, case_number)
    request = EndApplicationRequest(
        message_id=next(_message_ids),
        process_kind=ProcessKind.AMEND,
        case_number=case_number,
        application_number=state.end.number,
        point_number=state.point_number,
        effective_date=state.effective_date,
        contract_number=contract_number,
    )
    return _file(session, request, CommandKind.AMEND_END, Role.CURRENT_RETAILER, retailer=CURRENT, interface="10710")


_ALL_ABSENT: dict[str, Any] = dict.fromkeys(field.name for field in dataclasses.fields(StartApplicationRequest))


def cancel_start(session: Session, case_number: str) -> StoredMessage:
    """Store the new retailer's 取消 of its start application alone."""
    number = case_state(session, case_number).start.number
    message_id = next(_message_ids)
    request = StartApplicationRequest(
        **_ALL_ABSENT
        | {
            "message_id": message_id,
            "process_kind": ProcessKind.WITHDRAW,
            "case_number": case_number,
            "application_number": number,
        }
    )
    return _file(session, request, CommandKind.CANCEL_START, Role.NEW_RETAILER, retailer=NEW, interface="10610")


def intervene(
    session: Session, case_number: str, kind: CommandKind, *, reason: str = "小売電気事業の廃止のため", **fields: Any
) -> StoredMessage:
    """Store an intervention of the hub operator."""
    content = command_content(kind, case_number=case_number, **fields)
    message = intervention(content, message_id=next(_message_ids), by=HUB_PERSON, reason=reason, key=KEY)
    return store_command(session, message=message, content=content, role=Role.HUB_OPERATOR)


def _file(
    session: Session,
    request: StartApplicationRequest | EndApplicationRequest,
    kind: CommandKind,
    role: Role,
    *,
    retailer: str,
    interface: str,
) -> StoredMessage:
    assert request.case_number is not None, "these helpers file for cases"
    return store_command(
        session,
        message=identified(request, retailer=retailer, interface=interface),
        content=command_content(
            kind,
            case_number=request.case_number or "",
            application_number=request.application_number,
            point_number=request.point_number,
            effective_date=request.effective_date,
            meter_work=request.meter_work if isinstance(request, StartApplicationRequest) else None,
        ),
        role=role,
    )


def case_state(session: Session, case_number: str) -> SwitchingCase:
    """Give a switching case as its row stands."""
    return as_case(look_at_case(session, case_number=case_number).state)


def as_case(state: Procedure) -> SwitchingCase:
    """Take what a row says as a switching case, which it must be."""
    assert isinstance(state, SwitchingCase)
    return state


def step_for(session: Session, case_number: str, event: Event) -> Step:
    """Ask the core what an event makes of the case as it stands, and put that into a step."""
    standing = look_at_case(session, case_number=case_number)
    outcome = advance(standing.state, event, calendar=CALENDAR)
    command = event if isinstance(event, Command) else None
    key = None if command is None else command.message_key
    if isinstance(outcome, Refusal):
        assert command is not None
        answer = replace(answer_to(standing.state, at=standing.at, command=command, refusal=outcome), processed_at=None)
        return Step(case_number, standing.number, command.message_key, standing.state, None, answer, key)
    assert isinstance(outcome, Transition), f"{event} says nothing new"
    reply = replace(answer_to(outcome.state, at=standing.at, command=command), processed_at=None) if command else None
    alarm = next_alarm(standing.state)
    cause = key or (event.cause if isinstance(event, GridNews) else alarm.rule.value if alarm else "")
    deadline = alarm.at if isinstance(event, TimePassed) and alarm else None
    return Step(case_number, standing.number + 1, cause, outcome.state, outcome.line, reply, key, deadline)


def obey_all(session: Session, case_number: str) -> StepResult:
    """Let the case take every command that waits, in the order they were stored."""
    result = look_at_case(session, case_number=case_number)
    for command in unanswered(session, case_number=case_number):
        result = record_step(session, step=step_for(session, case_number, command))
    return result


def send_both(session: Session, case_number: str) -> StepResult:
    """Have a case accepted and both applications filed, so that both are being sent."""
    decide(session, case_number)
    obey_all(session, case_number)
    file_start(session, case_number)
    file_end(session, case_number)
    return obey_all(session, case_number)


def hear(session: Session, case_number: str, kind: NewsKind, application: ApplicationKind, **more: Any) -> StepResult:
    """Let the case hear news of one of its applications."""
    number = case_state(session, case_number).application(application).number
    assert number is not None
    news = GridNews(kind, application, number, f"{number}-{kind.value}", business_now(session), **more)
    return record_step(session, step=step_for(session, case_number, news))


def complete_switch(session: Session, case_number: str) -> StepResult:
    """Bring a new case through acceptance, both applications and matching to 完了."""
    decide(session, case_number)
    obey_all(session, case_number)
    file_start(session, case_number)
    file_end(session, case_number)
    obey_all(session, case_number)
    matched_at: datetime = business_now(session)
    hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.START)
    hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.END)
    hear(session, case_number, NewsKind.MATCHED, ApplicationKind.START, occurred_at=matched_at)
    hear(session, case_number, NewsKind.COMPLETED, ApplicationKind.START)
    return hear(session, case_number, NewsKind.COMPLETED, ApplicationKind.END)


def at_once(*actions: Callable[[], Result]) -> list[Result]:
    """Run actions side by side and give what each returned, in their order."""
    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(action) for action in actions]]
