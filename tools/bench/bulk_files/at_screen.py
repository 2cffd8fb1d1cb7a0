"""Somebody at the screens of the running hub, who sends a file and has it worked off, as a browser does."""

import re

import requests

from deploy.samples import Person
from rules.bulk.kinds import BulkKind
from schemas.codes import Segment

_WITHIN = 120.0
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class AtScreen:
    """One person, logged in."""

    def __init__(self, address: str, person: Person) -> None:
        """Log in at ``address``, where the screens are."""
        self._address = address
        self._session = requests.Session()
        self._post("/login", form="/login", user_id=person.user_id, password=person.password)

    def upload(self, data: bytes, *, kind: BulkKind, segment: Segment) -> str:
        """Send a file, and give its number."""
        page = f"{kind.value}/{segment.value}"
        answer = self._post(f"/bulk/upload/{page}", form=f"/bulk/new/{page}", files={"file": ("bench.csv", data)})
        return answer.url.rpartition("/")[2]

    def confirm(self, number: str) -> None:
        """Have a file's rows sent."""
        self._post(f"/bulk/files/{number}/confirm", form=f"/bulk/files/{number}")

    def _post(
        self, path: str, *, form: str, files: dict[str, tuple[str, bytes]] | None = None, **values: str
    ) -> requests.Response:
        page = self._session.get(f"{self._address}{form}", timeout=_WITHIN)
        page.raise_for_status()
        data = {"csrf_token": _TOKEN.findall(page.text)[0], **values}
        answer = self._session.post(f"{self._address}{path}", data=data, files=files, timeout=_WITHIN)
        answer.raise_for_status()
        return answer
