"""The inbox as a file: matched against the own customer book, filled in, and sent back as a bulk file."""

import csv
from io import StringIO

import pytest
from flask.testing import FlaskClient

from deploy.samples import Person
from models.database import Database
from rules.bulk.columns import columns_of
from rules.bulk.kinds import BulkKind
from schemas.codes import Segment
from tests.support.cast import COLLEAGUE, CONTRACT_NUMBER, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.inbox.test_inbox import point
from tests.web.pages import get
from web.inbox import file_step

LOW = "/inbox/files/low_voltage.csv"


def download(client: FlaskClient, path: str = LOW, *, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(StringIO(answer.get_data().decode(encoding))))


def test_above_the_rows_stands_the_way_to_the_files_below_them(browsers: Browsers, database: Database) -> None:
    client = browsers.of(DECIDER)
    assert get(client, "/inbox").xpath("//a[text()='CSVで取り出す']") == [], "of nothing there is no file"
    open_case(database)

    page = get(client, "/inbox")

    (way,) = page.xpath("//table/preceding::a[text()='CSVで取り出す']/@href")
    assert page.xpath(f"//h2[@id='{way.removeprefix('#')}'][text()='CSVで取り出す']")


@pytest.mark.parametrize("person", [DECIDER, COLLEAGUE], ids=lambda person: person.user_id)
def test_it_has_what_is_compared_and_each_row_is_on_record(
    person: Person, browsers: Browsers, database: Database
) -> None:
    numbers = [open_case(database, point_number=point(number)) for number in (1, 2)]

    lines = download(browsers.of(person))

    assert [line["廃止取次番号"] for line in lines] == numbers
    assert {line["契約番号"].lstrip("'") for line in lines} == {CONTRACT_NUMBER}
    assert {line["契約名義"] for line in lines} == {"髙橋　太郎"}
    assert {line["需要場所住所"].lstrip("'") for line in lines} == {"東京都江東区豊洲１－２－３"}
    assert rows(database, "SELECT user_id, subject, purpose FROM data_reads ORDER BY id") == [
        (person.user_id, number, "画面:受信箱CSV") for number in numbers
    ]


def test_it_has_every_column_that_a_bulk_decision_takes(browsers: Browsers, database: Database) -> None:
    open_case(database)

    (line,) = download(browsers.of(DECIDER))

    wanted = [column.header for column in columns_of(BulkKind.DECIDE_REFERRALS, Segment.LOW_VOLTAGE)]
    assert set(wanted) <= set(line)
    assert (line["版"], line["取次判断"]) == ("1", "")


def test_the_filters_of_the_list_hold_and_a_file_is_of_one_segment(browsers: Browsers, database: Database) -> None:
    low, high = (
        open_case(database, point_number=point(number), segment=segment)
        for number, segment in ((1, Segment.LOW_VOLTAGE), (2, Segment.HIGH_VOLTAGE))
    )
    client = browsers.of(DECIDER)

    assert [line["廃止取次番号"] for line in download(client)] == [low]
    assert [line["廃止取次番号"] for line in download(client, "/inbox/files/high_voltage.csv?area=03")] == [high]
    assert download(client, f"{LOW}?area=09") == download(client, f"{LOW}?hands=mine") == []
    links = get(client, "/inbox?segment=high_voltage&area=03").xpath("//a[@class='download']/@href")
    assert links == [
        "/inbox/files/high_voltage.csv?area=03",
        "/inbox/files/high_voltage.csv?encoding=cp932&area=03",
    ]


def test_it_is_given_for_older_spreadsheets_too(browsers: Browsers, database: Database) -> None:
    open_case(database, holder_name="髙﨑　花子")

    (line,) = download(browsers.of(DECIDER), f"{LOW}?encoding=cp932", encoding="cp932")

    assert line["契約名義"] == "髙﨑　花子"


def test_it_is_whole_however_many_there_are(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_step, "PIECE", 2)
    numbers = [open_case(database, point_number=point(number)) for number in range(1, 6)]

    assert [line["廃止取次番号"] for line in download(browsers.of(DECIDER))] == numbers


def test_nobody_gets_what_came_in_for_another(browsers: Browsers, database: Database) -> None:
    open_case(database)

    assert download(browsers.of(STRANGER)) == download(browsers.of(NEW_SIDE)) == []
    get(browsers.of(OPERATOR), LOW, status=403)
    assert rows(database, "SELECT * FROM data_reads") == []


@pytest.mark.parametrize(
    "path", ["/inbox/files/gas.csv", f"{LOW}?area=11", f"{LOW}?encoding=utf-7", "/inbox/files/%00.csv"]
)
def test_what_is_no_file_of_ours_is_not_found(path: str, browsers: Browsers) -> None:
    get(browsers.of(DECIDER), path, status=404)
