"""Each of the twelve functions, from the sample to its page: owner, colleague, another company, hub operator."""

import pytest

from rules.bulk.kinds import BulkKind
from rules.bulk.writing import sample
from schemas.codes import Segment
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.web.bulk.conftest import FileRoom
from tests.web.pages import get, page_of, words

EVERY = [pytest.param(kind, segment, id=f"{kind}-{segment}") for kind in BulkKind for segment in Segment]


@pytest.mark.parametrize(("kind", "segment"), EVERY)
def test_its_file_is_taken_from_the_owner_and_seen_by_whom_it_concerns_alone(
    room: FileRoom, kind: BulkKind, segment: Segment
) -> None:
    answer = room.send(sample(kind=kind, segment=segment).encode(), by=DECIDER, kind=kind, segment=segment)
    address = answer.headers["Location"]
    room.check(address.rpartition("/")[2])

    heading = f"{address.rpartition('/')[2]} {kind.label}（{segment.label}）"
    for person in (DECIDER, COLLEAGUE, OPERATOR):
        page = get(room.browsers.of(person), address)
        assert words(page, "//h1") == [heading]
        assert words(page, "//section[contains(@class, 'identity')]//strong") == [f"区分: {segment.label}"]
        assert words(page, "//tbody/tr/th") == ["2", "3"], "the sample's days are past, and its cases not ours"
    for person in (NEW_SIDE, STRANGER):
        page_of(room.browsers.of(person).get(address), status=404)
