"""The command line: any interface, from a file in JSON or YAML, with the answer printed as it came."""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import yaml
from zeep.helpers import serialize_object

from switching_hub_client.connection import Connection
from switching_hub_client.faults import Refused
from switching_hub_client.hub import Hub, OutcomeOpen
from switching_hub_client.message_ids import KeptMessageId
from switching_hub_client.operations import UnknownInterface

ANSWERED, REFUSED, WRONG_USE, OPEN = 0, 1, 2, 3
"""How the command ends: answered, refused for good, used wrongly, or with the outcome open (run it again)."""


def main(arguments: Sequence[str], *, standard_output: TextIO, standard_error: TextIO) -> int:
    """This function will send what the arguments name, and tell how it ended."""
    given = _parser().parse_args(arguments)
    message = Path(given.file)
    try:
        values = _read(message)
    except (OSError, ValueError, yaml.YAMLError) as problem:
        print(f"{message}: {problem}", file=standard_error)
        return WRONG_USE
    kept = KeptMessageId(message)
    message_id = values.pop("messageId", None) or kept.get()
    hub = Hub(
        Connection(url=given.url.rstrip("/"), certificate=Path(given.certificate), authority=Path(given.authority)),
        patience=given.patience,
    )
    try:
        answer = hub.call(given.number, message_id=message_id, **values)
    except Refused as refusal:
        kept.forget()
        _tell_refusal(refusal, standard_error)
        return REFUSED
    except OutcomeOpen as outcome:
        print(f"結果はまだ分かりません。同じファイルで、もう一度実行してください。{outcome}", file=standard_error)
        return OPEN
    except (UnknownInterface, TypeError) as problem:  # a TypeError names an element that the WSDL does not have
        kept.forget()
        print(f"{type(problem).__name__}: {problem}", file=standard_error)
        return WRONG_USE
    kept.forget()
    _print(answer, as_json=given.json, to=standard_output)
    return ANSWERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m switching_hub_client",
        description="スイッチング支援システムへ電文を1つ送り、応答を表示します。",
    )
    parser.add_argument("number", help="IF番号。区分の文字を付けます (12110、K12110、F12110)")
    parser.add_argument("file", help="項目を書いた JSON か YAML のファイル。messageId は省けます")
    parser.add_argument("--json", action="store_true", help="応答を JSON で表示する (ふだんは YAML)")
    parser.add_argument("--patience", type=float, default=60.0, help="結果が分かるまで送り直す秒数 (既定 60)")
    for name, words in (
        ("url", "接続先。https://ホスト:ポート"),
        ("certificate", "自社のクライアント証明書と鍵 (PEM)"),
        ("authority", "接続先の認証局の証明書 (PEM)"),
    ):
        variable = f"SWITCHING_HUB_{name.upper()}"
        value = os.environ.get(variable)
        parser.add_argument(f"--{name}", default=value, required=value is None, help=f"{words}。環境変数 {variable}")
    return parser


def _read(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8-sig")
    values = json.loads(text) if file.suffix == ".json" else yaml.load(text, Loader=_AsWritten)
    if not isinstance(values, dict):
        raise ValueError("項目名と値の組を書いてください。 / a mapping of elements is wanted")
    return values


class _AsWritten(yaml.SafeLoader):
    """Takes every value as the text that stands there: 0310… keeps its zero, no becomes no False."""


_AsWritten.yaml_implicit_resolvers = {}


def _tell_refusal(refusal: Refused, to: TextIO) -> None:
    print(f"{refusal.code} {refusal.message}\n対処: {refusal.action}", file=to)
    for one in refusal.findings:
        print(f"- {one.field or '電文'}（{one.label}）[{one.rule}] {one.message} {one.action}", file=to)


def _print(answer: Any, *, as_json: bool, to: TextIO) -> None:
    serialized = serialize_object(answer, target_cls=dict)  # type: ignore[no-untyped-call]  # zeep has few types
    plain = json.loads(json.dumps(serialized, default=str, ensure_ascii=False))
    if as_json:
        json.dump(plain, to, ensure_ascii=False, indent=2)
        print(file=to)
    else:
        yaml.safe_dump(plain, to, allow_unicode=True, sort_keys=False)
