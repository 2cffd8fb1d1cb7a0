"""Where the sink keeps its mails: one file each, whole or not there at all."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from itertools import count
from pathlib import Path

from rules.calendar import JST

_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9]{6}")


@dataclass(frozen=True)
class ReceivedMail:
    """One mail as it came."""

    name: str
    """Its file's name without ending; in the order in which they came."""
    message: EmailMessage

    @property
    def received_at(self) -> datetime:
        """When it came, real time."""
        return datetime.strptime(self.name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=JST)

    def header(self, name: str) -> str:
        """This function will give a header as text, empty where there is none."""
        return str(self.message.get(name, ""))

    @property
    def text(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


class MailBox:
    """A folder of mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._serial = count(1)

    def keep(self, content: bytes) -> None:
        """This function will keep a mail."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{datetime.now(JST):%Y%m%d-%H%M%S-%f}-{next(self._serial):06d}"
        draft = self.folder / f".{name}.new"
        draft.write_bytes(content)
        draft.replace(self.folder / f"{name}.eml")

    def mails(self) -> list[ReceivedMail]:
        """This function will list the mails, the first first."""
        return [_read(path) for path in sorted(self.folder.glob("[0-9]*.eml"))]

    def find(self, name: str) -> ReceivedMail | None:
        """This function will find a mail by its name."""
        path = self.folder / f"{name}.eml"
        return _read(path) if _NAME.fullmatch(name) and path.exists() else None


def _read(path: Path) -> ReceivedMail:
    message = BytesParser(policy=default).parsebytes(path.read_bytes())
    return ReceivedMail(path.stem, message)
