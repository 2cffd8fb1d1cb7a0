"""What retailers register in the core: a referral, or an application on its own."""

from typing import Any

from rules.lone_application.registration import LoneRegistration
from rules.switching.registration import Registration
from schemas.codes import ApplicationKind, MeterWork, Segment
from tests.support.cast import CURRENT, NEW, POINT
from tests.support.moments import MORNING, WISHED


def referral_registration(**changes: Any) -> Registration:
    """Give what the new retailer registers on a Wednesday morning."""
    values: dict[str, Any] = {
        "segment": Segment.LOW_VOLTAGE,
        "point_number": POINT,
        "new_retailer": NEW,
        "current_retailer": CURRENT,
        "wished_date": WISHED,
        "meter_work": MeterWork.NOT_NEEDED,
        "consent_obtained_on": MORNING.date(),
        "content_key": "message-0",
        "at": MORNING,
    }
    return Registration(**(values | changes))


def lone_registration(kind: ApplicationKind, **changes: Any) -> LoneRegistration:
    """Give what a retailer registers of an application on its own, on the same morning."""
    values: dict[str, Any] = {
        "segment": Segment.LOW_VOLTAGE,
        "point_number": POINT,
        "applicant": NEW,
        "effective_date": None if kind is ApplicationKind.USAGE_INQUIRY else WISHED,
        "meter_work": MeterWork.NOT_NEEDED,
        "consent_obtained_on": MORNING.date(),
        "content_key": "message-0",
        "at": MORNING,
    }
    return LoneRegistration(kind=kind, **(values | changes))
