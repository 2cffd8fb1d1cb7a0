"""The message ids that screens make: each form has its own, so that a double click sends once."""

import re
from uuid import uuid4

_MESSAGE_ID = re.compile(r"WEB-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_message_id() -> str:
    return f"WEB-{uuid4()}"


def is_message_id(text: str) -> bool:
    """Tell whether a text can be a message id that a screen made."""
    return bool(_MESSAGE_ID.fullmatch(text))
