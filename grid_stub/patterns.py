"""The published test patterns (terms §11.1 ②): which answer follows from the key item of a request (ours).

The stub acts by the endings below, and the page for its users is written from the table. Whatever the pattern, the
form of a request is checked in full first; what no pattern says goes its usual way, from 受付 to 完了.
"""

from dataclasses import dataclass
from enum import StrEnum

from schemas.codes import Code
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
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
_START, _END = (START_APPLICATION.number,), (END_APPLICATION.number,)
_STATUSES, _LIST = (START_STATUS.number, END_STATUS.number), (STATUS_LIST.number,)
_INQUIRIES, _APPLICATIONS = (*_FACILITY, *_USAGE), (*_START, *_END)
_POINT, _PASSWORD, _NUMBER, _AREA = "地点特定番号", "照会パスワード", "申請番号", "エリア"


def _point(numbers: tuple[str, ...], ending: Ending, outcome: Outcome, answer: str, rule: str = "") -> Pattern:
    value = f"末尾が{ending.value}"
    return Pattern(numbers=numbers, key=_POINT, value=value, outcome=outcome, rule=rule, answer=answer, ending=ending)


def _other(numbers: tuple[str, ...], key: str, value: str, outcome: Outcome, answer: str, rule: str = "") -> Pattern:
    return Pattern(numbers=numbers, key=key, value=value, outcome=outcome, rule=rule, answer=answer)


PATTERNS: tuple[Pattern, ...] = (
    _other(_FACILITY, _POINT, "下のどれでもない", Outcome.ANSWERED, "番号から決まる設備情報。何度照会しても同じ。"),
    _other(_USAGE, _POINT, "下のどれでもない", Outcome.ANSWERED, "番号から決まる13か月分の月別使用量と30分値。"),
    _other(
        _APPLICATIONS, _POINT, "下のどれでもない", Outcome.ANSWERED, "受付。相手の申請が揃うとマッチング成立、完了。"
    ),
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
    _point(_START, Ending.WORK_NEEDED, Outcome.ANSWERED, "受付。申請にかかわらず計器工事は「要」。"),
    _other(
        _APPLICATIONS,
        "異動日",
        "標準処理期間より前の日",
        Outcome.REFUSED,
        "不成立。標準処理期間が足りない。",
        "too-late",
    ),
    _other(
        _APPLICATIONS,
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
    _other(_STATUSES, _NUMBER, "自社の申請にない番号", Outcome.REFUSED, "HUB-S005。", "own-application"),
    _other(_LIST, _AREA, "送信先のエリア", Outcome.ANSWERED, "自社の申請を更新の古い順に、1ページずつ。"),
    _other(_LIST, _AREA, "送信先と異なるエリア", Outcome.REFUSED, "HUB-F001。", "area-of-the-address"),
)


def ends_as(point_number: str, ending: Ending) -> bool:
    """This function will tell whether a point is one of those whose grid operator answers in this way."""
    return point_number.endswith(ending.value)
