"""Where the sink keeps its mails: one file each, whole or not there at all."""

import os
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
        """Give a header as text, empty where there is none."""
        return str(self.message.get(name, ""))

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


class MailBox:
    """A folder of mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._serial = count(1)

    def keep(self, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{datetime.now(JST):%Y%m%d-%H%M%S-%f}-{next(self._serial):06d}"
        draft = self.folder / f".{name}.new"
        draft.write_bytes(content)
        draft.replace(self.folder / f"{name}.eml")

    def mails(self) -> list[ReceivedMail]:
        """List the mails, the oldest first."""
        return [mail for name in self._names() if (mail := self.find(name))]

    def page(self, number: int, *, size: int) -> "MailPage":
        """Give a page of mails, the newest first; only those on it are read, however many there are."""
        names = self._names()[::-1]
        begin = (number - 1) * size
        mails = [mail for name in names[begin : begin + size] if (mail := self.find(name))]
        return MailPage(number, mails, total=len(names), last=max(1, -(-len(names) // size)))

    def find(self, name: str) -> ReceivedMail | None:
        if not _NAME.fullmatch(name):
            return None
        try:
            content = (self.folder / f"{name}.eml").read_bytes()
        except FileNotFoundError:  # nobody's, or taken away meanwhile
            return None
        return ReceivedMail(name, BytesParser(policy=default).parsebytes(content))

    def _names(self) -> list[str]:
        if not self.folder.exists():
            return []
        files = (Path(entry.name) for entry in os.scandir(self.folder))
        return sorted(path.stem for path in files if path.suffix == ".eml" and _NAME.fullmatch(path.stem))


@dataclass(frozen=True)
class MailPage:
    """Some of the mails, the newest first."""

    number: int
    mails: list[ReceivedMail]
    total: int
    last: int
    """Number of the last page."""
