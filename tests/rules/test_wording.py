"""How days and times are written in lines of text."""

from datetime import UTC, date, datetime

from rules.wording import business_days_words, plain_day, plain_deadline, plain_moment, plain_second
from tests.support.sources import sources

MOMENT = datetime(2026, 11, 23, 15, 5, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_moments_are_written_in_japan_time() -> None:
    assert plain_day(date(2026, 11, 24)) == "2026-11-24"
    assert plain_moment(MOMENT) == "2026-11-24 00:05"
    assert plain_second(MOMENT) == "2026-11-24 00:05:30"


def test_the_end_of_a_day_is_its_24_hours_where_it_is_a_deadline() -> None:
    assert plain_deadline(MIDNIGHT) == "2026-11-24 24:00"
    assert plain_moment(MIDNIGHT) == "2026-11-25 00:00"
    assert plain_deadline(MOMENT) == plain_moment(MOMENT)


def test_business_days_are_called_so() -> None:
    assert business_days_words(3) == "3営業日"


def test_days_are_written_nowhere_else() -> None:
    writers = [path for path, text in sources(".py", ".html").items() if "%Y-%m-%d" in text or '"24:00"' in text]
    for_people = [path for path in writers if not path.startswith("deploy/front/")]  # Envoy writes the lines of its log
    assert for_people == ["rules/wording.py"]
