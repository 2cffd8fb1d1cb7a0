"""要対応: what the applicant has to do."""

from rules.lone_application.state import LoneApplication
from rules.procedure.duties import DutiesOfRetailers, correction


def duties_of_retailers(state: LoneApplication) -> DutiesOfRetailers:
    """Tell whether the applicant, on whichever side of the point it stands, has to correct its application."""
    duty = correction(state.application, phase=state.phase)
    return DutiesOfRetailers(
        new=None if state.new_retailer is None else duty, current=None if state.current_retailer is None else duty
    )
