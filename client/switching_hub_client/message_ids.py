"""Message ids (メッセージID): what makes a repeat a repeat. A message that is sent again keeps its id."""

import secrets
from datetime import datetime
from pathlib import Path


def new_message_id(*, now: datetime | None = None) -> str:
    """This function will make an id that no other message of the retailer has: the time, and chance behind it."""
    moment = now or datetime.now().astimezone()
    return f"{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(8)}"


class KeptMessageId:
    """The id of the message in a file, kept beside it from before it is sent until its outcome is known.

    So a message that was interrupted is sent again under the id it had.
    """

    def __init__(self, request: Path) -> None:
        self._file = request.with_name(f"{request.name}.message-id")

    def get(self) -> str:
        """This function will give the id, a new one where none is kept."""
        if not self._file.exists():
            written = self._file.with_name(f"{self._file.name}.new")
            written.write_text(new_message_id(), encoding="ascii")
            written.replace(self._file)
        return self._file.read_text(encoding="ascii")

    def forget(self) -> None:
        """This function will drop the id: the next message in the file is another one."""
        self._file.unlink(missing_ok=True)
