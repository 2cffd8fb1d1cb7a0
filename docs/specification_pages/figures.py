"""Numbers and lists that the manual and the FAQ name, taken from the rules and the code, so that none is typed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache

from models.cases.commands import MOST_COMMANDS, MOST_IN_FLIGHT
from models.cases.referrals import PAGE as PAGE_OF_ANSWERS
from models.users.drafts import KEPT_FOR
from models.users.operations import FAILURES_BEFORE_LOCK, LOCKED_FOR
from models.users.queries import IDLE_LIMIT, WHOLE_LIMIT
from models.users.recent_items import MOST_ITEMS
from models.users.saved_views import MOST_VIEWS
from rules import deadlines
from rules.bulk.reading import MOST_BYTES, MOST_ROWS
from rules.calendar import JapaneseCalendar, at_nine, day_of
from rules.deadlines import DEADLINE_RULES, DeadlineRules, DeadlineTopic, value_words
from rules.lone_application.kinds import KINDS
from rules.maintenance import parse_windows
from rules.supply_terms import MOST_AMPERES
from runtime.settings.shared import HandoverSettings, MaintenanceSettings
from schemas import fields
from schemas.codes import (
    Ampere,
    ApplicationKind,
    Area,
    ConsentMethod,
    ContractBasis,
    MeterWork,
    RejectionReason,
    Segment,
)
from schemas.contract import members
from schemas.fields import USAGE_PASSWORD
from schemas.interfaces.usage import MOST_DAYS, UsageInquiryResponse
from web.cases.list_view import PAGE as PAGE_OF_LIST

_CALENDAR = JapaneseCalendar()
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_WEEKDAYS = "月火水木金土日"
_A_MORNING = datetime.fromisoformat(fields.MOMENT.example)


@cache
def figures() -> Mapping[str, str]:
    """Give every figure by the name that texts call it by."""
    return dict(_deadlines()) | dict(_of_the_screens()) | dict(_of_the_business())


def _deadlines() -> Iterator[tuple[str, str]]:
    for topic in DeadlineTopic:
        yield topic.value, _by_segment(topic)
    due = deadlines.decision_due(registered_at=_A_MORNING, rules=_low(), calendar=_CALENDAR)
    yield "reminder_hour", f"{deadlines.reminder_at(due=due, calendar=_CALENDAR):%-H}時"
    yield "morning_hour", f"{at_nine(day_of(_A_MORNING)):%-H}時"
    yield "example_registered", _day(_A_MORNING)
    yield "example_due", _day(due - timedelta(seconds=1))
    cut_off = deadlines.cut_off(
        effective_date=due.date() + timedelta(days=7),
        meter_work=MeterWork.NOT_NEEDED,
        rules=_low(),
        calendar=_CALENDAR,
    )
    yield "example_effective", _day(due + timedelta(days=7))
    yield "example_cut_off", _day(cut_off - timedelta(seconds=1))


def _low() -> DeadlineRules:
    return DEADLINE_RULES[Segment.LOW_VOLTAGE]


def _by_segment(topic: DeadlineTopic) -> str:
    """Write a rule once where all segments share it."""
    said = {segment: value_words(topic, rules.value(topic)) for segment, rules in DEADLINE_RULES.items()}
    if len(set(said.values())) == 1:
        return said[Segment.LOW_VOLTAGE]
    return "、".join(f"{segment.label}は{words}" for segment, words in said.items())


def _day(moment: datetime) -> str:
    return f"{moment:%Y年%-m月%-d日}（{_WEEKDAYS[moment.weekday()]}）"


def _of_the_screens() -> Iterator[tuple[str, str]]:
    yield "failures_before_lock", f"{FAILURES_BEFORE_LOCK}回"
    yield "locked_for", f"{LOCKED_FOR // _MINUTE}分"
    yield "idle_limit", f"{IDLE_LIMIT // _MINUTE}分"
    yield "whole_limit", f"{WHOLE_LIMIT // _HOUR}時間"
    yield "draft_kept_for", f"{KEPT_FOR // _MINUTE}分"
    yield "page_of_list", f"{PAGE_OF_LIST}件"
    yield "recent_items", f"{MOST_ITEMS}件"
    yield "saved_views", f"{MOST_VIEWS}件"
    yield "bulk_rows", f"{MOST_ROWS // 10_000}万行"
    yield "bulk_bytes", f"{MOST_BYTES // 1024**2}MiB"
    yield "page_of_answers", f"{PAGE_OF_ANSWERS}件"
    yield "answer_within", f"{HandoverSettings.model_fields['answer_within'].default:.0f}秒"


def _of_the_business() -> Iterator[tuple[str, str]]:
    yield "message_id_length", f"{fields.MESSAGE_ID.max_length}文字"
    yield "point_number_length", f"{fields.POINT_NUMBER.max_length}桁"
    yield "contract_number_length", f"{fields.CONTRACT_NUMBER.max_length}文字"
    yield "case_number_length", f"{fields.CASE_NUMBER.max_length}桁"
    yield "most_commands", f"{MOST_COMMANDS}件"
    yield "most_in_flight", f"{MOST_IN_FLIGHT}件"
    yield "half_hourly_days", f"{MOST_DAYS}日"
    (monthly,) = (each for each in members(UsageInquiryResponse) if each.name == "monthly_usages")
    yield "usage_months", f"{monthly.field.max_items}か月"
    yield "password_validity", USAGE_PASSWORD.meaning.rpartition("有効期間は")[2].rstrip("。")
    yield "back_dated", f"{-_first_day(ApplicationKind.RE_ENERGISATION, Segment.LOW_VOLTAGE)}日"
    for kind, name in (
        (ApplicationKind.END_OF_SUPPLY, "first_day_of_end"),
        (ApplicationKind.AMPERE_CHANGE, "first_day_of_amperes"),
        (ApplicationKind.CUSTOMER_DETAILS, "first_day_of_details"),
    ):
        yield name, _first_days(kind)
    areas = KINDS[ApplicationKind.AMPERE_CHANGE].not_taken_in
    yield "areas_without_amperes", "、".join(area.label for area in sorted(areas, key=lambda area: area.value))
    yield "amperes", "、".join(each.value for each in Ampere) + "アンペア"
    yield "most_amperes", f"{MOST_AMPERES}アンペア"
    yield "bases", "、".join(each.label for each in ContractBasis)
    yield "rejection_reasons", "、".join(f"{each.value} {each.label}" for each in RejectionReason)
    yield "maintenance", _maintenance()
    yield "consent_methods", "、".join(each.label for each in ConsentMethod)


def _maintenance() -> str:
    """Say when the grid operators' systems are looked after, as settings have it without more being said."""
    windows = parse_windows(MaintenanceSettings.model_fields["maintenance_windows"].default)[Area.TOKYO]
    return "、".join(
        f"{_WEEKDAYS[each.weekday]}曜日の{each.begins // 60}時から{each.ends // 60}時まで" for each in windows
    )


def _first_day(kind: ApplicationKind, segment: Segment) -> int:
    window = KINDS[kind].window
    if window is None or window.first_day is None:
        raise LookupError(kind)
    return window.first_day[segment]


def _first_days(kind: ApplicationKind) -> str:
    """Say from which day on an application may name its date."""
    window = KINDS[kind].window
    days = {} if window is None or window.first_day is None else window.first_day
    said = {segment: "申し込む当日から" if day == 0 else f"申し込む日の{day}日後から" for segment, day in days.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "、".join(f"{segment.label}は{words}" for segment, words in said.items())
