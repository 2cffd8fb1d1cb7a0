"""The screens by which a retailer's administrator looks after its people: the ten functions of the terms' §2.2 (3)."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.database import Database
from rules.user_entries import FIELDS
from tests.support.cast import ADMINISTRATOR, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR
from tests.support.database_contents import rows
from tests.web.conftest import Browsers
from tests.web.pages import Values, get, page_of, send, words

ENTRY = {
    "user_id": "mina09",
    "name": "見本 花子",
    "email": "hanako@example.jp",
    "role": "retailer_staff",
    "contractor": "",
    "works_until": "",
    "device": "PC-12",
}
SOMEBODY = f"/users/of/{COLLEAGUE.user_id}"


@pytest.fixture
def client(browsers: Browsers) -> FlaskClient:
    return browsers.of(ADMINISTRATOR)


def said(client: FlaskClient, answer: TestResponse) -> list[str]:
    assert answer.status_code == 303, answer.text
    return words(get(client, answer.location), "//*[@role='status']")


def listed(client: FlaskClient, query: str = "") -> list[str]:
    return words(get(client, f"/users{query}"), "//tbody/tr/th/a")


def test_the_list_shows_the_people_of_ones_own_company(client: FlaskClient) -> None:
    assert set(listed(client)) == {"1002mina01", "1002mina02", "1002kanri1", "1002juta01"}


def test_the_filters_stand_in_the_address_and_are_taken_away_one_by_one(client: FlaskClient) -> None:
    page = get(client, "/users?contractors=only&text=juta&state=enabled")

    assert words(page, "//tbody/tr/th/a") == ["1002juta01"]
    assert "受託者: 受託者だけの条件を外す" in "".join(words(page, "//ul[@class='chips']"))
    assert listed(client, "?role=retailer_administrator") == ["1002kanri1"]
    get(client, "/users?state=nonsense", status=422)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_same_is_given_as_a_file(client: FlaskClient, encoding: str) -> None:
    answer = client.get(f"/users/users.csv?text=mina0&encoding={encoding}")

    lines = answer.get_data().decode("utf-8-sig" if encoding == "utf-8" else "cp932").splitlines()
    assert [line.split(",")[0].strip("\"'") for line in lines] == ["ユーザーID", "1002mina01", "1002mina02"]


def test_somebody_is_registered(client: FlaskClient, database: Database) -> None:
    answer = send(client, get(client, "/users/new"), ENTRY, button="登録する")

    assert unquote(answer.location) == "/users/of/1002mina09"
    (sentence,) = said(client, answer)
    assert sentence.startswith("完了: 登録しました。")
    assert "見本 花子" in get(client, "/users/of/1002mina09").text_content()
    assert rows(database, "SELECT user_id, kind FROM user_mails") == [("1002mina09", "registered")]


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(client: FlaskClient) -> None:
    answer = send(client, get(client, "/users/new"), {**ENTRY, "email": "x", "role": []}, button="登録する")
    page = page_of(answer, status=422)

    assert words(page, "//div[@role='alert']//li") == [
        "メールアドレスの形式が正しくありません。",
        "役割を入力してください。",
    ]
    assert page.xpath("string(//input[@name='name']/@value)") == "見本 花子"


def test_an_id_that_is_taken_is_said(client: FlaskClient) -> None:
    taken = {**ENTRY, "user_id": COLLEAGUE.user_id}

    page = page_of(send(client, get(client, "/users/new"), taken, button="登録する"), status=422)

    assert "すでに使われています" in words(page, "//div[@role='alert']//li")[0]


def test_somebody_is_changed(client: FlaskClient, database: Database) -> None:
    page = get(client, f"{SOMEBODY}/edit")
    changed = {"name": "江口 凌", "email": "ryo@example.jp", "contractor": "見本事務", "works_until": "2040-03-31"}

    said(client, send(client, page, changed, button="修正する"))

    columns = "name, email, contractor, works_until::text, role"
    assert rows(database, f"SELECT {columns} FROM users WHERE user_id = '{COLLEAGUE.user_id}'") == [
        ("江口 凌", "ryo@example.jp", "見本事務", "2040-03-31", "retailer_staff")
    ]


def test_a_change_that_cannot_be_is_refused(client: FlaskClient) -> None:
    page = get(client, f"{SOMEBODY}/edit")

    answer = send(client, page, {"email": "ryo@example.jp", "works_until": "2040-03-31"}, button="修正する")

    assert "両方を入力するか" in words(page_of(answer, status=422), "//div[@role='alert']//li")[0]


@pytest.mark.parametrize(
    ("act", "button", "outcome"),
    [
        ("reissue", "パスワードを再発行する", "パスワードを再発行します"),
        ("disable", "無効にする", "無効にしました"),
        ("remove", "削除する", "削除しました"),
    ],
)
def test_what_has_consequences_is_asked_first_and_says_them(
    client: FlaskClient, act: str, button: str, outcome: str
) -> None:
    assert f"{SOMEBODY}/act/{act}" in get(client, SOMEBODY).xpath("//main//a/@href")

    (sentence,) = said(client, send(client, get(client, f"{SOMEBODY}/act/{act}"), button=button))

    assert outcome in sentence
    assert (COLLEAGUE.user_id in listed(client)) == (act != "remove")


def test_who_is_disabled_can_be_enabled_again(client: FlaskClient) -> None:
    send(client, get(client, f"{SOMEBODY}/act/disable"), button="無効にする")
    get(client, f"{SOMEBODY}/act/disable", status=404)

    (sentence,) = said(client, send(client, get(client, f"{SOMEBODY}/act/enable"), button="有効にする"))

    assert "有効にしました" in sentence


def test_who_is_locked_is_marked_so_and_can_be_unlocked(client: FlaskClient, browsers: Browsers) -> None:
    stranger = browsers.of(None)
    wrong = {"user_id": COLLEAGUE.user_id, "password": "wrong"}
    for _ in range(5):
        send(stranger, get(stranger, "/login"), wrong, button="ログイン")
    assert listed(client, "?state=locked") == [COLLEAGUE.user_id]

    said(client, send(client, get(client, f"{SOMEBODY}/act/unlock"), button="ロックを解除する"))

    assert listed(client, "?state=locked") == []


def test_who_is_in_at_several_browsers_at_once_is_shown_so(client: FlaskClient, browsers: Browsers) -> None:
    browsers.of(COLLEAGUE)
    assert "同時に" not in get(client, "/users").text_content()

    browsers.of(COLLEAGUE)

    assert "2台で同時に利用中" in get(client, "/users").text_content()
    assert "2台（同時に使っています" in get(client, SOMEBODY).text_content()


def test_the_role_of_somebody_is_changed(client: FlaskClient, database: Database) -> None:
    page = get(client, f"{SOMEBODY}/rights")
    assert page.xpath("//input[@checked]/@value") == ["retailer_staff"]

    said(client, send(client, page, {"role": "retailer_decider"}, button="この役割にする"))

    assert rows(database, f"SELECT role FROM users WHERE user_id = '{COLLEAGUE.user_id}'") == [("retailer_decider",)]


def test_the_administrators_own_id_is_seen_and_not_changed(client: FlaskClient) -> None:
    mine = f"/users/of/{ADMINISTRATOR.user_id}"

    assert get(client, mine).xpath(f"//main//a[starts-with(@href, '{mine}/')]") == []
    for page in ("edit", "rights", "act/remove"):
        get(client, f"{mine}/{page}", status=403)


@pytest.mark.parametrize("user_id", [NEW_SIDE.user_id, "1002nobody", "x"])
@pytest.mark.parametrize("page", ["", "/edit", "/rights", "/act/remove"])
def test_somebody_elses_people_answer_as_nobody(client: FlaskClient, user_id: str, page: str) -> None:
    get(client, f"/users/of/{user_id}{page}", status=404)


@pytest.mark.parametrize("page", ["", "/new", "/roles", "/file", f"/of/{COLLEAGUE.user_id}"])
@pytest.mark.parametrize("person", [DECIDER, COLLEAGUE, OPERATOR], ids=lambda person: person.user_id)
def test_nobody_else_opens_these_screens(browsers: Browsers, person: object, page: str) -> None:
    get(browsers.of(person), f"/users{page}", status=403)  # type: ignore[arg-type]


class TestRoles:
    """利用者権限設定: what a retailer defines itself."""

    INBOX, DECISION = "inbox:low_voltage:read", "decision:low_voltage:act"

    def save(self, client: FlaskClient, values: Values, *, path: str = "/users/roles/new") -> TestResponse:
        return send(client, get(client, path), values, button="保存する")

    def test_a_role_is_defined_given_and_holds(self, client: FlaskClient, browsers: Browsers) -> None:
        said(client, self.save(client, {"name": "低圧の受信箱", "grants": [self.INBOX]}))
        page = get(client, f"{SOMEBODY}/rights")
        (key,) = page.xpath("//label[text()='低圧の受信箱']/preceding-sibling::input/@value")
        said(client, send(client, page, {"role": key}, button="この役割にする"))

        theirs = browsers.of(COLLEAGUE)

        assert words(get(theirs, "/home"), "//nav[@aria-label='画面']//a") == [
            "ホーム",
            "受信箱",
            "申込内容一覧",
            "照会",
            "稼働状況",
        ]
        assert "低圧の受信箱" in words(get(theirs, "/home"), "//*[@class='header__role']")

    def test_what_somebody_has_can_be_changed_and_not_dropped(self, client: FlaskClient) -> None:
        said(client, self.save(client, {"name": "低圧", "grants": [self.INBOX]}))
        (path,) = get(client, "/users/roles").xpath("//tbody//th/a/@href")
        assert get(client, path).xpath("//input[@checked]/@value") == [self.INBOX]

        said(client, self.save(client, {"name": "低圧の判断", "grants": [self.INBOX, self.DECISION]}, path=path))

        assert words(get(client, "/users/roles"), "//tbody//th") == ["低圧の判断"]
        said(client, send(client, get(client, "/users/roles"), button="削除する（低圧の判断）"))
        assert words(get(client, "/users/roles"), "//tbody//th") == []

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"name": "", "grants": [INBOX]}, "役割の名前を入力してください。"),
            ({"name": "判断", "grants": [DECISION]}, "廃止取次判断の権限には、同じ区分の受信箱の参照が必要です。"),
            ({"name": "なし"}, "権限を1つ以上選んでください。"),
        ],
    )
    def test_what_cannot_be_a_role_is_refused(self, client: FlaskClient, values: Values, sentence: str) -> None:
        page = page_of(self.save(client, values), status=422)

        assert words(page, "//div[@role='alert']//li") == [sentence]

    def test_a_name_is_taken_once(self, client: FlaskClient) -> None:
        said(client, self.save(client, {"name": "低圧", "grants": [self.INBOX]}))

        page = page_of(self.save(client, {"name": "低圧", "grants": [self.INBOX]}), status=422)

        assert words(page, "//div[@role='alert']//li") == ["同じ名前の役割があります。"]

    def test_another_companys_role_is_not_there(self, client: FlaskClient) -> None:
        get(client, "/users/roles/999999", status=404)


class TestFile:
    """ユーザ一括登録(CSV): checked first."""

    def upload(self, client: FlaskClient, *lines: str) -> TestResponse:
        page = get(client, "/users/file")
        token = page.xpath("string(//input[@name='csrf_token']/@value)")
        data = "\r\n".join((",".join(FIELDS.values()), *lines)).encode()
        return client.post("/users/file", data={"csrf_token": token, "file": (BytesIO(data), "users.csv")})

    def test_nothing_is_registered_before_it_is_confirmed(self, client: FlaskClient, database: Database) -> None:
        answer = self.upload(
            client, "mina08,見本 一,a@example.jp,担当者(照会のみ),,,", "mina09,見本 二,b@example.jp,retailer_decider,,,"
        )

        page = get(client, answer.location)
        before = rows(database, "SELECT count(*) FROM user_mails")
        (sentence,) = said(client, send(client, page, button="この内容で登録する"))

        assert words(page, "//tbody/tr/th") == ["1002mina08", "1002mina09"]
        assert (before, sentence[:7]) == ([(0,)], "完了: 2人を")
        assert rows(
            database, "SELECT user_id, role FROM users WHERE user_id IN ('1002mina08', '1002mina09') ORDER BY 1"
        ) == [
            ("1002mina08", "retailer_staff"),
            ("1002mina09", "retailer_decider"),
        ]

    def test_a_file_with_a_wrong_row_registers_nobody_and_says_what_is_wrong(
        self, client: FlaskClient, database: Database
    ) -> None:
        answer = self.upload(client, "mina08,見本 一,a@example.jp,担当者(照会のみ),,,", "mina02,見本 二,b,x,,,")

        page = get(client, answer.location)

        assert words(page, "//tbody/tr[2]//li") == [
            "メールアドレスの形式が正しくありません。",
            "役割は、利用者権限設定にある役割の名前で指定してください。",
        ]
        assert page.xpath("//main//button") == []
        assert rows(database, "SELECT count(*) FROM user_mails") == [(0,)]

    def test_who_was_registered_meanwhile_keeps_the_whole_file_back(
        self, client: FlaskClient, database: Database
    ) -> None:
        page = get(client, self.upload(client, "mina09,見本 一,a@example.jp,担当者(照会のみ),,,").location)
        send(client, get(client, "/users/new"), ENTRY, button="登録する")

        answer = send(client, page, button="この内容で登録する")

        assert "すでに使われています" in words(get(client, answer.location), "//tbody//li")[0]

    def test_what_is_no_file_of_people_is_said(self, client: FlaskClient) -> None:
        token = get(client, "/users/file").xpath("string(//input[@name='csrf_token']/@value)")
        for data in (b"", b"PK\x03\x04", "氏名\r\n見本".encode(), b"x" * (512 * 1024 + 1)):
            sent = {"csrf_token": token, "file": (BytesIO(data), "users.csv")}
            page_of(client.post("/users/file", data=sent), status=422)
        page_of(client.post("/users/file", data={"csrf_token": token}), status=422)

    def test_the_template_is_a_file_that_is_taken(self, client: FlaskClient) -> None:
        data = client.get("/users/file/template.csv").get_data()
        token = get(client, "/users/file").xpath("string(//input[@name='csrf_token']/@value)")

        answer = client.post("/users/file", data={"csrf_token": token, "file": (BytesIO(data), "users.csv")})

        assert "1人を登録します。" in get(client, answer.location).text_content()
