"""12110 スイッチング廃止取次登録: 登録 opens a case, 訂正 and 取消 are commands on it."""

from functools import partial

from structlog.contextvars import bind_contextvars

from models.cases import operations as cases
from models.cases.commands import Examine, Role
from rules.procedure.consent import consent_findings
from rules.procedure.events import CommandContent, CommandKind
from rules.steps import CommandAnswer
from runtime.traces import span
from schemas.codes import ProcessKind
from schemas.findings import Refused
from schemas.interfaces.referral import REFERRAL, ReferralRequest, ReferralResponse
from soap_api.callers import Caller
from soap_api.commands import carry_out, identified
from soap_api.parts import Parts


def register_referral(request: ReferralRequest, caller: Caller, parts: Parts) -> ReferralResponse:
    """Register, amend or withdraw a referral, as its 処理区分 says."""
    if request.process_kind is ProcessKind.REGISTER:
        return _response(request, _register(request, caller, parts))
    assert request.case_number is not None, "the catalogue requires it"
    examine: Examine | None = None
    if request.process_kind is ProcessKind.WITHDRAW:
        content = CommandContent(kind=CommandKind.WITHDRAW, case_number=request.case_number)
    else:
        assert request.consent is not None, "the catalogue requires it"
        examine = partial(consent_findings, obtained_on=request.consent.obtained_on)
        content = CommandContent(
            kind=CommandKind.AMEND,
            case_number=request.case_number,
            point_number=request.point_number,
            current_retailer=request.current_retailer_code,
            wished_date=request.wished_date,
            meter_work=request.meter_work,
        )
    answer = carry_out(
        content,
        role=Role.NEW_RETAILER,
        interface=REFERRAL,
        request=request,
        caller=caller,
        parts=parts,
        examine=examine,
    )
    return _response(request, answer)


def _register(request: ReferralRequest, caller: Caller, parts: Parts) -> CommandAnswer:
    """Decided within the transaction that stores it: the answer is final and waits for no workflow."""
    assert caller.segment is not None, "the catalogue has no referral among what all segments share"
    message, segment = identified(request, interface=REFERRAL, caller=caller, parts=parts), caller.segment
    with span("store"):
        result = parts.database.run(
            lambda session: cases.register_referral(
                session,
                message=message,
                segment=segment,
                profile=parts.settings.deadline_profile,
                calendar=parts.calendar,
            )
        )
    bind_contextvars(message_key=result.key)
    if result.refusal is not None:
        raise Refused(result.refusal, request.message_id)
    assert result.answer is not None, "there is a refusal or an answer"
    bind_contextvars(case_number=result.answer.case_number)
    if not result.repeated:
        parts.start(result.answer.case_number)
    return result.answer


def _response(request: ReferralRequest, answer: CommandAnswer) -> ReferralResponse:
    assert answer.processed_at is not None, "set when the answer was stored"
    assert answer.wished_date is not None and answer.decision_due is not None and answer.cut_off is not None
    return ReferralResponse(
        message_id=request.message_id,
        case_number=answer.case_number,
        version=answer.version,
        case_phase=answer.phase,
        case_phase_name=answer.phase.label,
        wished_date=answer.wished_date,
        decision_due=answer.decision_due,
        application_cut_off=answer.cut_off,
        processed_at=answer.processed_at,
    )
