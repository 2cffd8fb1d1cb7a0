"""Names, addresses and telephone numbers stay in PostgreSQL: Temporal never hears them."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest

from schemas.contract import members
from tests.support import decisions
from tests.support.histories import all_texts, read_history
from tests.support.hub import Hub
from tests.support.message_contents import content_of

HISTORIES = sorted((Path(__file__).parents[1] / "histories").glob("*.json"))


def personal_values(message: Any) -> Iterator[str]:
    """Give the personal values of a request and of the groups in it."""
    kind: type = type(message)
    for member in members(kind):
        value = getattr(message, member.name)
        if is_dataclass(value):
            yield from personal_values(value)
        elif member.field.personal and value is not None:
            yield str(value)


def used_in(hub: Hub, case_number: str) -> set[str]:
    state = hub.state(case_number)
    with hub.database.transaction() as session:
        keys = (state.content_key, state.start.content_key, state.end.content_key)
        return {value for key in keys if key for value in personal_values(content_of(session, key=key))}


def test_a_run_tells_temporal_nothing_personal(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)

    texts = all_texts(hub.history(case)) + hub.current_details(case)

    used = used_in(hub, case)
    assert {"髙橋　太郎", "03-1234-5678"} <= used
    assert case in texts
    assert [value for value in used if value in texts] == []
    for file in HISTORIES:
        stored = all_texts(read_history(file))
        assert [value for value in used if value in stored] == [], file.name


@pytest.mark.parametrize("place", ["payload", "summary"])
def test_a_name_would_be_found_where_one_is_put_in(hub: Hub, place: str) -> None:
    case = hub.open()
    history = hub.history(case)
    started = history.events[0]
    hidden = b'"\\u9ad9\\u6a4b\\u3000\\u592a\\u90ce"'
    if place == "payload":
        started.workflow_execution_started_event_attributes.input.payloads[0].data = hidden
    else:
        started.user_metadata.summary.data = hidden

    assert "髙橋　太郎" in all_texts(history)
