"""An application that needs no other one, filed by a retailer's system in the running world."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.codes import AnswerSource, ApplicationState
from tests.support.lone_kinds import LoneKind
from tests.support.polling import until
from tests.support.retailers import Customer, Retailer
from tests.support.world import World


@dataclass(frozen=True)
class FiledApplication:
    """An application that was filed."""

    kind: LoneKind
    number: str
    customer: Customer
    by: Retailer
    effective: date

    def wait_for(self, state: ApplicationState, *, instead: Callable[[], object] = lambda: None) -> Any:
        """Ask by SOAP until the grid operator tells of the state, and give that answer."""

        def asked() -> Any:
            answer = self.by.call(self.kind.tells, applicationNumber=self.number)
            live = answer.source == AnswerSource.GRID_OPERATOR
            return answer if live and answer.status.applicationState == state else None

        return until(asked, within=40.0, every=0.2, instead=instead)


def file_application(
    world: World, kind: LoneKind, customer: Customer, *, effective: date | None = None
) -> FiledApplication:
    """File an application, for the first day it can name unless another is given."""
    by = kind.applicant(world)
    day = effective or kind.first_day(world.today())
    answer = by.apply(kind.files, customer, effective=day)
    return FiledApplication(kind, answer.applicationNumber, customer, by, day)
