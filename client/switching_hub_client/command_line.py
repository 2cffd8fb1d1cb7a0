"""The command line: any interface, from a file in JSON or YAML, with the answer printed as it came.

What the hub said decides the status. An id is kept from before its message is sent until the answer was shown.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click
import yaml
from click.exceptions import Exit

from switching_hub_client.connection import Connection
from switching_hub_client.faults import Refused
from switching_hub_client.hub import Hub, OutcomeOpen
from switching_hub_client.message_ids import KeptMessageId, OwnMessageId, UnusableKeptId, digest_of
from switching_hub_client.operations import NotSent
from switching_hub_client.showing import answer_text, refusal_text, show
from switching_hub_client.usage import Command, usage_words

ANSWERED, REFUSED, WRONG_USE, OPEN = 0, 1, 2, 3
"""How the command ends: answered, refused for good, used wrongly with nothing sent, or with the outcome open (run it
again)."""
_Decorated = TypeVar("_Decorated", bound=Callable[..., object])


@dataclass(frozen=True)
class _Sending:
    """What the arguments name."""

    number: str
    file: Path
    as_json: bool
    connection: Connection
    patience: float


def main(arguments: Sequence[str], *, standard_output: TextIO, standard_error: TextIO) -> int:
    """Send what the arguments name, and tell how it ended.

    :raises SystemExit: where the arguments cannot be read, or ask for the help alone.
    """
    try:
        with _read_arguments.make_context(
            "python -m switching_hub_client", list(arguments), help_option_names=["-h", "--help"]
        ) as context:
            sending: _Sending = _read_arguments.invoke(context)
    except Exit as ended:
        raise SystemExit(ended.exit_code) from None
    except click.UsageError as wrong:
        show(usage_words(wrong), standard_error)
        raise SystemExit(WRONG_USE) from None
    try:
        return _send(sending, standard_output, standard_error)
    except KeyboardInterrupt:
        show("中断しました。結果は分かりません。同じファイルで、もう一度実行してください。\n", standard_error)
        return OPEN


def _send(sending: _Sending, output: TextIO, errors: TextIO) -> int:
    try:
        values = _read(sending.file)
        own = values.pop("messageId", None)
        ids = OwnMessageId(str(own)) if own else _kept_id(sending, values)
    except UnusableKeptId as problem:
        return _wrong(str(problem), errors)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as problem:
        return _wrong(f"{sending.file}: {str(problem) or type(problem).__name__}", errors)
    hub = Hub(sending.connection, patience=sending.patience)
    try:
        answer = hub.send(sending.number, values, message_id=ids.message_id, tried=ids.tried)
    except Refused as refusal:
        shown = show(refusal_text(refusal), errors)
        return _ended(REFUSED, ids, shown=shown, errors=errors)
    except OutcomeOpen as outcome:
        show(f"結果はまだ分かりません。同じファイルで、もう一度実行してください。{outcome}\n", errors)
        return OPEN
    except NotSent as problem:
        ids.not_sent()
        return _wrong(str(problem), errors)
    shown = show(lambda to: answer_text(answer, to, as_json=sending.as_json), output)
    return _ended(ANSWERED, ids, shown=shown, errors=errors)


def _kept_id(sending: _Sending, values: Mapping[str, Any]) -> KeptMessageId:
    return KeptMessageId(sending.file, content=digest_of(sending.number, values))


def _wrong(words: str, to: TextIO) -> int:
    show(f"{words}\n何も送っていません。\n", to)
    return WRONG_USE


def _ended(status: int, ids: OwnMessageId | KeptMessageId, *, shown: bool, errors: TextIO) -> int:
    """Put the message id's note away; nothing that happens here can change what the hub said."""
    try:
        ids.ended(shown=shown)
    except OSError as problem:
        show(f"メッセージIDの控えを片付けられません（{problem}）。次の電文を送る前に消してください。\n", errors)
    if not shown:
        outcome = "受け付けられました" if status == ANSWERED else "受け付けられませんでした"
        show(f"{outcome}が、応答を表示しきれませんでした。{ids.repeat}\n", errors)
    return status


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if math.isnan(seconds) or seconds < 0:
        raise click.BadParameter(f"0以上の秒数を指定してください: {text}")
    return seconds


def _option_or_variable(name: str, words: str) -> Callable[[_Decorated], _Decorated]:
    variable = f"SWITCHING_HUB_{name.upper()}"
    return click.option(
        f"--{name}", envvar=variable, required=True, metavar=name.upper(), help=f"{words}。環境変数 {variable}"
    )


@click.command(cls=Command, help="スイッチング支援システムへ電文を1つ送り、応答を表示します。")
@click.argument("number", metavar="IF番号", help="区分の文字を付けます (12110、K12110、F12110)")
@click.argument("file", metavar="ファイル", help="項目を書いた JSON か YAML のファイル。messageId は省けます")
@click.option("--json", "as_json", is_flag=True, help="応答を JSON で表示する (ふだんは YAML)")
@click.option("--patience", type=_seconds, default=60.0, metavar="秒", help="結果が分かるまで送り直す秒数 (既定 60)")
@_option_or_variable("url", "接続先。https://ホスト:ポート")
@_option_or_variable("certificate", "自社のクライアント証明書と鍵 (PEM)")
@_option_or_variable("authority", "接続先の認証局の証明書 (PEM)")
def _read_arguments(
    number: str, file: str, as_json: bool, patience: float, url: str, certificate: str, authority: str
) -> _Sending:
    connection = Connection(url=url.rstrip("/"), certificate=Path(certificate), authority=Path(authority))
    return _Sending(number, Path(file), as_json, connection, patience)


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
