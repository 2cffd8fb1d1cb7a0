"""What follows from a request when it is sent, in Japanese: who hears of it, until when others must act, what stays."""

from collections.abc import Mapping
from datetime import datetime

from models.absences import hold_ups
from models.clock import business_now
from models.database import Session
from models.deadlines.queries import deadline_rules
from models.participants.queries import participant_name
from rules import deadlines
from rules.calendar import JapaneseCalendar, day_of
from rules.deadlines import DeadlineRules
from rules.holdups import HoldUp
from rules.lone_application.dates import cut_off_of
from rules.lone_application.kinds import KINDS
from rules.lone_application.registration import declared_work
from rules.numbers import area_of_point
from schemas.codes import ApplicationKind, Area, MeterWork, ProcessKind, Segment
from schemas.contract import required
from schemas.interfaces.application_requests import ApplicationRequest, effective_date_of, meter_work_of
from schemas.interfaces.referral import ReferralRequest
from usecases.hub import Hub
from web.requests.screens import RequestScreen
from web.requests.subject import Subject
from web.shared.holdups import area_words
from web.shared.words import deadline_words

_CALENDAR = JapaneseCalendar()
_NOT_TOLD = "貴社の名称、電話番号、新しい契約の内容は、現小売に伝わりません。"
_NOT_AMENDABLE = "登録した後は、地点と現小売を訂正できません。変えるときは、取り消して新しく登録します。"
_BOTH_BY = (
    "承諾されたら、申請期限 {cut_off} までに、貴社の開始申請と現小売の廃止申請を揃えます。"
    "揃わないと、マッチング不成立で終了します。"
)
_AMENDED = (
    "取次の版が1つ上がり、現小売にメールで知らされます。現小売は、訂正後の内容で判断します。",
    "判断期限と申請期限は、訂正後の内容で数え直されることがあります。",
)
_WITHDRAWN = (
    "この廃止取次は取り消され、需要者の現在の契約が続きます。現小売にメールで知らされます。",
    "すでに一般送配電事業者に出している開始申請と廃止申請も取り消されます。その結果が出るまでは「取消手続中」です。",
    "取消は元に戻せません。もう一度切り替えるときは、新しく登録します。",
)
_RESULTS = "受付、不備、処理完了などの結果は、案件の画面に表示されます。不備と終了は、結果通知メールでも知らされます。"


def consequences(
    session: Session, screen: RequestScreen, subject: Subject | None, message: object, *, hub: Hub
) -> list[str]:
    """Say what follows, one thing a line."""
    now = business_now(session)
    rules = deadline_rules(session, segment=screen.segment, on=day_of(now), profile=hub.deadline_profile)
    match message:
        case ReferralRequest(process_kind=ProcessKind.REGISTER):
            name = participant_name(session, code=required(message.current_retailer_code))
            return _of_registration(message, current_name=name or "", now=now, rules=rules)
        case ReferralRequest(process_kind=ProcessKind.AMEND):
            return [*_AMENDED, _NOT_TOLD]
        case ReferralRequest():
            return [_for_party(line, screen.segment) for line in _WITHDRAWN]
        case _:
            held = hold_ups(session, windows=hub.maintenance_windows)
            return [*_of_application(screen, subject, message, rules), *_held_up(message, subject, held)]


def _for_party(line: str, segment: Segment) -> str:
    return line.replace("需要者", "発電者") if segment is Segment.LOW_VOLTAGE_FIT else line


def _of_registration(request: ReferralRequest, *, current_name: str, now: datetime, rules: DeadlineRules) -> list[str]:
    due = deadlines.decision_due(registered_at=now, rules=rules, calendar=_CALENDAR)
    cut_off = deadlines.cut_off(
        effective_date=required(request.wished_date),
        meter_work=request.meter_work or MeterWork.NEEDED,
        rules=rules,
        calendar=_CALENDAR,
    )
    code = request.current_retailer_code
    return [
        f"現小売（{code} {current_name or '事業者一覧にありません'}）の受信箱に届き、メールで知らされます。",
        f"現小売は、判断期限 {deadline_words(due)} までに判断します。判断のないまま期限を過ぎると終了します。",
        _BOTH_BY.format(cut_off=deadline_words(cut_off)),
        _NOT_TOLD,
        _NOT_AMENDABLE,
    ]


def _of_application(screen: RequestScreen, subject: Subject | None, message: object, rules: DeadlineRules) -> list[str]:
    kind = screen.interface.applies_for
    if kind is None or not isinstance(message, ApplicationRequest):
        return []
    operator = _operator(message, subject)
    if screen.process is ProcessKind.WITHDRAW:
        return _of_cancellation(kind, operator, in_case=subject is not None and subject.is_case)
    if screen.process is ProcessKind.AMEND:
        lines = [f"訂正した内容を、同じ申請番号で{operator}へ送り直します。", _RESULTS]
    elif kind is ApplicationKind.USAGE_INQUIRY:
        return [
            f"{operator}へ、照会パスワードの発行を申請します。",
            "発行されたパスワードは、業務処理状況確認で受け取ります。有効期間は最長1か月です。",
        ]
    else:
        lines = [f"{operator}へ送信します。受け付けられるまで、自動で送り直します。", _RESULTS]
    cut_off = _cut_off(kind, message, subject, rules)
    return [*lines, *([] if cut_off is None else [_until(kind, cut_off)])]


def _area(message: object, subject: Subject | None) -> Area | None:
    """Tell whose area it is; None for a 取消 that names numbers alone, of something nobody has looked up."""
    if subject is not None:
        return subject.state.area
    point = message.point_number if isinstance(message, ApplicationRequest) else None
    return None if point is None else area_of_point(point)


def _operator(message: ApplicationRequest, subject: Subject | None) -> str:
    area = _area(message, subject)
    return "一般送配電事業者" if area is None else f"{area.label}エリアの一般送配電事業者"


def _held_up(message: object, subject: Subject | None, held: Mapping[Area, HoldUp]) -> list[str]:
    area = _area(message, subject)
    if area is None or area not in held:
        return []
    return [f"{area_words(area, held[area])}送信は、その後に自動で行われます。操作は要りません。"]


def _cut_off(
    kind: ApplicationKind, message: ApplicationRequest, subject: Subject | None, rules: DeadlineRules
) -> datetime | None:
    """Give until when both applications must be there; in a case the start application alone can move it."""
    if subject is not None and subject.is_case and kind is ApplicationKind.END:
        return subject.state.cut_off
    return cut_off_of(
        kind=kind,
        effective=effective_date_of(message),
        meter_work=declared_work(kind, meter_work_of(message)),
        rules=rules if subject is None else subject.state.rules,
        calendar=_CALENDAR,
    )


def _until(kind: ApplicationKind, cut_off: datetime) -> str:
    other = {ApplicationKind.START: "廃止申請", ApplicationKind.END: "開始申請"}[kind]
    return f"申請期限 {deadline_words(cut_off)} までに相手方の{other}と揃わないと、マッチング不成立で終了します。"


def _of_cancellation(kind: ApplicationKind, operator: str, *, in_case: bool) -> list[str]:
    lines = [f"{operator}へ、{kind.label}の取消を依頼します。その結果が出るまでは「取消手続中」です。"]
    if in_case and KINDS[kind].matched:
        return [*lines, "廃止取次は続きます。申請期限までは、新しく登録し直せます。"]
    return [*lines, "取消は元に戻せません。もう一度申し込むときは、新しく登録します。"]
