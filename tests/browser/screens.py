"""Every screen, for whom and how one comes there: for the check of each, and for its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from deploy.samples import Person
from rules.calendar import JST
from tests.browser.window import Window
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.sample_office import SampleOffice

Act = Callable[[Window], object]


def _stay(window: Window) -> None:
    pass


@dataclass(frozen=True)
class Screen:
    """One screen as one person sees it."""

    name: str
    """Of the picture, and of the test."""
    caption: str
    person: Person | None
    path: str
    """``{name}`` in it is the number of the sample case of that name."""
    then: Act = _stay
    """What the person does there. Only the last ones change a case, which none before them shows otherwise."""
    status: int = 200

    def show(self, window: Window, office: SampleOffice) -> None:
        """Bring a window of the person to the screen, and make sure that it is sound."""
        window.looks_closely = False
        window.go(self.path.format_map(office.numbers), status=self.status)
        self.then(window)
        window.looks_closely = True
        window.check()


def _send_empty_login(window: Window) -> None:
    window.press("ログイン")


def _fail_to_log_in(window: Window) -> None:
    window.page.get_by_label("ユーザーID").fill("1002mina99")
    window.page.get_by_label("パスワード").fill("wrong-password")
    window.press("ログイン")


def _choose(window: Window, *labels: str) -> None:
    """Choose alone, whatever the screen before this one has left typed."""
    for chosen in window.page.locator("input[type=checkbox]:checked").all():
        chosen.uncheck()
    for label in labels:
        window.page.get_by_label(label).check()
    window.press("確認へ進む")


def _reject_without_reason(window: Window) -> None:
    _choose(window, "否認（NG）")


def _reject_for_the_name(window: Window) -> None:
    _choose(window, "否認（NG）", "02 契約名義相違")


def _accept(window: Window) -> None:
    _choose(window, "承諾（OK）")


def _send_acceptance(window: Window) -> None:
    _accept(window)
    window.press("承諾を送信する")


def _inquire(window: Window, point: str = "", obtained_on: str = "2026-01-15") -> None:
    window.page.get_by_label("地点特定番号").fill(point)
    window.page.get_by_label("同意取得日").fill(obtained_on)
    window.page.get_by_label("書面").check()
    window.page.get_by_label("同意取得者").fill("豊洲支店")
    window.press("照会する")


def _send_empty_inquiry(window: Window) -> None:
    window.page.get_by_label("地点特定番号").fill("")
    window.page.get_by_label("同意取得者").fill("")
    window.press("照会する")


def _inquire_at_point(window: Window) -> None:
    _inquire(window, "03-1000-0000-0000-0000-0001")


def _inquire_at_unknown_point(window: Window) -> None:
    _inquire(window, "0310000000000000009999")


def _ask(window: Window) -> None:
    window.press("照会する")


def _ask_area(window: Window) -> None:
    window.page.get_by_label("エリア").select_option("03")
    _ask(window)


def _request(window: Window) -> None:
    texts = {
        "pointNumber": "0310000000000000009001",
        "currentRetailerCode": "1002",
        "contractNumber": "12345678901234",
        "holderName": "髙橋　太郎",
        "holderNameKana": "タカハシ　タロウ",
        "address": "東京都江東区豊洲１－２－３",
        "wishedDate": (datetime.now(JST).date() + timedelta(days=70)).isoformat(),
        "consent/obtainedOn": "2026-01-15",
        "consent/obtainedBy": "豊洲支店",
    }
    for name, text in texts.items():
        window.page.locator(f"[name='{name}']").fill(text)
    window.page.get_by_label("書面").check()
    window.press("確認へ進む")


def _go_on(window: Window) -> None:
    window.press("確認へ進む")


def _send_request(window: Window) -> None:
    _request(window)
    window.press("登録を送信する")


_REFERRAL, _START = "/requests/12110/low_voltage", "/requests/10610/low_voltage"
_INQUIRY, _FIT_INQUIRY = "/inquiries/10110/low_voltage", "/inquiries/10110/low_voltage_fit"
_DECISION = "/cases/{due_tomorrow}/decision"

SCREENS = (
    Screen("front", "稼働状況（ログイン前）", None, "/"),
    Screen("front-operator", "稼働状況", OPERATOR, "/"),
    Screen("front-retailer", "稼働状況", DECIDER, "/"),
    Screen("login", "ログイン", None, "/login"),
    Screen("login-empty", "ログイン：未入力", None, "/login", _send_empty_login),
    Screen("login-wrong", "ログイン：IDまたはパスワードの誤り", None, "/login", _fail_to_log_in),
    Screen("home-current", "ホーム", DECIDER, "/home"),
    Screen("home-colleague", "ホーム", COLLEAGUE, "/home"),
    Screen("home-new", "ホーム", NEW_SIDE, "/home"),
    Screen("home-operator", "ホーム", OPERATOR, "/home"),
    Screen("cases-current", "申込内容一覧", DECIDER, "/cases"),
    Screen("cases-new", "申込内容一覧", NEW_SIDE, "/cases"),
    Screen("cases-other", "申込内容一覧", STRANGER, "/cases"),
    Screen("cases-operator", "申込内容一覧", OPERATOR, "/cases"),
    Screen("cases-filtered", "申込内容一覧：絞り込み", DECIDER, "/cases?phase=awaiting_decision&area=03"),
    Screen("cases-duties", "申込内容一覧：要対応", DECIDER, "/cases?duty=any"),
    Screen("cases-operator-duties", "申込内容一覧：要対応", OPERATOR, "/cases?duty=any"),
    Screen("cases-none", "申込内容一覧：該当なし", DECIDER, "/cases?phase=matched&area=10"),
    Screen("cases-bad-filter", "申込内容一覧：番号の誤り", DECIDER, "/cases?number=SW03L20261130000000099", status=422),
    Screen("search-none", "番号で探す：該当なし", DECIDER, "/search?q=03-1000-0000-0000-0000-9999"),
    Screen("point-current", "地点", DECIDER, "/points/0300120001234567000909"),
    Screen("point-operator", "地点", OPERATOR, "/points/0300120001234567000303"),
    Screen("preferences", "設定", DECIDER, "/preferences"),
    Screen("inbox-decider", "受信箱", DECIDER, "/inbox"),
    Screen("inbox-colleague", "受信箱", COLLEAGUE, "/inbox"),
    Screen("inbox-none", "受信箱：届いていない", STRANGER, "/inbox"),
    Screen("case-current-awaiting", "案件詳細：判断待ち", DECIDER, "/cases/{due_tomorrow}"),
    Screen("case-colleague-awaiting", "案件詳細：判断待ち（判断の権限なし）", COLLEAGUE, "/cases/{due_tomorrow}"),
    Screen("case-new-awaiting", "案件詳細：判断待ち", NEW_SIDE, "/cases/{due_tomorrow}"),
    Screen("case-current-amended", "案件詳細：訂正された取次", DECIDER, "/cases/{amended}"),
    Screen("case-current-accepted", "案件詳細：廃止申請を登録する", DECIDER, "/cases/{accepted}"),
    Screen("case-new-start-received", "案件詳細：廃止申請を待つ", NEW_SIDE, "/cases/{start_received}"),
    Screen("case-current-defective", "案件詳細：廃止申請の不備", DECIDER, "/cases/{defective}"),
    Screen("case-new-cancelling", "案件詳細：取消手続中", NEW_SIDE, "/cases/{cancelling}"),
    Screen("case-new-matched", "案件詳細：マッチング成立", NEW_SIDE, "/cases/{matched}"),
    Screen("case-operator-one-side", "案件詳細：片側完了", OPERATOR, "/cases/{one_side_done}"),
    Screen("case-new-completed", "案件詳細：完了", NEW_SIDE, "/cases/{completed}"),
    Screen("case-new-rejected", "案件詳細：否認", NEW_SIDE, "/cases/{rejected_other}"),
    Screen("case-current-withdrawn", "案件詳細：取消", DECIDER, "/cases/{withdrawn}"),
    Screen("case-current-expired", "案件詳細：判断期限切れ", DECIDER, "/cases/{expired}"),
    Screen("case-operator-unmatched", "案件詳細：マッチング不成立", OPERATOR, "/cases/{unmatched}"),
    Screen("case-operator-grid-cancelled", "案件詳細：送配電取消", OPERATOR, "/cases/{grid_cancelled}"),
    Screen("case-current-suspended", "案件詳細：期限の停止", DECIDER, "/cases/{suspended}"),
    Screen("case-new-closed", "案件詳細：広域機関による終了", NEW_SIDE, "/cases/{closed}"),
    Screen("case-foreign", "他社の案件番号", STRANGER, "/cases/{completed}", status=404),
    Screen("inquiries", "照会", STRANGER, "/inquiries"),
    Screen("inquiry", "設備情報照会", STRANGER, _INQUIRY),
    Screen("inquiry-empty", "設備情報照会：未入力", STRANGER, _INQUIRY, _send_empty_inquiry),
    Screen("inquiry-unknown-point", "設備情報照会：地点の誤り", STRANGER, _INQUIRY, _inquire_at_unknown_point),
    Screen("inquiry-answer", "設備情報照会：回答", STRANGER, _INQUIRY, _inquire_at_point),
    Screen("inquiry-answer-fit", "設備情報照会：低圧FIT電源の回答", STRANGER, _FIT_INQUIRY, _inquire_at_point),
    Screen("inquiry-forbidden", "設備情報照会：権限なし", OPERATOR, _INQUIRY, status=403),
    Screen("inquiry-usage", "使用量情報照会", NEW_SIDE, "/inquiries/10310/high_voltage"),
    Screen("inquiry-statuses", "業務処理状況確認（複数件）", NEW_SIDE, "/inquiries/11110/low_voltage", _ask_area),
    Screen("inquiry-results", "廃止取次結果照会", NEW_SIDE, "/inquiries/12210/low_voltage", _ask),
    Screen("inquiry-participants", "事業者一覧取得", COLLEAGUE, "/inquiries/13110/common", _ask),
    Screen("requests", "手続き", NEW_SIDE, "/requests"),
    Screen("request", "廃止取次登録", NEW_SIDE, f"{_REFERRAL}/register"),
    Screen("request-empty", "廃止取次登録：未入力", NEW_SIDE, f"{_REFERRAL}/register", _go_on),
    Screen("request-confirm", "廃止取次登録：確認", NEW_SIDE, f"{_REFERRAL}/register", _request),
    Screen("request-which", "廃止取次の訂正：番号", NEW_SIDE, f"{_REFERRAL}/amend"),
    Screen("request-amend", "廃止取次の訂正", NEW_SIDE, _REFERRAL + "/amend/of/{due_tomorrow}"),
    Screen("request-withdraw", "廃止取次の取消：確認", NEW_SIDE, _REFERRAL + "/withdraw/of/{due_tomorrow}"),
    Screen("request-in-case", "開始申請：案件から", NEW_SIDE, _START + "/register/of/{accepted}"),
    Screen("request-high", "開始申請：高圧500kW未満", NEW_SIDE, "/requests/10610/high_voltage/register"),
    Screen("request-fit", "再点：低圧FIT電源", NEW_SIDE, "/requests/10410/low_voltage_fit/register"),
    Screen("request-blocked", "廃止取次の訂正：できない状態", NEW_SIDE, _REFERRAL + "/amend/of/{matched}", status=409),
    Screen("request-forbidden", "廃止取次登録：権限なし", COLLEAGUE, f"{_REFERRAL}/register", status=403),
    Screen("decision", "取次判断", DECIDER, _DECISION),
    Screen("decision-without-reason", "取次判断：理由なしの否認", DECIDER, _DECISION, _reject_without_reason),
    Screen("decision-confirm-reject", "取次判断：否認の確認", DECIDER, _DECISION, _reject_for_the_name),
    Screen("decision-confirm-accept", "取次判断：承諾の確認", DECIDER, _DECISION, _accept),
    Screen("decision-forbidden", "取次判断：権限なし", COLLEAGUE, _DECISION, status=403),
    Screen("decision-result", "取次判断：結果", DECIDER, "/cases/{amended}/decision", _send_acceptance),
    Screen("request-result", "廃止取次登録：結果", NEW_SIDE, f"{_REFERRAL}/register", _send_request),
    Screen("decision-too-late", "取次判断：判断済み", DECIDER, "/cases/{amended}/decision", status=409),
)  # fmt: skip

ALSO_NARROW = (
    "login",
    "home-current",
    "cases-current",
    "inbox-decider",
    "case-new-matched",
    "inquiry-answer",
    "requests",
    "request",
    "request-confirm",
    "decision",
)
"""Screens of which there is a picture in a narrow window too; all are checked in one."""
