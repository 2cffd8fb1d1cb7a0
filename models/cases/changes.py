"""What an amendment (訂正) changed of the content that a message had filed: personal data among it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.read_model import WrittenLine
from models.messages.tables import MessageContentRow
from rules.core import Procedure
from rules.procedure.outcomes import HistoryKind, HistoryLine
from schemas.codes import ApplicationKind

_NOT_CONTENT = frozenset({"message_id", "process_kind", "case_number", "application_number"})


@dataclass(frozen=True)
class Change:
    """One element that was amended, with its value before and after; None for what was not given."""

    name: str
    """Of the element; of one in a group after the group's: ``consent/obtained_on``."""
    before: str | None
    after: str | None


def amended_content(session: Session, lines: Sequence[WrittenLine]) -> dict[int, tuple[Change, ...]]:
    """Tell of each line that is an amendment what it changed, by its step."""
    amended = {
        after.step: (was, now)
        for before, after in pairwise(lines)
        if (was := _content_key(before.state, after.line)) and (now := _content_key(after.state, after.line))
    }
    contents = _contents(session, {key for keys in amended.values() for key in keys})
    return {step: tuple(_changes(contents.get(was, {}), contents.get(now, {}))) for step, (was, now) in amended.items()}


def _content_key(state: Procedure, line: HistoryLine) -> str | None:
    """Give the key of the message whose content a line of this kind takes the place of, as a state has it."""
    if line.kind is HistoryKind.AMENDED:
        return state.content_key
    if line.kind is HistoryKind.CORRECTED:
        application = state.concerned(ApplicationKind(line.details["application"]))
        return None if application is None else application.content_key
    return None


def _contents(session: Session, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    message_keys = [UUID(key) for key in keys]
    if not message_keys:
        return {}
    rows = session.execute(
        select(MessageContentRow.key, MessageContentRow.values).where(MessageContentRow.key.in_(message_keys))
    )
    return {str(row.key): dict(_flat(row.values)) for row in rows}


def _flat(values: dict[str, Any], group: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{group}{name}/")
        elif name not in _NOT_CONTENT:
            yield f"{group}{name}", "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _changes(before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Change(name, before.get(name), after.get(name))
