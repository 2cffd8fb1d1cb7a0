"""The functions by segment, and the files of a company."""

import pytest

from deploy.samples import Person
from rules.bulk.kinds import BulkKind
from schemas.codes import Segment
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.web.bulk.conftest import FileRoom
from tests.web.pages import get, words


def test_the_twelve_functions_stand_under_their_segments(room: FileRoom) -> None:
    page = get(room.browsers.of(NEW_SIDE), "/bulk")

    for segment in Segment:
        section = page.xpath("//section[@aria-labelledby=$segment]", segment=segment.value)[0]
        assert words(section, ".//li//strong") == [kind.label for kind in BulkKind]
        assert section.xpath(".//li//a/@href") == [f"/bulk/new/{kind.value}/{segment.value}" for kind in BulkKind]


@pytest.mark.parametrize("person", [COLLEAGUE, OPERATOR])
def test_who_may_only_look_begins_with_the_files(room: FileRoom, person: Person) -> None:
    page = get(room.browsers.of(person), "/bulk")

    assert words(page, "//h1") == ["一括処理のファイル"]
    assert page.xpath("//a[starts-with(@href, '/bulk/new')]") == []


def test_a_company_sees_its_own_files_the_newest_first(room: FileRoom) -> None:
    first, second, _others = room.sent(room.referrals({})), room.sent(room.referrals({})), room.upload(by=STRANGER)

    page = get(room.browsers.of(NEW_SIDE), "/bulk/files")

    assert words(page, "//tbody/tr/th/a") == [second, first]
    assert words(page, "//tbody/tr[1]/td[1]") == ["受付済み"]


def test_a_colleague_who_may_only_look_sees_them_too(room: FileRoom) -> None:
    number = room.upload(by=DECIDER)

    page = get(room.browsers.of(COLLEAGUE), "/bulk/files")

    assert words(page, "//tbody/tr/th/a") == [number]


def test_the_hub_operator_sees_those_of_all_with_their_companies(room: FileRoom) -> None:
    numbers = [room.upload(by=NEW_SIDE), room.upload(by=STRANGER)]

    page = get(room.browsers.of(OPERATOR), "/bulk/files")

    assert words(page, "//tbody/tr/th/a") == list(reversed(numbers))
    assert words(page, "//tbody/tr/td[2]") == ["やまびこエナジー株式会社", "あおぞら電力株式会社"]


def test_a_long_list_is_leafed_through(room: FileRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [room.upload() for _ in range(3)]
    with room.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE bulk_files SET state = 'stopped', ended_at = now()")
    for _ in range(50):
        numbers.append(room.upload())
        with room.database.transaction() as session:
            session.connection().exec_driver_sql("UPDATE bulk_files SET state = 'stopped', ended_at = now()")
    client = room.browsers.of(NEW_SIDE)

    page = get(client, "/bulk/files")
    (older,) = page.xpath("//a[@rel='next']/@href")

    assert words(page, "//tbody/tr/th/a") == numbers[:2:-1]
    assert words(get(client, older), "//tbody/tr/th/a") == numbers[2::-1]


def test_files_are_filtered_by_how_they_stand_and_the_address_says_so(room: FileRoom) -> None:
    uploaded, checked = room.sent(room.referrals({})), room.seen(room.referrals({}))
    client = room.browsers.of(NEW_SIDE)

    page = get(client, "/bulk/files?standing=to_confirm")
    assert words(page, "//tbody/tr/th/a") == [checked]
    (chip,) = page.xpath("//a[@class='chip']")
    assert "状態: 実行待ち" in chip.text_content()
    assert words(get(client, chip.get("href")), "//tbody/tr/th/a") == [checked, uploaded]
    assert "条件に合うファイルはありません。" in get(client, "/bulk/files?standing=paused").text_content()


def test_a_standing_that_no_file_has_is_said_at_its_field(room: FileRoom) -> None:
    page = get(room.browsers.of(NEW_SIDE), "/bulk/files?standing=lost", status=422)

    assert words(page, "//*[contains(@class, 'field__error')]")
