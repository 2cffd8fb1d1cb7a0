"""The record of who read or changed what.

That of reads is made for each call, and handed to the queries that give personal data; a command on a case is recorded
as its message is stored, and every other change by :func:`record_change`.
"""

from models.database import Session
from models.reads import ReadRecorder, note_change
from rules.access.use_cases import UseCase
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.common import Consent
from usecases.actors import Actor, FileRow, HubOperator, Operator, Person, RetailerPerson, RetailerSystem


def recorder_for(
    use_case: UseCase,
    *,
    interface: Interface,
    actor: Actor,
    segment: Segment | None,
    message_id: str,
    consent: Consent | None = None,
) -> ReadRecorder:
    """Make the recorder of a call: of a system by the interface it calls, of a person by what they do at the screen."""
    match actor:
        case RetailerSystem():
            return ReadRecorder(
                retailer_code=actor.retailer_code,
                source_address=actor.source_address,
                interface_number=interface.number_in(segment),
                message_id=message_id,
                consent=consent,
            )
        case RetailerPerson() | FileRow() | HubOperator():
            return screen_recorder(actor, purpose=screen_purpose(use_case), message_id=message_id, consent=consent)


def screen_purpose(use_case: UseCase) -> str:
    """Say what a person reads for who does at a screen what systems do by an interface."""
    return f"画面:{use_case.label}"


def screen_recorder(
    actor: RetailerPerson | FileRow | HubOperator, *, purpose: str, message_id: str = "", consent: Consent | None = None
) -> ReadRecorder:
    """Make the recorder of a screen.

    :param purpose: what its data are read for: the screen's name.
    """
    return ReadRecorder(
        retailer_code=actor.retailer_code,
        source_address=actor.source_address,
        message_id=message_id,
        consent=consent,
        user_id=actor.user_id,
        purpose=purpose,
    )


def record_change(session: Session, use_case: UseCase, *, actor: Person | Operator, subject: str, what: str) -> None:
    """Put on record what somebody changes, in the transaction that changes it.

    :param what: the new state and the reason, in words; nothing personal.
    """
    note_change(
        session,
        retailer_code=actor.retailer_code,
        source_address=actor.source_address,
        user_id=actor.user_id,
        purpose=use_case.label,
        subject=subject,
        what=what,
    )
