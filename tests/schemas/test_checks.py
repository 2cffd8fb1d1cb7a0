"""Each check of each form, with the name of its rule."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import fields
from schemas.checks import check
from schemas.codes import MeterWork
from schemas.fields import Field, Form

NUMBER = Field("数", "数。", example="5", form=Form.INTEGER, minimum=1, maximum=31)
JAPAN = timezone(timedelta(hours=9))


def rule_broken(field: Field, text: str) -> str:
    value, fault = check(field, text)
    assert fault is not None and value is None, f"{text!r} passed as {value!r}"
    return fault.rule


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        pytest.param(fields.METER_WORK, "needed", MeterWork.NEEDED, id="code"),
        pytest.param(
            fields.METER_WORK, " needed\n", MeterWork.NEEDED, id="code among white space, as XML Schema reads it"
        ),
        pytest.param(fields.DAY, "2028-02-29", date(2028, 2, 29), id="leap day"),
        pytest.param(fields.DAY, "\t2026-08-12 ", date(2026, 8, 12), id="date among white space"),
        pytest.param(NUMBER, "1", 1, id="least"),
        pytest.param(NUMBER, "31", 31, id="largest"),
        pytest.param(NUMBER, "007", 7, id="leading zeros of a number"),
        pytest.param(fields.RETAILER_CODE, "0012", "0012", id="leading zeros of a code stay"),
        pytest.param(fields.MOMENT, "2026-08-12T10:00:00+09:00", datetime(2026, 8, 12, 10, tzinfo=JAPAN), id="moment"),
        pytest.param(fields.MOMENT, "2026-08-12T01:00:00Z", datetime(2026, 8, 12, 1, tzinfo=UTC), id="moment in UTC"),
        pytest.param(
            fields.MOMENT,
            "2026-08-12T10:00:00.123456+09:00",
            datetime(2026, 8, 12, 10, 0, 0, 123456, tzinfo=JAPAN),
            id="moment with parts of a second",
        ),
        pytest.param(
            fields.MOMENT,
            "2026-08-12T23:59:59.9999999+09:00",
            datetime(2026, 8, 12, 23, 59, 59, 999999, tzinfo=JAPAN),
            id="what is finer than a microsecond is cut off, so that it stays the same second",
        ),
        pytest.param(
            fields.MOMENT, "2026-12-31T24:00:00+09:00", datetime(2027, 1, 1, tzinfo=JAPAN), id="the end of a day"
        ),
        pytest.param(fields.MOMENT, "2026-08-12T24:00:00.000Z", datetime(2026, 8, 13, tzinfo=UTC), id="and in UTC"),
        pytest.param(
            fields.MOMENT,
            "2026-08-12T10:00:00-14:00",
            datetime(2026, 8, 12, 10, tzinfo=timezone(timedelta(hours=-14))),
            id="the furthest zone",
        ),
        pytest.param(fields.DAY, "2026-08-12+09:00", date(2026, 8, 12), id="date in Japan's zone, as JAXB writes it"),
        pytest.param(fields.DAY, "2199-12-31", date(2199, 12, 31), id="the last day"),
        pytest.param(NUMBER, "+5", 5, id="number with its sign"),
        pytest.param(NUMBER, "0" * 5_000 + "5", 5, id="number with thousands of zeros"),
        pytest.param(fields.USAGE, "-0", 0, id="nothing, with its sign"),
        pytest.param(fields.HOLDER_NAME_KANA, "ジャン−リュック", "ジャン－リュック", id="a minus sign in a reading"),
        pytest.param(fields.TELEPHONE, "0312345678", "0312345678", id="telephone without hyphens"),
    ],
)
def test_what_passes_is_read_into_its_value(field: Field, text: str, value: object) -> None:
    assert check(field, text) == (value, None)


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        pytest.param(fields.METER_WORK, "maybe", "code", id="value outside the code"),
        pytest.param(fields.METER_WORK, "NEEDED", "code", id="codes are written as they are"),
        pytest.param(fields.METER_WORK, "要", "code", id="the label is not the value"),
        pytest.param(fields.DAY, "2026-02-30", "date", id="no such day"),
        pytest.param(fields.DAY, "2026-8-2", "date", id="date without its zeros"),
        pytest.param(fields.DAY, "2026/08/12", "date", id="date with strokes"),
        pytest.param(fields.DAY, "20260812", "date", id="date in short"),
        pytest.param(fields.DAY, "２０２６-08-12", "date", id="full-width digits in a date"),
        pytest.param(fields.DAY, "2026-08-12Z", "date", id="date with a zone"),
        pytest.param(fields.DAY, "0001-01-01", "date", id="year before 2000"),
        pytest.param(fields.DAY, "3000-01-01", "date", id="year after 2999"),
        pytest.param(fields.MOMENT, "2026-08-12T10:00:00", "moment", id="moment without zone"),
        pytest.param(fields.MOMENT, "2026-08-12 10:00:00+09:00", "moment", id="moment without T"),
        pytest.param(fields.MOMENT, "2026-08-12T25:00:00+09:00", "moment", id="no such hour"),
        pytest.param(fields.MOMENT, "2026-08-12T10:00:00+99:00", "moment", id="no such zone"),
        pytest.param(fields.MOMENT, "0001-01-01T00:00:00+14:00", "moment", id="moment before all reckoning"),
        pytest.param(fields.DAY, "9999-12-31", "date", id="the day that means no end elsewhere"),
        pytest.param(fields.DAY, "2200-01-01", "date", id="date beyond all plans"),
        pytest.param(fields.DAY, "2026-08-12Z", "date", id="date in another zone"),
        pytest.param(fields.MOMENT, "2026-08-12T10:00:00+13:60", "moment", id="zone with minutes that no hour has"),
        pytest.param(fields.MOMENT, "2026-08-12T10:00:00+14:01", "moment", id="zone beyond every clock"),
        pytest.param(fields.MOMENT, "2026-08-12T10:00:00+23:59", "moment", id="zone that PostgreSQL does not know"),
        pytest.param(fields.MOMENT, "2026-08-12T24:00:01+09:00", "moment", id="later than the end of a day"),
        pytest.param(fields.MOMENT, "2199-12-31T24:00:00+09:00", "moment", id="moment beyond all plans"),
        pytest.param(fields.MOMENT, "2199-12-31T15:00:00Z", "moment", id="moment beyond all plans in Japan"),
        pytest.param(fields.MOMENT, "2026-08-12T10:00:00.1234567890+09:00", "moment", id="finer than a nanosecond"),
        pytest.param(NUMBER, "0", "integer", id="too small"),
        pytest.param(NUMBER, "32", "integer", id="too large"),
        pytest.param(NUMBER, "-1", "integer", id="negative"),
        pytest.param(NUMBER, "1.0", "integer", id="no integer"),
        pytest.param(NUMBER, "五", "integer", id="a kanji number"),
        pytest.param(NUMBER, "5" * 400, "integer", id="endless"),
        pytest.param(fields.CONTRACT_NUMBER, "1" * 31, "length", id="too long"),
        pytest.param(fields.CONTRACT_NUMBER, "", "length", id="empty"),
        pytest.param(fields.POINT_NUMBER, "031000000000000000000", "length", id="point number of 21 digits"),
        pytest.param(fields.POINT_NUMBER, "1110000000000000000001", "pattern", id="point number of no area"),
        pytest.param(fields.POINT_NUMBER, "03-1000-0000-0000-0000", "pattern", id="point number with hyphens"),
        pytest.param(fields.POINT_NUMBER, "０３" + "1" * 20, "pattern", id="point number in full width"),
        pytest.param(fields.POINT_NUMBER, "0310000000000000000001\n", "length", id="point number with a line feed"),
        pytest.param(fields.CASE_NUMBER, "SW11L20260812000000019", "pattern", id="case number of no area"),
        pytest.param(fields.CONTRACT_NUMBER, "12_34", "characters", id="contract number with an underscore"),
        pytest.param(fields.MESSAGE_ID, "M 1", "characters", id="message id with a space"),
        pytest.param(fields.TELEPHONE, "03-1234-567８", "pattern", id="telephone in full width"),
        pytest.param(fields.HOLDER_NAME, "　 　", "blank", id="nothing but spaces"),
    ],
)
def test_what_does_not_pass_tells_its_rule(field: Field, text: str, rule: str) -> None:
    assert rule_broken(field, text) == rule


def test_the_words_say_what_is_wanted() -> None:
    _, length = check(fields.POINT_NUMBER, "03")
    _, code = check(fields.METER_WORK, "maybe")
    _, number = check(NUMBER, "32")
    assert length and code and number
    assert (length.rule, length.message) == ("length", "供給地点特定番号は22文字です（2文字でした）。")
    assert (code.rule, code.message) == ("code", "計器工事の要否は次のいずれかです: needed（要）、not_needed（不要）。")
    assert (number.rule, number.message) == ("integer", "数は1以上31以下の整数です。")


@given(st.sampled_from([fields.DAY, fields.MOMENT, fields.METER_WORK, NUMBER, fields.HOLDER_NAME]), st.text())
def test_any_text_is_read_or_refused(field: Field, text: str) -> None:
    value, fault = check(field, text)
    assert (value is None) != (fault is None)


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_every_date_is_read_back(day: date) -> None:
    assert check(fields.DAY, day.isoformat()) == (day, None)
