"""Commands that the hub gives by itself: messages like those of the people who run it, stored before anything acts."""

from datetime import datetime
from uuid import uuid4

from models.messages.claiming import store_message
from models.messages.intervention import intervention
from models.prepared import Line
from rules.procedure.commands import Command, CommandContent

BY_ITSELF = "hub"
"""Stands for a person where the hub acts by itself."""
_NO_KEY = b""
"""What the hub says itself holds nothing personal, and its ids never come twice: its digest needs no secret."""


def store_own_command(
    line: Line, content: CommandContent, *, reason: str, at: datetime, by: str = BY_ITSELF
) -> Command:
    """Store a command of the hub's own as of a moment; the caller holds the lock on its procedure's row."""
    key = uuid4()
    message = intervention(content, message_id=uuid4().hex, by=by, reason=reason, key=_NO_KEY)
    command = Command(content=content, message_key=str(key), at=at)
    store_message(line, message, key=key, case_number=content.case_number, stored_at=at, command=command)
    return command
