"""The whole system as it runs for its users, the fixed cast that uses it, and what tests turn on it."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import requests

from deploy.samples import PEOPLE
from deploy.stack.supervisor import ROOT, Stack
from models.clock import business_now, move_clock
from models.database import Database
from rules.access.standing import EVERY_HUB_ROLE
from rules.calendar import day_of
from schemas.codes import Area, CasePhase, UserRole
from temporal.connection import connect
from temporal.gateway import TemporalGateway
from temporal.handover import handover
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.retailers import Customer, Retailer
from usecases.actors import HubOperator
from usecases.hub import Hub
from usecases.interventions import SuccessionRequest, succeed

_points = count(1)
HUB_OPERATOR = next(person for person in PEOPLE if person.role is UserRole.HUB_OPERATOR)


@dataclass
class World:
    """The running system, the cast, and what a test may look at or turn."""

    stack: Stack
    database: Database
    new: Retailer
    current: Retailer
    another: Retailer
    _lines: requests.Session = field(default_factory=requests.Session)
    """To the stub's control endpoint, kept from call to call."""

    def now(self) -> datetime:
        with self.database.transaction() as session:
            return business_now(session)

    def today(self) -> date:
        return day_of(self.now())

    def customer(self, area: Area = Area.TOKYO) -> Customer:
        """Give a customer whose point no test had before."""
        return Customer(point_number=f"{area.value}{next(_points):020d}")

    def registered(self, customer: Customer) -> str:
        """Register a referral for today and give its case number."""
        number: str = self.new.register(customer, current=self.current, wished=self.today()).caseNumber
        return number

    def accepted(self, customer: Customer) -> str:
        """Bring a case to where both applications are awaited."""
        case_number = self.registered(customer)
        assert self.current.decide(case_number).casePhase == CasePhase.AWAITING_APPLICATIONS
        return case_number

    def start_filed(self, area: Area) -> str:
        """Bring a case to where its start application is on its way, and give its number."""
        customer = self.customer(area)
        case_number = self.accepted(customer)
        self.new.file_start(case_number, customer, effective=self.new.result(case_number).effectiveDate)
        return case_number

    def file_both(self, case_number: str, customer: Customer) -> None:
        """File both applications for the case's effective date."""
        effective = self.new.result(case_number).effectiveDate
        self.new.file_start(case_number, customer, effective=effective)
        self.current.file_end(case_number, customer, effective=effective)

    def wait_for(self, case_number: str, phase: CasePhase, *, within: float = 40.0, by: Retailer | None = None) -> Any:
        """Wait until the new retailer reads the phase, and give the case.

        :param by: the new retailer's system in the segment of the case, where that is not 低圧託送.
        """
        new = by or self.new
        return until(
            lambda: case if (case := new.result(case_number)).casePhase == phase else None,
            within=within,
            instead=lambda: self.history(case_number),
        )

    def history(self, case_number: str) -> list[str]:
        """Give the kinds of the lines in the case's history."""
        kinds = rows(self.database, "SELECT kind FROM case_history WHERE case_number = :n ORDER BY step", n=case_number)
        return [kind for (kind,) in kinds]

    def wait_for_application(self, case_number: str, state: str) -> Any:
        """Wait until the start application of a case stands so, and give the case."""
        return until(lambda: case if (case := self.new.result(case_number)).startApplicationState == state else None)

    def phase_in_database(self, case_number: str) -> str:
        """Read the phase past the SOAP face."""
        ((phase,),) = rows(self.database, "SELECT phase FROM cases WHERE case_number = :number", number=case_number)
        return str(phase)

    def together(self, *calls: Callable[[], Any]) -> list[Any]:
        """Make calls at the same time and give results or exceptions in their order."""
        with ThreadPoolExecutor(len(calls)) as threads:
            futures = [threads.submit(call) for call in calls]
        return [future.exception() or future.result() for future in futures]

    def grid(self, area: Area, **controls: object) -> None:
        """Tell the grid operator of an area how to behave."""
        self.control("POST", area.value, json=controls)

    def standing_at_grid(self, area: Area) -> int:
        """Count the applications that stand at a grid operator and are not complete."""
        counted: int = self.control("GET", "counters")[area.value]["standing"]
        return counted

    def duplicates_at_grid(self) -> int:
        """Count the second applications for one purpose, in all areas."""
        return sum(area["duplicates"] for area in self.control("GET", "counters").values())

    def move_clock(self, by: timedelta) -> None:
        """Move the business clock without telling anybody."""
        with self.database.transaction() as session:
            move_clock(session, by=by)

    def wake_cases(self) -> None:
        """Have all open cases look at the business clock anew."""
        command = [sys.executable, "-m", "upkeep", "wake"]
        subprocess.run(command, env=self.stack.environment, cwd=ROOT, check=True)

    def succeed(self, number: str, *, leaving: Retailer, successor: Retailer) -> None:
        """Have the hub operator name a successor (承継) of a retailer."""
        request = SuccessionRequest(
            case_number=number,
            reason="小売電気事業の廃止のため",
            leaving=leaving.code,
            successor=successor.code,
        )
        gateway = TemporalGateway(connecting=partial(connect, lazy=True, environment=self.stack.environment))
        try:
            hand_over = handover(database=self.database, gateway=gateway, timeout=20.0)
            key = self.stack.environment["HUB_MESSAGE_KEY"].encode()
            hub = Hub(database=self.database, message_key=key, hand_over=hand_over)
            succeed(request, actor=HubOperator(HUB_OPERATOR.user_id, capacity=EVERY_HUB_ROLE), hub=hub)
        finally:
            gateway.close()

    def control(self, method: str, path: str, **more: Any) -> Any:
        """Speak to the stub's control endpoint."""
        certificates = self.stack.certificates
        response = self._lines.request(
            method,
            f"https://localhost:{self.stack.ports.grid_stub}/control/{path}",
            cert=str(certificates.grid_client),
            verify=str(certificates.authority),
            timeout=20,
            **more,
        )
        response.raise_for_status()
        return response.json()
