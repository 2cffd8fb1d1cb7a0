"""要対応: what the two retailers of a case have to do."""

from rules.procedure.application import FILEABLE, Application
from rules.procedure.duties import DutiesOfRetailers, Duty, correction
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase


def duties_of_retailers(state: SwitchingCase) -> DutiesOfRetailers:
    """Tell who has to decide, to file or to correct."""
    if state.phase is CasePhase.AWAITING_DECISION:
        return DutiesOfRetailers(new=None, current=Duty.DECIDE)
    return DutiesOfRetailers(new=_of_applicant(state, state.start), current=_of_applicant(state, state.end))


def _of_applicant(state: SwitchingCase, application: Application) -> Duty | None:
    awaited = state.phase is CasePhase.AWAITING_APPLICATIONS and not state.cut_off_passed
    if awaited and application.state in FILEABLE:
        return Duty.FILE
    return correction(application, phase=state.phase)
