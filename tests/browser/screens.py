"""Every screen, for whom and how one comes there: for the check of each, and for its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deploy.samples import Person
from grid_stub.passwords import issue
from rules.calendar import JST
from tests.browser.window import Window
from tests.support.cast import ADMINISTRATOR, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
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
    """``{name}`` in it is the number of the sample case or file of that name."""
    then: Act = _stay
    """What the person does there. Only the last ones change a case, which none before them shows otherwise."""
    status: int = 200

    def show(self, window: Window, office: SampleOffice) -> None:
        """Bring a window of the person to the screen, and make sure that it is sound."""
        window.looks_closely = False
        window.go(self.path.format_map(office.numbers | office.bulk_files), status=self.status)
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


def _reject_in_inbox(window: Window) -> None:
    window.press("否認を送信する")


def _choose_all(window: Window) -> None:
    window.press("このページのすべてをまとめて判断する")


def _reject_all(window: Window) -> None:
    _choose_all(window)
    window.press("印の付いた取次を否認する")


def _reject_the_one_of_the_address(window: Window) -> None:
    window.page.locator(f"#{window.path.partition('#')[2]}").check()
    window.press("選んだ取次をまとめて判断する")
    window.page.get_by_label("02 契約名義相違").check()
    window.press("印の付いた取次を否認する")


def _send_acceptance(window: Window) -> None:
    _accept(window)
    window.press("承諾を送信する")


_POINT = "0310000000000000000001"


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
    _inquire(window, _POINT)


def _inquire_at_unknown_point(window: Window) -> None:
    _inquire(window, "0310000000000000009999")


def _inquire_usage(window: Window) -> None:
    """Ask for a week of half-hours, with the password that the stub issues on the business day of the office."""
    form = window.path
    window.open("/")
    shown = window.page.locator(".clock time").get_attribute("datetime")
    today = date.fromisoformat((shown or "")[:10])
    window.open(form)
    window.page.locator("[name=usagePassword]").fill(issue(_POINT, on=today).password)
    window.page.locator("[name=halfHourlyFrom]").fill((today - timedelta(days=7)).isoformat())
    window.page.locator("[name=halfHourlyTo]").fill((today - timedelta(days=1)).isoformat())
    _inquire(window, _POINT)


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


def _change_to_nothing(window: Window) -> None:
    window.press("変更する")


def _register_nobody(window: Window) -> None:
    window.press("登録する")


def _print_confirmation(window: Window) -> None:
    _request(window)
    window.follow("印刷用に表示する")


def _send_request(window: Window) -> None:
    _request(window)
    window.press("登録を送信する")


def _send_no_file(window: Window) -> None:
    window.press("ファイルを送って確認する")


def _send_again(window: Window) -> None:
    window.press("36行を送信する")


_REFERRAL, _START = "/requests/12110/low_voltage", "/requests/10610/low_voltage"
_INQUIRY, _FIT_INQUIRY = "/inquiries/10110/low_voltage", "/inquiries/10110/low_voltage_fit"
_TOO_LONG_FOR_RECORDS = "first_day=2026-01-01&last_day=2026-06-01"
_TOO_LONG = "/volumes?registered_from=2026-01-01&registered_to=2026-06-01"
_DECISION = "/cases/{due_tomorrow}/decision"
_SEVERAL = "/inbox#choose-{of_yamabiko}"
_BULK = "/bulk/new/register_referrals/low_voltage"

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
    Screen("point-foreign", "他社の地点", STRANGER, "/points/0300120001234567000909", status=404),
    Screen("preferences", "設定", DECIDER, "/preferences"),
    Screen("password", "パスワードの変更", DECIDER, "/password"),
    Screen("password-empty", "パスワードの変更：未入力", DECIDER, "/password", _change_to_nothing),
    Screen("sessions", "ログイン中の端末", DECIDER, "/sessions"),
    Screen("inbox-decider", "受信箱", DECIDER, "/inbox"),
    Screen("inbox-colleague", "受信箱", COLLEAGUE, "/inbox"),
    Screen("inbox-none", "受信箱：届いていない", STRANGER, "/inbox"),
    Screen("inbox-forbidden", "受信箱：権限なし", OPERATOR, "/inbox", status=403),
    Screen("inbox-opened-foreign", "受信箱：他社の案件番号", STRANGER, "/inbox/{due_tomorrow}", status=404),
    Screen("inbox-bad-filter", "受信箱：条件の誤り", DECIDER, "/inbox?segment=gas", status=422),
    Screen("inbox-opened", "受信箱：照合と判断", DECIDER, "/inbox/{due_tomorrow}"),
    Screen("inbox-opened-colleague", "受信箱：照合（判断の権限なし）", COLLEAGUE, "/inbox/{due_tomorrow}"),
    Screen("inbox-opened-error", "受信箱：理由なしの否認", DECIDER, "/inbox/{due_tomorrow}", _reject_in_inbox),
    Screen("inbox-opened-too-late", "受信箱：判断済み", DECIDER, "/inbox/{accepted}", status=409),
    Screen("inbox-several", "受信箱：まとめて判断", DECIDER, "/inbox", _choose_all),
    Screen("inbox-several-error", "受信箱：まとめて判断（理由なしの否認）", DECIDER, "/inbox", _reject_all),
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
    Screen("inquiry-usage-answer", "使用量情報照会：回答", NEW_SIDE, "/inquiries/10310/low_voltage", _inquire_usage),
    Screen("inquiry-usage-high", "使用量情報照会：高圧", NEW_SIDE, "/inquiries/10310/high_voltage", _inquire_usage),
    Screen("inquiry-statuses", "業務処理状況確認（複数件）", NEW_SIDE, "/inquiries/11110/low_voltage", _ask_area),
    Screen("inquiry-results", "廃止取次結果照会", NEW_SIDE, "/inquiries/12210/low_voltage", _ask),
    Screen("inquiry-inbox", "廃止取次照会", DECIDER, "/inquiries/12310/low_voltage", _ask),
    Screen("inquiry-status", "業務処理状況確認", NEW_SIDE, "/inquiries/10620/low_voltage"),
    Screen("inquiry-participants", "事業者一覧取得", COLLEAGUE, "/inquiries/13110/common", _ask),
    Screen("volumes", "集計", NEW_SIDE, "/volumes"),
    Screen("volumes-current", "集計：絞り込み", DECIDER, "/volumes?book=current&segment=low_voltage&area=03"),
    Screen("volumes-alone", "集計：単独申請", OPERATOR, "/volumes?book=alone"),
    Screen("volumes-operator", "集計", OPERATOR, "/volumes"),
    Screen("volumes-none", "集計：案件なし", STRANGER, "/volumes"),
    Screen("volumes-bad", "集計：期間の誤り", NEW_SIDE, _TOO_LONG, status=422),
    Screen("records", "記録を探す：探す前", OPERATOR, "/records"),
    Screen("records-found", "記録を探す：参照", OPERATOR, "/records?retailer=1002"),
    Screen("records-changes", "記録を探す：変更", OPERATOR, "/records?retailer=1001&kind=change"),
    Screen("records-bad", "記録を探す：期間の誤り", OPERATOR, f"/records?{_TOO_LONG_FOR_RECORDS}", status=422),
    Screen("records-misuse", "利用の偏り", OPERATOR, "/records/misuse"),
    Screen("records-seals", "記録の封緘", None, "/records/seals"),
    Screen("users", "利用者", ADMINISTRATOR, "/users"),
    Screen("users-bad-filter", "利用者：条件の誤り", ADMINISTRATOR, "/users?state=gas", status=422),
    Screen("users-new", "利用者の登録", ADMINISTRATOR, "/users/new"),
    Screen("users-new-empty", "利用者の登録：未入力", ADMINISTRATOR, "/users/new", _register_nobody),
    Screen("user", "利用者の詳細", ADMINISTRATOR, "/users/of/1002juta01"),
    Screen("user-administrator", "利用者の詳細：管理者ID", ADMINISTRATOR, "/users/of/1002kanri1"),
    Screen("user-edit", "利用者の修正", ADMINISTRATOR, "/users/of/1002juta01/edit"),
    Screen("user-rights", "利用者の役割", ADMINISTRATOR, "/users/of/1002juta01/rights"),
    Screen("user-reissue", "パスワード再発行：確認", ADMINISTRATOR, "/users/of/1002juta01/act/reissue"),
    Screen("user-remove", "利用者の削除：確認", ADMINISTRATOR, "/users/of/1002juta01/act/remove"),
    Screen("users-roles", "役割", ADMINISTRATOR, "/users/roles"),
    Screen("users-role", "新しい役割", ADMINISTRATOR, "/users/roles/new"),
    Screen("users-file", "利用者の一括登録", ADMINISTRATOR, "/users/file"),
    Screen("requests", "手続き", NEW_SIDE, "/requests"),
    Screen("request", "廃止取次登録", NEW_SIDE, f"{_REFERRAL}/register"),
    Screen("request-empty", "廃止取次登録：未入力", NEW_SIDE, f"{_REFERRAL}/register", _go_on),
    Screen("request-confirm", "廃止取次登録：確認", NEW_SIDE, f"{_REFERRAL}/register", _request),
    Screen("request-paper", "廃止取次登録：印刷用", NEW_SIDE, f"{_REFERRAL}/register", _print_confirmation),
    Screen("case-paper", "案件詳細：印刷用", NEW_SIDE, "/cases/{matched}?view=print"),
    Screen("request-which", "廃止取次の訂正：番号", NEW_SIDE, f"{_REFERRAL}/amend"),
    Screen("request-amend", "廃止取次の訂正", NEW_SIDE, _REFERRAL + "/amend/of/{due_tomorrow}"),
    Screen("request-withdraw", "廃止取次の取消：確認", NEW_SIDE, _REFERRAL + "/withdraw/of/{due_tomorrow}"),
    Screen("request-in-case", "開始申請：案件から", NEW_SIDE, _START + "/register/of/{accepted}"),
    Screen("request-high", "開始申請：高圧500kW未満", NEW_SIDE, "/requests/10610/high_voltage/register"),
    Screen("request-fit", "再点：低圧FIT電源", NEW_SIDE, "/requests/10410/low_voltage_fit/register"),
    Screen("request-usage", "使用量情報照会申請", NEW_SIDE, "/requests/10210/low_voltage/register"),
    Screen("request-end-of-supply", "廃止・撤去", NEW_SIDE, "/requests/10510/low_voltage/register"),
    Screen("request-details", "需要者情報変更", NEW_SIDE, "/requests/10810/low_voltage/register"),
    Screen("request-ampere", "アンペア変更", NEW_SIDE, "/requests/10910/low_voltage/register"),
    Screen("request-end-in-case", "廃止申請：案件から", DECIDER, "/requests/10710/low_voltage/register/of/{accepted}"),
    Screen("request-blocked", "廃止取次の訂正：できない状態", NEW_SIDE, _REFERRAL + "/amend/of/{matched}", status=409),
    Screen("request-forbidden", "廃止取次登録：権限なし", COLLEAGUE, f"{_REFERRAL}/register", status=403),
    Screen("request-foreign", "訂正：他社の案件番号", STRANGER, _REFERRAL + "/amend/of/{due_tomorrow}", status=404),
    Screen("decision", "取次判断", DECIDER, _DECISION),
    Screen("decision-without-reason", "取次判断：理由なしの否認", DECIDER, _DECISION, _reject_without_reason),
    Screen("decision-confirm-reject", "取次判断：否認の確認", DECIDER, _DECISION, _reject_for_the_name),
    Screen("decision-confirm-accept", "取次判断：承諾の確認", DECIDER, _DECISION, _accept),
    Screen("decision-forbidden", "取次判断：権限なし", COLLEAGUE, _DECISION, status=403),
    Screen("decision-foreign", "取次判断：他社の案件番号", STRANGER, _DECISION, status=404),
    Screen("decision-result", "取次判断：結果", DECIDER, "/cases/{amended}/decision", _send_acceptance),
    Screen("design", "画面部品の見本", STRANGER, "/design"),
    Screen("design-errors", "画面部品の見本：エラー", STRANGER, "/design/errors"),
    Screen("bulk", "一括処理", NEW_SIDE, "/bulk"),
    Screen("bulk-upload", "一括処理：ファイルを送る", NEW_SIDE, _BULK),
    Screen("bulk-upload-empty", "一括処理：未選択", NEW_SIDE, _BULK, _send_no_file),
    Screen("bulk-upload-decisions", "一括判断：ファイルを送る", DECIDER, "/bulk/new/decide_referrals/high_voltage"),
    Screen("bulk-forbidden", "一括処理：権限なし", COLLEAGUE, _BULK, status=403),
    Screen("bulk-files", "一括処理：ファイルの一覧", NEW_SIDE, "/bulk/files"),
    Screen("bulk-files-none", "一括処理：ファイルなし", STRANGER, "/bulk/files"),
    Screen("bulk-files-operator", "一括処理：ファイルの一覧", OPERATOR, "/bulk/files"),
    Screen("bulk-checking", "一括処理：確認中", NEW_SIDE, "/bulk/files/{file_uploaded}"),
    Screen("bulk-unreadable", "一括処理：読み取れないファイル", NEW_SIDE, "/bulk/files/{file_unreadable}"),
    Screen("bulk-all-faulty", "一括処理：すべての行に誤り", NEW_SIDE, "/bulk/files/{file_all_faulty}"),
    Screen("bulk-checked", "一括処理：このファイルでよいですか", NEW_SIDE, "/bulk/files/{file_checked}"),
    Screen("bulk-again", "一括処理：同じファイルをもう一度", NEW_SIDE, "/bulk/files/{file_again}", _send_again),
    Screen("bulk-running", "一括処理：実行中", NEW_SIDE, "/bulk/files/{file_running}"),
    Screen("bulk-paused", "一括処理：中断中", NEW_SIDE, "/bulk/files/{file_paused}"),
    Screen("bulk-stop", "一括処理：中止の確認", NEW_SIDE, "/bulk/files/{file_paused}/stop"),
    Screen("bulk-stopped", "一括処理：中止", NEW_SIDE, "/bulk/files/{file_stopped}"),
    Screen("bulk-finished", "一括処理：結果", NEW_SIDE, "/bulk/files/{file_finished}"),
    Screen("bulk-operator", "一括処理：実行中", OPERATOR, "/bulk/files/{file_running}"),
    Screen("bulk-rows", "一括処理：行の一覧", NEW_SIDE, "/bulk/files/{file_finished}/rows"),
    Screen("bulk-rows-none", "一括処理：該当する行なし", NEW_SIDE, "/bulk/files/{file_finished}/rows?outcome=open"),
    Screen("bulk-foreign", "他社のファイル", STRANGER, "/bulk/files/{file_finished}", status=404),
    Screen("request-result", "廃止取次登録：結果", NEW_SIDE, f"{_REFERRAL}/register", _send_request),
    Screen("inbox-outcomes", "受信箱：まとめて判断の結果", DECIDER, _SEVERAL, _reject_the_one_of_the_address),
    Screen("decision-too-late", "取次判断：判断済み", DECIDER, "/cases/{amended}/decision", status=409),
)  # fmt: skip

ALSO_NARROW = (
    "bulk-checked",
    "bulk-running",
    "bulk-rows",
    "design",
    "login",
    "home-current",
    "cases-current",
    "inbox-decider",
    "inbox-opened",
    "inbox-several",
    "inbox-outcomes",
    "case-new-matched",
    "inquiry-answer",
    "inquiry-usage-answer",
    "inquiry-results",
    "volumes",
    "requests",
    "request",
    "request-confirm",
    "decision",
)
"""Screens of which there is a picture in a narrow window too; all are checked in one."""
