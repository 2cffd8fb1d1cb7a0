"""The command line: any interface, from a file in JSON or YAML, with the answer printed as it came.

What the hub said decides the status. An id is kept from before its message is sent until the answer was shown.
"""

import argparse
import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import yaml

from switching_hub_client.connection import Connection
from switching_hub_client.faults import Refused
from switching_hub_client.hub import Hub, OutcomeOpen
from switching_hub_client.message_ids import KeptMessageId, OwnMessageId, UnusableKeptId, digest_of
from switching_hub_client.operations import NotSent
from switching_hub_client.showing import answer_text, refusal_text, show

ANSWERED, REFUSED, WRONG_USE, OPEN = 0, 1, 2, 3
"""How the command ends: answered, refused for good, used wrongly with nothing sent, or with the outcome open (run it
again)."""


def main(arguments: Sequence[str], *, standard_output: TextIO, standard_error: TextIO) -> int:
    """Send what the arguments name, and tell how it ended."""
    given = _parser().parse_args(arguments)
    try:
        return _send(given, standard_output, standard_error)
    except KeyboardInterrupt:
        show("中断しました。結果は分かりません。同じファイルで、もう一度実行してください。\n", standard_error)
        return OPEN


def _send(given: argparse.Namespace, output: TextIO, errors: TextIO) -> int:
    try:
        values = _read(Path(given.file))
        own = values.pop("messageId", None)
        ids = OwnMessageId(str(own)) if own else _kept_id(given, values)
    except UnusableKeptId as problem:
        return _wrong(str(problem), errors)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as problem:
        return _wrong(f"{given.file}: {str(problem) or type(problem).__name__}", errors)
    connection = Connection(
        url=given.url.rstrip("/"), certificate=Path(given.certificate), authority=Path(given.authority)
    )
    hub = Hub(connection, patience=given.patience)
    try:
        answer = hub.send(given.number, values, message_id=ids.message_id, tried=ids.tried)
    except Refused as refusal:
        shown = show(refusal_text(refusal), errors)
        return _ended(REFUSED, ids, shown=shown, errors=errors)
    except OutcomeOpen as outcome:
        show(f"結果はまだ分かりません。同じファイルで、もう一度実行してください。{outcome}\n", errors)
        return OPEN
    except NotSent as problem:
        ids.not_sent()
        return _wrong(str(problem), errors)
    shown = show(lambda to: answer_text(answer, to, as_json=given.json), output)
    return _ended(ANSWERED, ids, shown=shown, errors=errors)


def _kept_id(given: argparse.Namespace, values: Mapping[str, Any]) -> KeptMessageId:
    return KeptMessageId(Path(given.file), content=digest_of(given.number, values))


def _wrong(words: str, to: TextIO) -> int:
    show(f"{words}\n何も送っていません。\n", to)
    return WRONG_USE


def _ended(status: int, ids: OwnMessageId | KeptMessageId, *, shown: bool, errors: TextIO) -> int:
    """The hub has spoken for good; nothing that happens here can change what it said."""
    try:
        ids.ended(shown=shown)
    except OSError as problem:
        show(f"メッセージIDの控えを片付けられません（{problem}）。次の電文を送る前に消してください。\n", errors)
    if not shown:
        said = "受け付けられました" if status == ANSWERED else "受け付けられませんでした"
        show(f"{said}が、応答を表示しきれませんでした。{ids.repeat}\n", errors)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m switching_hub_client",
        description="スイッチング支援システムへ電文を1つ送り、応答を表示します。",
    )
    parser.add_argument("number", help="IF番号。区分の文字を付けます (12110、K12110、F12110)")
    parser.add_argument("file", help="項目を書いた JSON か YAML のファイル。messageId は省けます")
    parser.add_argument("--json", action="store_true", help="応答を JSON で表示する (ふだんは YAML)")
    parser.add_argument("--patience", type=_seconds, default=60.0, help="結果が分かるまで送り直す秒数 (既定 60)")
    for name, words in (
        ("url", "接続先。https://ホスト:ポート"),
        ("certificate", "自社のクライアント証明書と鍵 (PEM)"),
        ("authority", "接続先の認証局の証明書 (PEM)"),
    ):
        variable = f"SWITCHING_HUB_{name.upper()}"
        value = os.environ.get(variable)
        parser.add_argument(f"--{name}", default=value, required=value is None, help=f"{words}。環境変数 {variable}")
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if math.isnan(seconds) or seconds < 0:
        raise ValueError
    return seconds


def _read(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8-sig")
    values = json.loads(text) if file.suffix == ".json" else yaml.load(text, Loader=_AsWritten)
    if not isinstance(values, dict):
        raise ValueError("項目名と値の組を書いてください。 / a mapping of elements is wanted")
    if not all(isinstance(name, str) for name in values):
        raise ValueError("項目名は文字で書いてください。 / names of elements are text")
    return values


class _AsWritten(yaml.SafeLoader):
    """Takes every value as the text that stands there: 0310… keeps its zero, no becomes no False."""


_AsWritten.yaml_implicit_resolvers = {}
