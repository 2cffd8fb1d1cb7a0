"""Writing what the hub said to whoever reads, in letters that can be written there."""

import json
from collections.abc import Callable
from typing import Any, TextIO

import yaml
from zeep.helpers import serialize_object

from switching_hub_client.faults import Refused


def show(text: str | Callable[[TextIO], str], to: TextIO) -> bool:
    """Write to the last letter, and tell whether that went well: a pipe may be closed, a disk full.

    :param text: the text, or what makes it for where it is written to.
    """
    try:
        to.write(text if isinstance(text, str) else text(to))
        to.flush()
    except (Exception, KeyboardInterrupt):
        return False
    return True


def refusal_text(refusal: Refused) -> str:
    """Write a refusal with all that is wrong."""
    lines = [f"{refusal.code} {refusal.message}", f"対処: {refusal.action}"]
    for item in refusal.findings:
        lines.append(f"- {item.field or '電文'}（{item.label}）[{item.rule}] {item.message} {item.action}")
    return "\n".join(lines) + "\n"


def answer_text(answer: Any, to: TextIO, *, as_json: bool) -> str:
    """Write an answer as JSON or YAML; letters that ``to`` does not have stand as those languages escape them."""
    serialized = serialize_object(answer, target_cls=dict)  # type: ignore[no-untyped-call]  # zeep has few types
    plain = json.loads(json.dumps(serialized, default=str, ensure_ascii=False))
    text = _written(plain, as_json=as_json, escaped=False)
    return text if _fits(text, to) else _written(plain, as_json=as_json, escaped=True)


def _written(plain: Any, *, as_json: bool, escaped: bool) -> str:
    if as_json:
        return json.dumps(plain, ensure_ascii=escaped, indent=2) + "\n"
    text: str = yaml.safe_dump(plain, allow_unicode=not escaped, sort_keys=False)
    return text


def _fits(text: str, to: TextIO) -> bool:
    try:
        text.encode(getattr(to, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
