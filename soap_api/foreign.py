"""How a case or an application answers that is not the caller's: exactly as one that does not exist.

One of another segment than the address that was called does not exist there either.
"""

from rules.numbers import segment_of
from rules.procedure import refusing
from schemas.findings import Refused
from soap_api.callers import Caller


def no_such_case(message_id: str) -> Refused:
    """Make the fault for a case number that the caller has no case of."""
    return Refused(refusing.OWN_CASE.refusal(), message_id)


def no_such_application(message_id: str) -> Refused:
    """Make the fault for an application number that the caller has no application of."""
    return Refused(refusing.no_such_application(), message_id)


def check_segment_of_case(case_number: str, *, caller: Caller, message_id: str) -> None:
    """Refuse a case number that belongs to another segment than the address that was called.

    :raises Refused: HUB-S001. The message id is not taken by it.
    """
    if segment_of(case_number) is not caller.segment:
        raise no_such_case(message_id)
