"""一括判断 begins with the inbox as a file, and takes it back with decisions."""

import pytest

from rules.bulk.progress import FileState
from schemas.codes import Segment
from tests.support.cast import DECIDER
from tests.support.referrals import open_case
from tests.support.sent_files import DECISIONS
from tests.web.bulk.conftest import FileRoom
from tests.web.pages import get, words


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@pytest.mark.parametrize("segment", Segment)
def test_what_is_downloaded_there_is_decided_on_and_sent_as_it_is(
    room: FileRoom, segment: Segment, encoding: str
) -> None:
    points = ["0310000000000000000001", "0310000000000000000002"]
    for point in points:
        open_case(room.database, point_number=point, segment=segment)
    client = room.browsers.of(DECIDER)
    page = get(client, f"/bulk/new/decide_referrals/{segment.value}")
    (address,) = page.xpath(f"//a[contains(@href, '/inbox/') and contains(@href, '{encoding}')]/@href")

    downloaded = client.get(address).get_data()
    header, first, second = downloaded.splitlines()
    decided = first.removesuffix(b',"","",""') + ",承諾,,".encode(encoding)
    answer = room.send(b"\r\n".join([header, decided, second]), by=DECIDER, kind=DECISIONS, segment=segment)
    number = answer.headers["Location"].rpartition("/")[2]
    room.check(number)

    shown = get(client, f"/bulk/files/{number}")
    assert room.overview(number).state is FileState.CHECKED
    assert "1行のすべてを送れます。" in words(shown, "//section//strong")
    assert "ほかに、取次判断が空の1行は、判断しないものとして送りません。" in words(shown, "//section//p")
