"""What is besieged: the whole system with fifty retailers, and what can be seen of its processes from outside."""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import requests

from deploy.authority import issue_client_certificate, make_authority
from deploy.local_certificates import Certificates
from deploy.samples import NEW_RETAILER
from deploy.stack.ports import Ports
from deploy.stack.processes import birth
from deploy.stack.supervisor import Stack
from models.certificates.operations import register_certificate
from models.clock import business_now
from models.database import Database
from models.handovers import backlog
from models.participants.operations import register_participant
from rules.calendar import day_of
from schemas.codes import Area, ParticipantRole
from soap_api.services import LOW_VOLTAGE, path_of
from tools.bench.samples import load_cases, register_case
from tools.siege.callers import Caller, Orders
from tools.siege.letters import good_requests, inquiry, read_all, read_one
from tools.siege.processes import family, resident
from tools.siege.target import HOST, Target

RETAILERS = tuple(f"20{number:02d}" for number in range(1, 51))
_LARGE = 100
"""Cases of the attacking retailer, so that a list of them is a large answer."""
_FIRST_OF_GOOD = 10_000
"""Place of the good retailers' first case among all."""
_SINCE = date(2016, 4, 1)
_WATCHED = ("front", "soap")
_SETTINGS = {
    "HUB_WATCH_EVERY": "30",
    "HUB_SOAP_WORKERS": "2",
    "HUB_SOAP_RENEW_AFTER": "0",  # so that no process ends but unasked
}
_DELIVERED_WITHIN = 120.0
_TIMEOUT = 20.0


@dataclass(frozen=True)
class Fort:
    """The running system."""

    stack: Stack
    case_numbers: tuple[str, ...]
    """By the place of the retailer that won it; the retailer after it lost it."""
    today: date
    target: Target

    def orders(self, *, a_second: float) -> Orders:
        """Say what the good retailers are to send."""
        return Orders(
            port=self.target.port,
            authority=self.target.authority,
            a_second=a_second,
            callers=[
                Caller(
                    address=f"127.0.1.{place + 1}",
                    certificate=str(self.stack.certificates.retailer(code)),
                    requests=good_requests(
                        won=self.case_numbers[place],
                        lost=self.case_numbers[place - 1],
                        current=RETAILERS[place - 1],
                        today=self.today,
                    ),
                )
                for place, code in enumerate(RETAILERS)
            ],
        )

    def processes(self) -> Mapping[str, Mapping[int, str | None]]:
        """Give the births of all processes that are watched, by part and id."""
        return {part: {pid: birth(pid) for pid in family(first)} for part, first in self._first_ones().items()}

    def resident(self) -> dict[str, float]:
        """Give the MiB that the processes of each part hold."""
        return {part: resident(family(pid)) for part, pid in self._first_ones().items()}

    def tell(self, areas: Mapping[str, Mapping[str, object]]) -> None:
        """Tell the grid operators of areas how to behave, and the others to behave as usual."""
        for area in Area:
            self._control("DELETE", area.value)
        for name, controls in areas.items():
            self._control("POST", name, json=dict(controls))

    def _first_ones(self) -> dict[str, int]:
        running = {name: self.stack.parts[name].process.pid for name in _WATCHED if name in self.stack.parts}
        return {name: pid for name, pid in running.items() if pid is not None}

    def _control(self, method: str, path: str, *, json: Mapping[str, object] | None = None) -> None:
        certificates = self.stack.certificates
        requests.request(
            method,
            f"https://localhost:{self.stack.ports.grid_stub}/control/{path}",
            json=json,
            cert=str(certificates.grid_client),
            verify=str(certificates.authority),
            timeout=_TIMEOUT,
        ).raise_for_status()


@contextmanager
def running_fort(folder: Path) -> Iterator[Fort]:
    """Run the whole system in an empty folder for a block, when all it was given has reached the workflows.

    :raises UnableToStart: when a part does not get ready.
    """
    stack = Stack(folder, ports=Ports.free(), settings=_SETTINGS, durable=False)
    with stack, closing(_Loaded(stack)) as loaded:
        own, numbers, today = loaded.register(stack.certificates)
        loaded.await_delivery()
        yield Fort(stack, numbers, today, _target(stack, own))


class _Loaded:
    def __init__(self, stack: Stack) -> None:
        self._database = Database(stack.environment["DATABASE_URL"])

    def register(self, certificates: Certificates) -> tuple[str, tuple[str, ...], date]:
        own = load_cases(self._database, certificates, cases=_LARGE)
        with self._database.transaction() as session:
            today = day_of(business_now(session))
            for code in RETAILERS:
                issued = certificates.make_for_retailer(code)
                register_participant(
                    session,
                    code=code,
                    name=f"見本電力{code}株式会社",
                    role=ParticipantRole.RETAILER,
                    area=None,
                    valid_from=_SINCE,
                )
                register_certificate(
                    session,
                    issuer=issued.issuer,
                    serial=issued.serial,
                    retailer_code=code,
                    expires_at=issued.expires_at,
                )
            numbers = tuple(
                register_case(
                    session,
                    _FIRST_OF_GOOD + place,
                    today=today,
                    new=code,
                    current=RETAILERS[(place + 1) % len(RETAILERS)],
                )
                for place, code in enumerate(RETAILERS)
            )
        return own[0], numbers, today

    def await_delivery(self) -> None:
        end = time.monotonic() + _DELIVERED_WITHIN
        while time.monotonic() < end:
            with self._database.transaction() as session:
                if not backlog(session, stuck_after=3).open:
                    return
            time.sleep(0.5)

    def close(self) -> None:
        self._database.dispose()


def _target(stack: Stack, own_case: str) -> Target:
    certificates, foreign = stack.certificates, stack.folder / "foreign"
    stranger = issue_client_certificate(
        make_authority(foreign, name="Another Authority"), foreign / "stranger.pem", common_name=NEW_RETAILER
    )
    return Target(
        port=stack.ports.soap,
        address=HOST,
        path=path_of(LOW_VOLTAGE),
        namespace=LOW_VOLTAGE.namespace,
        authority=str(certificates.authority),
        certificate=str(certificates.retailer(NEW_RETAILER)),
        unregistered=str(certificates.make_for_retailer("9999").path),
        foreign=str(stranger.path),
        read=read_one(own_case),
        listing=read_all(),
        inquiries={area.value: inquiry(area) for area in Area},
    )
