"""The ways a case can go, by rule."""

from schemas.codes import ENDED_PHASES, CasePhase

NEXT_PHASES: dict[CasePhase, set[CasePhase]] = {
    CasePhase.AWAITING_DECISION: {
        CasePhase.AWAITING_APPLICATIONS,
        CasePhase.REJECTED,
        CasePhase.WITHDRAWN,
        CasePhase.DECISION_EXPIRED,
        CasePhase.UNMATCHED,
        CasePhase.CLOSED,
    },
    CasePhase.AWAITING_APPLICATIONS: {
        CasePhase.CANCELLING,
        CasePhase.MATCHED,
        CasePhase.ONE_SIDE_DONE,
        CasePhase.WITHDRAWN,
        CasePhase.UNMATCHED,
        CasePhase.CLOSED,
    },
    CasePhase.CANCELLING: {
        CasePhase.MATCHED,
        CasePhase.ONE_SIDE_DONE,
        CasePhase.WITHDRAWN,
        CasePhase.UNMATCHED,
        CasePhase.CLOSED,
    },
    CasePhase.MATCHED: {CasePhase.ONE_SIDE_DONE, CasePhase.COMPLETED, CasePhase.GRID_CANCELLED},
    CasePhase.ONE_SIDE_DONE: {CasePhase.COMPLETED, CasePhase.GRID_CANCELLED, CasePhase.CLOSED},
} | {phase: set() for phase in ENDED_PHASES}
"""The ways a case can go. Without a decision it is ``UNMATCHED`` where the cut-off comes before the decision deadline;
it is ``ONE_SIDE_DONE`` without matching where a grid operator completes an application that had no other one."""
