"""10210 使用量情報照会申請: with consent, for a point that it takes no hold of."""

import pytest

from models.database import Database
from schemas.codes import Segment
from schemas.interfaces.end_of_supply import END_OF_SUPPLY
from schemas.interfaces.usage import USAGE_INQUIRY_APPLICATION
from tests.soap_api.filing import Filing
from tests.support.cast import CURRENT, NEW, OTHER
from tests.support.message_contents import all_contents


@pytest.mark.parametrize("segment", [Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE])
def test_its_consent_is_kept_with_it(filing: Filing, retailers: Database, segment: Segment) -> None:
    filing.receipt(USAGE_INQUIRY_APPLICATION, segment=segment)

    (said,) = all_contents(retailers)
    assert said["consent"] == {"obtained_on": "2026-01-15", "method": "paper", "obtained_by": "豊洲支店"}


def test_it_is_not_known_in_low_voltage_fit(filing: Filing) -> None:
    answer = filing.send(USAGE_INQUIRY_APPLICATION, segment=Segment.LOW_VOLTAGE_FIT)

    assert answer.code == "HUB-T008"


def test_it_blocks_nothing_and_nothing_blocks_it(filing: Filing) -> None:
    answers = [
        filing.send(USAGE_INQUIRY_APPLICATION, by=NEW),
        filing.send(END_OF_SUPPLY, days=0, by=CURRENT),
        filing.send(USAGE_INQUIRY_APPLICATION, by=OTHER),
    ]

    assert [answer.code for answer in answers] == [None, None, None]
