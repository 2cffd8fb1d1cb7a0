"""Workflow histories as files: written by test runs, replayed by tests."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

from tests.support.fingerprints import fingerprint

HISTORIES = Path(__file__).parents[1] / "histories"
"""One file for each path and version: ``completed.json``, and later ``completed.2.json``."""

_OF_THE_MACHINE = ("identity", "stackTrace", "buildId", "workerVersion", "workerInstanceKey")
_STICKY_QUEUE = re.compile(r"\d+@.+-[0-9a-f]{32}")


def write_history(history: WorkflowHistory, file: Path) -> None:
    """Write a history, without what tells of the machine it was made on."""
    plain = _without_machine(json.loads(history.to_json()))
    lines = ",\n".join(json.dumps(event, ensure_ascii=False, separators=(",", ":")) for event in plain["events"])
    file.write_text(f'{{"events":[\n{lines}\n]}}\n')


def keep_new_history(history: WorkflowHistory, path: str) -> None:
    """Keep the history of a path beside its earlier versions, unless the newest did the same."""
    versions = versions_of(path)
    if versions and fingerprint(read_history(versions[-1])) == fingerprint(history):
        return
    name = path if not versions else f"{path}.{len(versions) + 1}"
    write_history(history, HISTORIES / f"{name}.json")


def versions_of(path: str) -> list[Path]:
    """List the histories of a path, the first version first."""
    later = HISTORIES.glob(f"{path}.*.json")
    first = HISTORIES / f"{path}.json"
    return ([first] if first.exists() else []) + sorted(later, key=lambda file: int(file.stem.rpartition(".")[2]))


def read_history(file: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(file.stem, file.read_text())


def all_texts(history: WorkflowHistory) -> str:
    """Give all that a history says, payloads decoded, kanji as kanji."""
    return "\n".join(_texts(json.loads(history.to_json())))


def _texts(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, name)
    elif name == "data":
        yield json.dumps(json.loads(base64.b64decode(value) or b"null"), ensure_ascii=False)
    else:
        yield str(value)


def _without_machine(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_machine(part) for key, part in value.items() if key not in _OF_THE_MACHINE}
    if isinstance(value, list):
        return [_without_machine(part) for part in value]
    if isinstance(value, str) and _STICKY_QUEUE.fullmatch(value):
        return "sticky"
    return value
