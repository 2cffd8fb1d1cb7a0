"""10210 使用量情報照会申請, which brings a password by way of 10220, and 10310 使用量情報照会, which needs it."""

from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import ApplicationKind, Flag, InterfaceCategory, ProcessKind, Segment
from schemas.contract import Interface, only_in
from schemas.interfaces.common import Consent
from schemas.interfaces.filing import CONTENT, CONTENT_IF_ANY, LATER, ApplicationReceipt

_SEGMENTS = frozenset({Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE})
_MOST_MONTHS, MOST_DAYS = 13, 31
"""As many months, and as many days of 30-minute values, as one answer of 10310 holds."""


@dataclass(frozen=True, kw_only=True)
class UsageInquiryApplicationRequest:
    """Asks for the password; without a period for as long as the grid operator keeps values."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    process_kind: Annotated[ProcessKind, fields.PROCESS_KIND]
    application_number: Annotated[str | None, fields.APPLICATION_NUMBER, LATER]
    point_number: Annotated[str | None, fields.POINT_NUMBER, CONTENT]
    first_month: Annotated[
        str | None, fields.MONTH.called("対象期間（開始年月）", "照会したい最初の月。"), CONTENT_IF_ANY
    ]
    last_month: Annotated[
        str | None, fields.MONTH.called("対象期間（終了年月）", "照会したい最後の月。"), CONTENT_IF_ANY
    ]
    consent: Annotated[Consent | None, fields.CONSENT, CONTENT]


@dataclass(frozen=True, kw_only=True)
class UsageInquiryRequest:
    """Monthly values always; 30-minute values for the days asked for, a month of them at most."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    point_number: Annotated[str, fields.POINT_NUMBER]
    usage_password: Annotated[str, fields.USAGE_PASSWORD] = attribute(repr=False)
    half_hourly_from: Annotated[
        date | None, fields.DAY.called("30分値の開始日", "この日からの30分値を返す。省略すると月別の値だけを返す。")
    ]
    half_hourly_to: Annotated[
        date | None,
        fields.DAY.called("30分値の終了日", f"この日までの30分値を返す。開始日から{MOST_DAYS}日以内。"),
    ]
    consent: Annotated[Consent, fields.CONSENT]


@dataclass(frozen=True, kw_only=True)
class MonthlyUsage:
    month: Annotated[str, fields.MONTH.called("対象年月", "使用量の年月。")]
    usage: Annotated[int, fields.USAGE]
    maximum_demand: Annotated[int | None, fields.MAXIMUM_DEMAND, only_in(Segment.HIGH_VOLTAGE)] = None


@dataclass(frozen=True, kw_only=True)
class HalfHourlyUsage:
    day: Annotated[date, fields.DAY.called("対象日", "30分値の日。")]
    values: Annotated[str, fields.HALF_HOURLY_USAGE]


@dataclass(frozen=True, kw_only=True)
class UsageInquiryResponse:
    message_id: Annotated[str, fields.MESSAGE_ID]
    point_number: Annotated[str, fields.POINT_NUMBER]
    smart_meter: Annotated[Flag, fields.FLAG.called("スマートメーター有無", "スマートメーターが付いているか。")]
    monthly_usages: Annotated[
        tuple[MonthlyUsage, ...], fields.group("月別使用量", "1か月分の使用量。", max_items=_MOST_MONTHS)
    ]
    half_hourly_usages: Annotated[
        tuple[HalfHourlyUsage, ...],
        fields.group("30分値", "1日分の30分値。スマートメーターの地点だけ。", max_items=MOST_DAYS),
    ]


USAGE_INQUIRY_APPLICATION = Interface(
    number="10210",
    operation="fileUsageInquiryApplication",
    label="使用量情報照会申請",
    meaning="小売電気事業者が、需要者の同意を得て、使用量情報を照会するためのパスワードを一般送配電事業者に申請する。",
    request=UsageInquiryApplicationRequest,
    response=ApplicationReceipt,
    segments=_SEGMENTS,
    relayed=True,
    category=InterfaceCategory.INFORMATION_SEARCH,
    applies_for=ApplicationKind.USAGE_INQUIRY,
)
USAGE_INQUIRY = Interface(
    number="10310",
    operation="getUsage",
    label="使用量情報照会",
    meaning="小売電気事業者が、需要者の同意とパスワードにより、供給地点の使用量情報を一般送配電事業者に照会する。",
    request=UsageInquiryRequest,
    response=UsageInquiryResponse,
    segments=_SEGMENTS,
    relayed=True,
    category=InterfaceCategory.INFORMATION_SEARCH,
)
