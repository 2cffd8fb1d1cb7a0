"""使用量情報 as a file: made of the answer that the page holds, sealed, so that neither password nor answer is kept.

The grid operator's answer stays nowhere in the hub, and asking anew would need the password anew. So the page carries
the answer back with the button that asks for the file, sealed by the key of the screens for this person and a short
time: the file says what the grid operator said, and who took it is put on record as whoever read the page was.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask import Response, abort, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import TypeAdapter

from models.users.drafts import KEPT_FOR
from rules.spreadsheet import FileEncoding, encoded, hyphened
from schemas.codes import Segment
from schemas.contract import members
from schemas.fields import POINT_NUMBER
from schemas.interfaces.common import Consent
from schemas.interfaces.usage import USAGE_INQUIRY, MonthlyUsage, UsageInquiryRequest, UsageInquiryResponse
from usecases.hub import Hub
from usecases.usage_inquiry import UsageFileRequest, note_usage_file
from web.inquiries.screens import InquiryScreen
from web.inquiries.usage_charts import clock, half_hours
from web.shared.access import current_retailer_person
from web.shared.csv_files import csv_answer


@dataclass(frozen=True, kw_only=True)
class SealedUsage:
    """An answer as the page carries it."""

    user_id: str
    segment: Segment
    consent: Consent
    answer: UsageInquiryResponse


class Part(StrEnum):
    """What of the answer is wanted."""

    MONTHLY = "monthly"
    HALF_HOURLY = "half-hourly"


_PLAIN: TypeAdapter[SealedUsage] = TypeAdapter(SealedUsage)


def sealed(screen: InquiryScreen, asked: UsageInquiryRequest, answer: UsageInquiryResponse) -> str:
    """Seal an answer for whoever asked."""
    assert screen.segment is not None, "usage is asked for in a segment"
    held = SealedUsage(
        user_id=current_retailer_person().user_id, segment=screen.segment, consent=asked.consent, answer=answer
    )
    return str(_sealer().dumps(_PLAIN.dump_python(held, mode="json")))


def usage_file(hub: Hub, screen: InquiryScreen) -> Response:
    """Give the part of an answer that is wanted as CSV, on record; 400 for a seal that is broken, old or another's."""
    if screen.interface is not USAGE_INQUIRY:
        abort(404)
    person, held = current_retailer_person(), _opened(request.form.get("sealed", ""))
    try:
        part, encoding = Part(request.form.get("part", "")), FileEncoding(request.form.get("encoding", ""))
    except ValueError:
        abort(400)
    if held.user_id != person.user_id or held.segment is not screen.segment:
        abort(400)
    answer = held.answer
    wanted = UsageFileRequest(message_id=answer.message_id, point_number=answer.point_number, consent=held.consent)
    note_usage_file(wanted, actor=person, segment=held.segment, hub=hub)
    rows = _monthly(answer, held.segment) if part is Part.MONTHLY else _half_hourly(answer, held.segment)
    return csv_answer(encoded([_written(rows)], encoding), f"usage-{answer.point_number}-{part.value}.csv", encoding)


def _opened(text: str) -> SealedUsage:
    try:
        return _PLAIN.validate_python(_sealer().loads(text, max_age=int(KEPT_FOR.total_seconds())), strict=False)
    except BadData:
        abort(400)


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="usage-file")


def _monthly(answer: UsageInquiryResponse, segment: Segment) -> Iterator[list[object]]:
    columns = members(MonthlyUsage, segment)
    yield [POINT_NUMBER.in_segment(segment).label, *(column.field.label for column in columns)]
    for usage in sorted(answer.monthly_usages, key=lambda each: each.month):
        yield [hyphened(answer.point_number), *(_blank(vars(usage)[column.name]) for column in columns)]


def _half_hourly(answer: UsageInquiryResponse, segment: Segment) -> Iterator[list[object]]:
    yield [POINT_NUMBER.in_segment(segment).label, "対象日", "開始時刻", "終了時刻", "使用電力量（kWh）"]
    for usage in sorted(answer.half_hourly_usages, key=lambda each: each.day):
        for half, value in enumerate(half_hours(usage.values)):
            day, point = usage.day.isoformat(), hyphened(answer.point_number)
            yield [point, day, clock(half), clock(half + 1), "" if value is None else f"{value:.2f}"]


def _blank(value: object) -> object:
    return "" if value is None else value


def _written(rows: Iterator[list[object]]) -> str:
    """Write rows of what the catalogue checked: digits, days and hours, in which no formula can stand."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
