"""Interventions of the hub operator, as they are stored."""

from typing import Any

from models.cases.commands import StoredMessage, store_command
from models.database import Session
from models.messages.intervention import intervention
from rules.access.roles import Role
from rules.procedure.events import CommandKind
from tests.support.cast import HUB_PERSON
from tests.support.commands import command_content
from tests.support.messages import KEY, new_message_id


def intervene(
    session: Session, case_number: str, kind: CommandKind, *, reason: str = "小売電気事業の廃止のため", **fields: Any
) -> StoredMessage:
    """Store an intervention of the hub operator."""
    content = command_content(kind, case_number=case_number, **fields)
    message = intervention(content, message_id=new_message_id(), by=HUB_PERSON, reason=reason, key=KEY)
    return store_command(session, message=message, content=content, role=Role.HUB_OPERATOR)
