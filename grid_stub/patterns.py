"""The published test patterns (terms §11.1 ②): which answer follows from the key item of a request (ours).

The stub acts by the endings below, and the page for its users is written from the table. Whatever the pattern, the
form of a request is checked in full first; what no pattern says goes its usual way, from 受付 to 完了.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.lone_application.kinds import KINDS
from rules.point_order import one_at_a_time
from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationKind, Code
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.processing_status import STATUS_LIST, USAGE_INQUIRY_STATUS
from schemas.interfaces.usage import USAGE_INQUIRY


class Ending(StrEnum):
    """The last digits of a point number that make its grid operator answer in a way of its own."""

    UNKNOWN = "9999"
    NOT_SUPPLIED = "9998"
    NO_SMART_METER = "9997"
    NO_USAGE = "9996"
    BUSY = "9995"
    NOT_THE_HOLDER = "9994"
    WORK_NEEDED = "9993"


class Outcome(Code):
    """What kind of answer a pattern leads to."""

    ANSWERED = "answered", "正常"
    DEFECTIVE = "defective", "異常（不備）"
    REFUSED = "refused", "異常（拒否）"
    AWAY = "away", "異常（一時的）"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One line of the table."""

    numbers: tuple[str, ...]
    """The interfaces it holds for, without the letter of the segment."""
    key: str
    """Japanese name of the key item."""
    value: str
    """Which values of it, in Japanese."""
    outcome: Outcome
    rule: str = ""
    """Rule that the answer names; empty for a normal one."""
    answer: str
    """What is answered, in Japanese."""
    ending: Ending | None = None
    """The ending of the point number, where that is the key item."""


_FACILITY, _USAGE = (FACILITY_INQUIRY.number,), (USAGE_INQUIRY.number,)
_LIST, _PASSWORD_STATUS = (STATUS_LIST.number,), (USAGE_INQUIRY_STATUS.number,)
_STATUSES = tuple(sorted({interface.number for interface in INTERFACES if interface.tells_status_of is not None}))
_POINT, _PASSWORD, _NUMBER, _AREA, _DAY = "地点特定番号", "照会パスワード", "申請番号", "エリア", "異動日"


def _of(*kinds: ApplicationKind) -> tuple[str, ...]:
    return tuple(sorted({interface.number for interface in INTERFACES if interface.applies_for in kinds}))


_APPLICATIONS = _of(*KINDS)
_PAIR = _of(*(kind for kind, rules in KINDS.items() if rules.matched))
_ALONE = _of(*(kind for kind, rules in KINDS.items() if not rules.matched and rules.window is not None))
_WITH_WORK = _of(*(kind for kind, rules in KINDS.items() if rules.declares_meter_work))
_IN_SOME_AREAS = _of(*(kind for kind, rules in KINDS.items() if rules.not_taken_in))
_ONE_PER_POINT = _of(*(kind for kind in KINDS if one_at_a_time(kind)))
_START, _END, _USAGE_APPLICATION = (
    _of(kind) for kind in (ApplicationKind.START, ApplicationKind.END, ApplicationKind.USAGE_INQUIRY)
)
_INQUIRIES = (*_FACILITY, *_USAGE)


def _point(numbers: tuple[str, ...], ending: Ending, outcome: Outcome, answer: str, rule: str = "") -> Pattern:
    value = f"末尾が{ending.value}"
    return Pattern(numbers=numbers, key=_POINT, value=value, outcome=outcome, rule=rule, answer=answer, ending=ending)


def _other(numbers: tuple[str, ...], key: str, value: str, outcome: Outcome, answer: str, rule: str = "") -> Pattern:
    return Pattern(numbers=numbers, key=key, value=value, outcome=outcome, rule=rule, answer=answer)


PATTERNS: tuple[Pattern, ...] = (
    _other(_FACILITY, _POINT, "下のどれでもない", Outcome.ANSWERED, "番号から決まる設備情報。何度照会しても同じ。"),
    _other(_USAGE, _POINT, "下のどれでもない", Outcome.ANSWERED, "番号から決まる13か月分の月別使用量と30分値。"),
    _other(_PAIR, _POINT, "下のどれでもない", Outcome.ANSWERED, "受付。相手の申請が揃うとマッチング成立、完了。"),
    _other(_ALONE, _POINT, "下のどれでもない", Outcome.ANSWERED, "受付。異動日になり、作業1段階を経て完了。"),
    _other(_USAGE_APPLICATION, _POINT, "下のどれでもない", Outcome.ANSWERED, "受付。作業1段階を経て完了。"),
    _point(_INQUIRIES, Ending.UNKNOWN, Outcome.REFUSED, "その番号の地点はない。", "unknown-point"),
    _point(_APPLICATIONS, Ending.UNKNOWN, Outcome.DEFECTIVE, "不備。その番号の地点はない。", "unknown-point"),
    _point(_FACILITY, Ending.NOT_SUPPLIED, Outcome.ANSWERED, "通電有無（低圧FIT電源では受電有無）が「無」。"),
    _point(_FACILITY, Ending.NO_SMART_METER, Outcome.ANSWERED, "スマートメーターがなく、30分値と自動検針が「否」。"),
    _point(_USAGE, Ending.NO_SMART_METER, Outcome.ANSWERED, "月別使用量だけで、30分値はない。"),
    _point(_USAGE, Ending.NO_USAGE, Outcome.ANSWERED, "使い始めたばかりで、使用量が1件もない。"),
    _point(
        (*_INQUIRIES, *_APPLICATIONS),
        Ending.BUSY,
        Outcome.AWAY,
        "一時的に受け付けない。照会はHUB-R003となり、申請は送信中のまま繰り返し送られる。",
        "busy",
    ),
    _point(_START, Ending.NOT_THE_HOLDER, Outcome.DEFECTIVE, "不備。契約名義が現在の契約と異なる。", "holder-name"),
    _point(_END, Ending.NOT_THE_HOLDER, Outcome.DEFECTIVE, "不備。契約番号の契約がない。", "contract-number"),
    _point(_WITH_WORK, Ending.WORK_NEEDED, Outcome.ANSWERED, "受付。申請にかかわらず計器工事は「要」。"),
    _other(
        _PAIR,
        _DAY,
        "標準処理期間より前の日",
        Outcome.REFUSED,
        "不成立。標準処理期間が足りない。",
        "too-late",
    ),
    _other(
        _ALONE,
        _DAY,
        "その申請が認める最初の日（入力チェック仕様書）より前の日",
        Outcome.DEFECTIVE,
        "不備。申請日（登録・訂正を広域機関が保存した日）から数える。",
        "first-effective-date",
    ),
    _other(
        _ALONE,
        _DAY,
        "申請日（登録・訂正を広域機関が保存した日）から6か月を過ぎた日",
        Outcome.DEFECTIVE,
        "不備。先の日すぎる。",
        "latest-effective-date",
    ),
    _other(
        _IN_SOME_AREAS,
        _POINT,
        "先頭2桁が06、07、08、10",
        Outcome.DEFECTIVE,
        "不備。そのエリアでは取り扱っていない。",
        "kind-taken-in-area",
    ),
    _other(
        _ONE_PER_POINT,
        _POINT,
        "同じ種別の申請が別の番号で受付済みの地点",
        Outcome.DEFECTIVE,
        "不備。重複は「有」。",
        "duplicate",
    ),
    _other(_USAGE, _PASSWORD, "その地点に発行されていない値", Outcome.REFUSED, "値が違う。", "usage-password"),
    _other(
        _USAGE, _PASSWORD, "発行から1か月を過ぎた値", Outcome.REFUSED, "期限が切れている。", "usage-password-expired"
    ),
    _other(_STATUSES, _NUMBER, "自社が申請した番号", Outcome.ANSWERED, "申請の現在の状態。"),
    _other(
        _PASSWORD_STATUS,
        _NUMBER,
        "完了した自社の申請の番号",
        Outcome.ANSWERED,
        "初めて確認したときに一度だけ、照会パスワードと有効期限も返す。",
    ),
    _other(_STATUSES, _NUMBER, "自社の申請にない番号", Outcome.REFUSED, "HUB-S005。", "own-application"),
    _other(_LIST, _AREA, "送信先のエリア", Outcome.ANSWERED, "自社の申請を更新の古い順に、1ページずつ。"),
    _other(_LIST, _AREA, "送信先と異なるエリア", Outcome.REFUSED, "HUB-F001。", "area-of-the-address"),
)


def ends_as(point_number: str, ending: Ending) -> bool:
    """Tell whether a point is one of those whose grid operator answers in this way."""
    return point_number.endswith(ending.value)
