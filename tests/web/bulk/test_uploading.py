"""Sending a file: who may, what is taken, and what a person reads of what is not."""

import csv
import io

import pytest
from sqlalchemy import text

from deploy.samples import Person
from models.bulk.files import MOST_OPEN
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState
from rules.bulk.reading import MOST_BYTES
from schemas.codes import Segment
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.sent_files import file_of
from tests.web.bulk.conftest import FileRoom
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, words

EVERY = [pytest.param(kind, segment, id=f"{kind}-{segment}") for kind in BulkKind for segment in Segment]
FORM = "/bulk/new/register_referrals/low_voltage"


@pytest.mark.parametrize(("kind", "segment"), EVERY)
def test_each_function_has_its_page_with_its_columns_template_and_sample(
    room: FileRoom, kind: BulkKind, segment: Segment
) -> None:
    client = room.browsers.of(DECIDER)

    page = get(client, f"/bulk/new/{kind.value}/{segment.value}")

    assert words(page, "//h1") == [f"{kind.label}（{segment.label}）"]
    headers = words(page, "//section[@aria-labelledby='making']//tbody/tr/th")
    links = page.xpath("//section[@aria-labelledby='making']//p/a[contains(@href, '/bulk/')]/@href")
    assert len(links) == 4
    for address in links:
        answer = client.get(address)
        encoding = "cp932" if "cp932" in address else "utf-8-sig"
        charset = "Windows-31J" if encoding == "cp932" else "utf-8"
        assert answer.headers["Content-Type"] == f"text/csv; charset={charset}"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        table = list(csv.reader(io.StringIO(answer.data.decode(encoding), newline="")))
        assert table[0] == headers
        assert len(table) == (1 if "template" in address else 3)


def test_what_a_spreadsheet_makes_of_a_day_is_said_to_be_taken(room: FileRoom) -> None:
    columns = words(get(room.browsers.of(NEW_SIDE), FORM), "//section[@aria-labelledby='making']//tbody/tr")

    assert [column for column in columns if column.endswith("形式は、2026-12-25または2026/12/25。")] == [
        column for column in columns if column.startswith(("異動希望日", "同意取得日"))
    ]


def test_of_a_sample_it_is_said_that_it_cannot_be_sent_as_it_is(room: FileRoom) -> None:
    told = words(get(room.browsers.of(NEW_SIDE), FORM), "//p")

    assert "記入例は書き方の見本です。番号や日付は実在のものではないため、そのままでは送れません。" in told


def test_a_file_is_stored_and_its_page_is_shown(room: FileRoom) -> None:
    answer = room.send(file_of(room.referrals({}, {})))

    assert answer.status_code == 303
    number = answer.headers["Location"].rpartition("/")[2]
    page = get(room.browsers.of(NEW_SIDE), answer.headers["Location"])
    assert words(page, "//h1") == [f"{number} スイッチング廃止取次一括登録（低圧託送）"]
    assert "取次11月.csv" in words(page, "//dd")
    assert room.overview(number).state is FileState.UPLOADED


def test_without_a_file_nothing_is_stored(room: FileRoom) -> None:
    client = room.browsers.of(NEW_SIDE)
    token = get(client, FORM).xpath("//form[@enctype]//input[@name='csrf_token']/@value")[0]

    page = page_of(client.post("/bulk/upload/register_referrals/low_voltage", data={"csrf_token": token}), status=422)

    assert words(page, "//div[@role='alert']//li") == ["ファイルを選んでください。"]
    assert words(get(client, "/bulk/files"), "//p[@class='empty']") == ["まだファイルはありません。"]


@pytest.mark.parametrize("more", [1, 70_000], ids=["as-a-file", "as-a-request"])
def test_a_file_that_is_too_large_is_refused_on_the_form(room: FileRoom, more: int) -> None:
    page = page_of(room.send(b"x" * (MOST_BYTES + more)), status=413)

    assert words(page, "//div[@role='alert']//li") == [
        "ファイルが大きすぎます。1つのファイルは20MiB（20,971,520バイト）までです。分けて送ってください。"
    ]


def test_a_file_of_the_largest_size_is_taken(room: FileRoom) -> None:
    assert room.send(b"x" * MOST_BYTES).status_code == 303


def test_other_forms_take_no_more_than_before(room: FileRoom) -> None:
    client = room.browsers.of(NEW_SIDE)

    page = page_of(client.post("/bulk/files/CSV1/confirm", data={"again": "x" * 2_000_000}), status=413)

    assert words(page, "//h1") == ["送信された内容が大きすぎます"]


def test_a_company_with_many_files_on_their_way_is_told_so(room: FileRoom) -> None:
    for _ in range(MOST_OPEN):
        room.upload()

    page = page_of(room.send(b"x"), status=409)

    (error,) = words(page, "//div[@role='alert']//li")
    assert error.startswith("貴社には、終わっていないファイルがほかに多くあります。")


def test_a_file_without_a_form_of_ours_is_not_taken(room: FileRoom) -> None:
    client = room.browsers.of(NEW_SIDE)

    answer = client.post("/bulk/upload/register_referrals/low_voltage", data={"file": (io.BytesIO(b"x"), "x.csv")})

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["", "あ" * 3000, "../../etc/passwd", "<b>.csv", "a\x00b.csv"])
def test_whatever_its_name_a_file_is_taken_and_its_name_shown_as_text(room: FileRoom, name: str) -> None:
    answer = room.send(file_of(room.referrals({})), name=name or "x")

    get(room.browsers.of(NEW_SIDE), answer.headers["Location"])


@pytest.mark.parametrize(("person", "status"), [(COLLEAGUE, 403), (OPERATOR, 403), (DECIDER, 200), (STRANGER, 200)])
@pytest.mark.parametrize("page", ["", "/template.csv", "/sample.csv"])
def test_who_may_send_a_file_sees_how_one_is_made(
    room: FileRoom, browsers: Browsers, person: Person, status: int, page: str
) -> None:
    assert browsers.of(person).get(FORM + page).status_code == status


@pytest.mark.parametrize(
    ("person", "place", "status"),
    [
        (COLLEAGUE, "register_referrals/low_voltage", 403),
        (OPERATOR, "register_referrals/low_voltage", 403),
        (NEW_SIDE, "nothing/low_voltage", 404),
        (None, "register_referrals/low_voltage", 303),
    ],
)
def test_a_file_that_is_too_large_is_answered_as_any_other_to_who_may_not_send_it(
    browsers: Browsers, person: Person | None, place: str, status: int
) -> None:
    too_large = {"file": (io.BytesIO(b"x" * (MOST_BYTES + 70_000)), "x.csv")}

    assert browsers.of(person).post(f"/bulk/upload/{place}", data=too_large).status_code == status


@pytest.mark.parametrize("person", [COLLEAGUE, OPERATOR])
def test_who_may_not_send_cannot_by_a_form_of_another_page_either(room: FileRoom, person: Person) -> None:
    client = room.browsers.of(person)
    token = get(client, "/bulk/files").xpath("//input[@name='csrf_token']/@value")[0]

    answer = client.post(
        "/bulk/upload/register_referrals/low_voltage",
        data={"csrf_token": token, "file": (io.BytesIO(b"x"), "x.csv")},
    )

    assert answer.status_code == 403


@pytest.mark.parametrize("place", ["nothing/low_voltage", "register_referrals/nowhere", "decide_referrals/common"])
def test_a_function_that_there_is_not_has_no_page(room: FileRoom, place: str) -> None:
    assert room.browsers.of(NEW_SIDE).get(f"/bulk/new/{place}").status_code == 404


def test_without_a_login_there_is_none(browsers: Browsers) -> None:
    assert browsers.of(None).get(FORM).status_code == 303


def test_of_two_files_at_once_none_is_taken(room: FileRoom) -> None:
    client = room.browsers.of(NEW_SIDE)
    (form,) = get(client, FORM).xpath("//form[@enctype]")
    token = form.xpath(".//input[@name='csrf_token']/@value")[0]
    both = [(io.BytesIO(b"a"), "a.csv"), (io.BytesIO(b"b"), "b.csv")]

    answer = client.post(form.get("action"), data={"csrf_token": token, "file": both})

    assert answer.status_code == 422
    assert "ファイルが2つ以上選ばれています。" in answer.get_data(as_text=True)
    assert room.database.run(lambda session: session.scalar(text("SELECT count(*) FROM bulk_files"))) == 0
