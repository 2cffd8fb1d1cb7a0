"""An application (申請) to a grid operator: the same in a switching case and on its own."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from schemas.codes import ApplicationKind, ApplicationState, ProcessKind

FILEABLE = (ApplicationState.NOT_FILED, ApplicationState.CANCELLED)
AMENDABLE = (ApplicationState.RECEIVED, ApplicationState.DEFECTIVE)
CANCELLABLE = (ApplicationState.SENDING, ApplicationState.RECEIVED, ApplicationState.DEFECTIVE)
"""In which states an application can be filed, amended (訂正) and cancelled (取消)."""


class AtGrid(StrEnum):
    """What is known of whether the grid operator holds an application."""

    NO = "no"
    UNKNOWN = "unknown"
    """It was sent, or is being sent, and no answer has come."""
    YES = "yes"
    """With the content it has, or with an earlier one while a correction is on its way or was found defective."""


@dataclass(frozen=True)
class Application:
    """An application as a procedure knows it."""

    kind: ApplicationKind
    state: ApplicationState = ApplicationState.NOT_FILED
    number: str | None = None
    content_key: str | None = None
    """Key of the message that carries its content, personal data included."""
    revision: int = 0
    """How often its content was filed: 1 for the first, one more for each 訂正."""
    at_grid: AtGrid = AtGrid.NO
    known_to_grid: bool = False
    """True once the grid operator has taken note of the number, though it may have found a defect (不備)."""
    filed_at: datetime | None = None
    """When the hub stored the content it has."""
    filed_under: str | None = None
    """Code of the retailer that filed it. The grid operator knows it under this one, whoever its procedure belongs to
    later (承継); only a new 登録, which has a number of its own, goes under another."""
    defects: tuple[str, ...] = ()
    """Names of the rules the grid operator found broken (不備); its words stay in the database."""
    defective_since: datetime | None = None
    """When it found them, where it said so."""

    @property
    def may_be_at_grid(self) -> bool:
        """True where leaving it alone could leave an orphan at the grid operator."""
        return self.at_grid is not AtGrid.NO

    @property
    def filed(self) -> bool:
        """True where it is on its way to the grid operator or received there, as a pair needs it."""
        return self.state in (ApplicationState.SENDING, ApplicationState.RECEIVED)


def possible_processes(state: ApplicationState) -> tuple[ProcessKind, ...]:
    """List what may be asked for an application in a state, while its procedure takes any."""
    by_process = {
        ProcessKind.REGISTER: FILEABLE,
        ProcessKind.AMEND: AMENDABLE,
        ProcessKind.WITHDRAW: CANCELLABLE,
    }
    return tuple(process for process, states in by_process.items() if state in states)


def sent(application: Application, *, message_key: str, at: datetime, by: str) -> Application:
    """Put an application on its way with the content of a message, stored ``at``.

    :param by: code of the retailer whose message it is; a 訂正 goes under the code of the 登録.
    """
    return replace(
        application,
        state=ApplicationState.SENDING,
        content_key=message_key,
        revision=application.revision + 1,
        at_grid=AtGrid.YES if application.at_grid is AtGrid.YES else AtGrid.UNKNOWN,
        filed_at=at,
        filed_under=application.filed_under or by,
        defects=(),
        defective_since=None,
    )


def gone_from_grid(application: Application, state: ApplicationState) -> Application:
    """Mark an application that the grid operator does not hold, or holds no longer."""
    return replace(application, state=state, at_grid=AtGrid.NO)
