"""How many cases there are in each state."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from schemas.codes import CasePhase


def counts_by_phase(session: Session, phases: Iterable[Select[Any]]) -> dict[CasePhase, int]:
    """Count what some statements give, each the state of cases that no other has; a state without a case is absent.

    A state that nobody knows is counted in none.
    """
    rows = union_all(*phases).subquery()
    counted = session.execute(select(rows.c.phase, func.count()).group_by(rows.c.phase))
    by_phase = {str(phase): int(count) for phase, count in counted}
    return {phase: by_phase[phase.value] for phase in CasePhase if phase.value in by_phase}
