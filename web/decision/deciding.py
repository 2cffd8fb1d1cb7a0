"""What a person decides at a screen, sent to its case."""

from collections.abc import Sequence

from flask import abort

from runtime.logs import logger
from schemas.codes import Segment
from schemas.findings import Refusal, Refused
from schemas.interfaces.decision import DecisionRequest
from schemas.refusal_codes import RefusalCode
from usecases.decision import decide_referral, decide_referrals
from usecases.hub import Hub
from web.shared.access import current_actor, current_viewer

_log = logger(__name__)

NOT_STORED = frozenset(
    {
        RefusalCode.SAME_ID_OTHER_CONTENT,
        RefusalCode.TOO_MANY_COMMANDS,
        RefusalCode.TOO_MANY_IN_FLIGHT,
        RefusalCode.FORM,
    }
)
"""Refusals that are not the answer to a stored decision, so that no page of its result would show them."""


def decide(decision: DecisionRequest, *, segment: Segment, hub: Hub) -> Refusal | None:
    """Send a decision, and give what speaks against it; 404 where the case is none of the person's."""
    refusal = None
    try:
        decide_referral(decision, actor=current_actor(), segment=segment, hub=hub)
    except Refused as refused:
        if refused.refusal.code is RefusalCode.NO_SUCH_CASE:
            abort(404)
        refusal = refused.refusal
    _note(decision, refusal)
    return refusal


def decide_several(decisions: Sequence[DecisionRequest], *, hub: Hub) -> dict[str, Refusal | None]:
    """Send several decisions, and give by case what speaks against each."""
    refusals = decide_referrals(decisions, actor=current_actor(), hub=hub)
    for decision in decisions:
        _note(decision, refusals[decision.case_number])
    return refusals


def _note(decision: DecisionRequest, refusal: Refusal | None) -> None:
    _log.info(
        "decision at screen",
        case_number=decision.case_number,
        message_id=decision.message_id,
        user_id=current_viewer().user_id,
        refused=None if refusal is None else refusal.code.value,
    )
