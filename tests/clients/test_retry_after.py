"""What the retailers' client makes of the header Retry-After."""

from datetime import UTC, datetime

import pytest

from switching_hub_client.retry_after import seconds_to_wait

NOW = datetime(2026, 11, 30, 3, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("2", 2.0),
        (" 120 ", 120.0),
        ("Mon, 30 Nov 2026 03:00:30 GMT", 30.0),
        ("Mon, 30 Nov 2026 02:59:00 GMT", 0.0),
        ("", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("２", 0.0),
    ],
)
def test_it_is_seconds_or_a_moment_and_anything_else_asks_for_nothing(header: str, seconds: float) -> None:
    assert seconds_to_wait(header, now=NOW) == seconds
