"""``python -m docs.write_settings``: write the page 設定 anew from the settings of all processes."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic.fields import FieldInfo

from deploy.stack.environment import SOAP_WORKERS
from deploy.stack.ports import Ports, names, setting
from runtime.settings.processes import PROCESSES

PAGE = Path(__file__).with_name("settings.md")

_HEAD = """# 設定

<!-- make docs が各プロセスの設定から書きます -->

すべて環境変数です。手元では何も要りません。`make up` が決めた値を `var/environment` に残し、コマンドはそれを使います。
本番では、各プロセスに、そのプロセスが使うものだけを渡します。「必須」は、手元では自動で決まるものです。
足りないものと誤っているものは、起動のときにすべて示されます。
"""
_BY_LIBRARIES = {
    "`TEMPORAL_ADDRESS`、`TEMPORAL_NAMESPACE`、`TEMPORAL_PROFILE`、`TEMPORAL_TLS_*`": (
        "使う Temporal サーバー（自社クラスター、Temporal Cloud）。手元で宛先を指定すると自前では起動しない"
    ),
    "`DATABASE_OWNER_URL`": (
        "表の持ち主としてデータベースに入るアドレス。`.venv/bin/alembic` だけが使い（なければ `DATABASE_URL`）、"
        "各プロセスには渡さない。各プロセスの役割は `hub_product`（[operations.md](operations.md)）"
    ),
    "`OTEL_EXPORTER_OTLP_ENDPOINT` ほか `OTEL_*`": (
        "トレースの宛先。指定しなければトレースは作らない（[operations.md](operations.md)）"
    ),
}
_LOCAL = """
## 手元だけのもの

ポートが使用中なら、どの番号をどの変数で変えられるかを表示して、何も起動せずに終わります。

| 変数 | 既定 | 意味 |
|---|---|---|
| `HUB_FOLDER` | `var/` | データを置く場所 |
"""
_OF_PROCESS = {
    "deploy.front": "フロント",
    "soap_api.server": "SOAP",
    "web.server": "画面",
    "worker.py": "ワーカー",
    "sweeper": "スイーパー",
    "mail.sender": "メール送信",
    "grid_stub.server": "送配電スタブ",
    "upkeep": "保守コマンド",
}
_PORTS = {
    "postgres": "自前の PostgreSQL のポート",
    "temporal": "自前の Temporal のポート",
    "temporal_ui": "自前の Temporal UI のポート",
    "mail_page": "届いたメールを見るページのポート",
}
_CJK = r"[\u3000-\u9fff\uff00-\uffef]"


def settings_page() -> str:
    """Write the page: one table for what several processes use, one for each process."""
    users = _users()
    shared = [name for name, used_by in users.items() if len(used_by) > 1]
    tables = [_table("複数のプロセスが使うもの", shared, users)]
    for process, words in _OF_PROCESS.items():
        own = [name for name, used_by in users.items() if used_by == [process]]
        tables += [_table(f"{words}（`{process}`）", own)] if own else []
    return _HEAD + "".join(tables) + _library_table() + _LOCAL + "".join(_port_lines())


def _users() -> dict[str, list[str]]:
    users: dict[str, list[str]] = {}
    for process, settings in PROCESSES.items():
        for name in settings.model_fields:
            users.setdefault(name, []).append(process)
    return users


def _table(heading: str, settings: Iterable[str], users: dict[str, list[str]] | None = None) -> str:
    columns = (
        "| 変数 | 既定 | 意味 |\n|---|---|---|"
        if users is None
        else "| 変数 | 既定 | 意味 | 使うもの |\n|---|---|---|---|"
    )
    lines = [f"\n## {heading}\n", columns]
    for name in settings:
        kind = next(kind for kind in PROCESSES.values() if name in kind.model_fields)
        field = kind.model_fields[name]
        cells = [f"`{kind.variables()[name]}`", _default(field), _meaning(field)]
        cells += [] if users is None else ["、".join(_OF_PROCESS[process] for process in users[name])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _library_table() -> str:
    lines = [f"| {variables} | {words} |\n" for variables, words in _BY_LIBRARIES.items()]
    return "\n## ライブラリが読むもの\n\n| 変数 | 意味 |\n|---|---|\n" + "".join(lines)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "必須"
    plain = field.default.get_secret_value() if hasattr(field.default, "get_secret_value") else field.default
    return "（なし）" if plain in (None, "") else f"`{plain:g}`" if isinstance(plain, float) else f"`{plain}`"


def _meaning(field: FieldInfo) -> str:
    words = " ".join((field.description or "").split())
    return re.sub(rf"(?<={_CJK}) (?={_CJK})", "", words)


def _port_lines() -> Iterator[str]:
    usual = {setting(name): str(getattr(Ports(), name)) for name in names()}
    for name, words in _PORTS.items():
        yield f"| `{setting(name)}` | `{usual.pop(setting(name))}` | {words} |\n"
    rest = "、".join(f"`{variable}` {port}" for variable, port in usual.items())
    yield f"\n手元では、ほかのポートの既定は次のとおりです: {rest}。\n"
    further = "2つ目からの数値は `HUB_SOAP_METRICS_PORT` に続く番号にあります"
    yield f"SOAP のプロセスは手元では {SOAP_WORKERS} つで、{further}。\n"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: written\n")
