"""Message ids (メッセージID): what makes a repeat a repeat. A message that is sent again keeps its id."""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

_ID = re.compile(r"[0-9A-Za-z-]{1,40}")


def new_message_id(*, now: datetime | None = None) -> str:
    """Make an id that no other message of the retailer has: the time, and chance behind it."""
    moment = now or datetime.now().astimezone()
    return f"{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(8)}"


def digest_of(number: str, values: Mapping[str, object]) -> str:
    """Name a message's content, without telling it."""
    text = json.dumps([number, values], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class UnusableKeptId(Exception):
    """What is kept beside a message cannot be read or written, or belongs to another; the text says what to do."""


class OwnMessageId:
    """The id that a file itself gives its message; whoever wrote it there looks after it."""

    repeat = "同じメッセージIDで送ると、同じ応答を得られます。"
    tried = False

    def __init__(self, message_id: str) -> None:
        self.message_id = message_id

    def ended(self, *, shown: bool) -> None:
        """Take note that the hub has spoken for good."""

    def not_sent(self) -> None:
        """Take note that nothing left this machine."""


@dataclass(frozen=True)
class _Note:
    """What is kept of a message that was, or is about to be, sent."""

    message_id: str
    content: str
    """Of what it is the id (:func:`digest_of`)."""
    answered: bool = False
    """The hub has spoken for good, and what it said was not shown yet."""


class KeptMessageId:
    """The id of the message in a file, kept beside it from before it is sent until its answer was shown.

    So a message that was interrupted is sent again under the id it had.
    """

    repeat = "同じファイルでもう一度実行すると、同じ応答を表示します。"

    def __init__(self, request: Path, *, content: str) -> None:
        """Find what is kept, or keep a new id.

        :raises UnusableKeptId: where that cannot be done, or where another content is under way.
        """
        self._file = request.with_name(f"{request.name}.message-id")
        note = self._find(content)
        self.tried = note is not None
        """An earlier run may have brought the message to the hub."""
        self._note = note or _Note(new_message_id(), content)
        if note is None:
            try:
                self._keep(self._note)
            except OSError as problem:
                raise UnusableKeptId(
                    f"{self._file}: メッセージIDの控えを書けません（{problem.strerror}）。"
                ) from problem

    @property
    def message_id(self) -> str:
        return self._note.message_id

    def ended(self, *, shown: bool) -> None:
        """Drop the id, as the next message in the file is another one; where nobody has read the answer, keep it.

        :raises OSError: where that cannot be done.
        """
        if shown:
            self._file.unlink(missing_ok=True)
        else:
            self._keep(replace(self._note, answered=True))

    def not_sent(self) -> None:
        """Drop the id, unless an earlier run may have brought it to the hub."""
        if not self.tried:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _find(self, content: str) -> _Note | None:
        try:
            note = _read(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, LookupError) as problem:
            raise UnusableKeptId(
                f"{self._file}: メッセージIDの控えを読めません（{type(problem).__name__}）。"
                "前の電文が届いているかもしれません。控えを読めるように戻すか、前の電文の結果を照会で確かめてから、控えを消してください。"
            ) from problem
        if note.content == content:
            return note
        if note.answered:
            return None
        raise UnusableKeptId(
            f"{self._file}: 前に送った電文（messageId {note.message_id}）の結果がまだ分からないまま、"
            "ファイルの内容かIF番号が変わっています。元の内容に戻してもう一度実行するか、前の電文の結果を照会で確かめてから、控えを消してください。"
        )

    def _keep(self, note: _Note) -> None:
        """Write it whole, and so that it outlives the machine."""
        draft = self._file.with_name(f"{self._file.name}.new")
        try:
            with draft.open("w", encoding="ascii") as file:
                json.dump(asdict(note), file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._file)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise


def _read(content: bytes) -> _Note:
    note = json.loads(content)
    if not _ID.fullmatch(note["message_id"]):
        raise ValueError("no message id")
    return _Note(**note)
