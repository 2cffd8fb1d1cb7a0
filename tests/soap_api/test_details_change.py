"""10810 需要者情報変更 and 発電者情報変更: two interfaces under one number, each in its own segments."""

import pytest

from models.database import Database
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.details_change import CUSTOMER_DETAILS_CHANGE, PRODUCER_DETAILS_CHANGE
from tests.soap_api.filing import Filing
from tests.support.message_contents import all_contents

EACH = pytest.mark.parametrize(
    ("interface", "segment"),
    [
        (CUSTOMER_DETAILS_CHANGE, Segment.LOW_VOLTAGE),
        (CUSTOMER_DETAILS_CHANGE, Segment.HIGH_VOLTAGE),
        (PRODUCER_DETAILS_CHANGE, Segment.LOW_VOLTAGE_FIT),
    ],
    ids=["10810", "K10810", "F10810"],
)


@EACH
@pytest.mark.parametrize(("days", "accepted"), [(-1, False), (0, True), (30, True)])
def test_it_takes_effect_from_today_on(
    filing: Filing, interface: Interface, segment: Segment, days: int, accepted: bool
) -> None:
    answer = filing.send(interface, days=days, segment=segment)

    assert answer.broken_rules == (set() if accepted else {("effectiveDate", "first-effective-date")})


@EACH
def test_what_it_says_is_kept_apart_for_its_relay(
    filing: Filing, retailers: Database, interface: Interface, segment: Segment
) -> None:
    filing.receipt(interface, days=0, segment=segment)

    (said,) = all_contents(retailers)
    assert said["holder_name"] and said["telephone"]


def test_neither_is_known_in_the_segments_of_the_other(filing: Filing) -> None:
    assert filing.send(CUSTOMER_DETAILS_CHANGE, days=0, segment=Segment.LOW_VOLTAGE_FIT).code == "HUB-T008"
    assert filing.send(PRODUCER_DETAILS_CHANGE, days=0, segment=Segment.LOW_VOLTAGE).code == "HUB-T008"
