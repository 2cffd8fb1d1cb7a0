"""Applications on their own as tests of the SOAP face send them, and what comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.filing import ApplicationReceipt
from schemas.reading import RawValue
from tests.soap_support.answers import Answer
from tests.support.cast import NEW
from tests.support.raw_requests import application
from tests.support.soap_server import Connection


@dataclass(frozen=True)
class Filing:
    """Sends applications of retailers over the wire."""

    connect: Callable[[str], Connection]
    database: Database

    def today(self) -> date:
        with self.database.transaction() as session:
            return day_of(business_now(session))

    def send(
        self,
        interface: Interface,
        *,
        days: int | None = None,
        segment: Segment = Segment.LOW_VOLTAGE,
        by: str = NEW,
        **changes: RawValue,
    ) -> Answer:
        """Register an application.

        :param days: for so many days from today, negative for one that is back-dated; None where none is named.
        """
        effective = None if days is None else self.today() + timedelta(days=days)
        values = application(interface, changes, segment=segment, effective=effective)
        return self.connect(by).call(interface, values, segment=segment)

    def receipt(
        self, interface: Interface, *, days: int | None = None, segment: Segment = Segment.LOW_VOLTAGE, by: str = NEW
    ) -> ApplicationReceipt:
        """Register an application that is accepted, and give the answer."""
        answer = self.send(interface, days=days, segment=segment, by=by).read(ApplicationReceipt)
        assert isinstance(answer, ApplicationReceipt)
        return answer
