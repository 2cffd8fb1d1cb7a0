"""How the parts of the hub are doing, as the web server sees them."""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from models.database import Database
from models.health import look_at_database
from rules.calendar import JST
from runtime.logs import logger
from runtime.monitoring import Unwell
from runtime.settings.processes import WebSettings
from runtime.tls import client_context
from schemas.codes import Area, Segment
from temporal.questions import ask_temporal, last_poll

_log = logger(__name__)

_WITHIN = 3.0
"""Seconds a part is given to answer."""
_WORKER_SILENCE = timedelta(minutes=3)
"""Workers ask at least once a minute."""


class PartAway(Exception):
    """A part does not do what it should; the text, in Japanese, says what is seen of it."""


@dataclass(frozen=True)
class PartHealth:
    """How one part is doing."""

    name: str
    label: str
    well: bool
    remark: str
    needed: bool
    """True where the hub cannot do its work without it."""


Check = Callable[[], str]
"""Looks at a part and gives a remark in Japanese; raises where it is not well."""


@dataclass(frozen=True)
class Checked:
    """A part and how it is looked at."""

    name: str
    label: str
    check: Check
    needed: bool = True


def checked_parts(settings: WebSettings, database: Database) -> tuple[Checked, ...]:
    grid = urlsplit(settings.grid_url.format(area=Area.TOKYO.value, segment=Segment.LOW_VOLTAGE.value))
    shake = partial(_handshake, settings.grid_client_certificate, settings.tls_authority)
    return (
        Checked("database", "データベース", partial(_ask_database, database)),
        Checked("temporal", "Temporal", _ask_temporal),
        Checked("worker", "ワーカー", _ask_for_worker),
        Checked("soap", "SOAP受付", partial(shake, settings.soap_host.strip("[]"), settings.soap_port)),
        Checked(
            "grid", "一般送配電事業者のシステム", partial(shake, grid.hostname or "", grid.port or 443), needed=False
        ),
    )


def look_at(part: Checked) -> PartHealth:
    """Look at one part; it never raises."""
    began = time.monotonic()
    try:
        remark = part.check()
    except PartAway as problem:
        return PartHealth(part.name, part.label, False, str(problem), part.needed)
    except Exception:
        _log.warning("part is away", part=part.name, exc_info=True)
        return PartHealth(part.name, part.label, False, "応答がありません", part.needed)
    milliseconds = (time.monotonic() - began) * 1000
    return PartHealth(part.name, part.label, True, remark or f"応答 {milliseconds:.0f} ミリ秒", part.needed)


def _ask_database(database: Database) -> str:
    try:
        look_at_database(database)
    except Unwell as problem:
        raise PartAway(str(problem)) from None
    return ""


def _ask_temporal() -> str:
    async def health(client: object) -> None:
        """Pass: connecting was the question."""

    ask_temporal(health, within=_WITHIN)
    return ""


def _ask_for_worker() -> str:
    poll = ask_temporal(last_poll, within=_WITHIN)
    if poll is None or poll < datetime.now(UTC) - _WORKER_SILENCE:
        raise PartAway("案件を処理するワーカーがいません")
    return f"最終確認 {poll.astimezone(JST):%H:%M:%S}（実際の時刻）"


def _handshake(certificate: Path, authority: Path, host: str, port: int) -> str:
    context: ssl.SSLContext = client_context(certificate=certificate, authority=authority)
    context.check_hostname = False  # the address is where it listens, which its certificate need not name
    with (
        socket.create_connection((host, port), timeout=_WITHIN) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        return f"{host}:{port}（{secured.version()}）"
