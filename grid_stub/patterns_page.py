"""The page 送配電スタブの試験パターン, written from the table the stub acts by."""

from collections.abc import Iterator

from grid_stub.patterns import PATTERNS
from grid_stub.services import SERVICES
from schemas.codes import Segment
from schemas.contract import Interface

_INTRODUCTION = """# 送配電スタブの試験パターン

送配電スタブは、一般送配電事業者10社のシステムの代わりに応答する。応答は、要求の「決め手となる項目」の値だけで決まり、
何度送っても同じになる。どのパターンでも、入力チェックを先にすべて行う。下の表にない値は通常どおりに扱い、
開始申請と廃止申請は受付からマッチング成立を経て完了まで、そのほかの申請は受付から完了まで進む。

このページは `grid_stub/patterns.py` の表から作る（`make docs`）。

- 地点特定番号は、供給地点特定番号（低圧FIT電源では受電地点特定番号）をいう。先頭2桁のエリアは変えず、
  末尾の4桁を使う。
- 拒否は、メッセージコードHUB-B003と規則の名前で小売電気事業者に伝わる。
- 不備は、申請状態「不備」と規則の名前で伝わる。
- 異動日は、再点日・廃止日・変更日を含む。
"""


def patterns_page() -> str:
    """Write the page in Markdown: a table for each interface that the stub serves."""
    return "\n".join([_INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    for interface, segments in _served():
        numbers = "・".join(interface.number_in(segment) for segment in segments)
        yield f"## {numbers} {interface.label}\n"
        yield f"対象: {'、'.join(segment.label for segment in segments)}\n"
        yield "| 決め手となる項目 | 値 | 応答 | 規則 | 内容 |\n|---|---|---|---|---|"
        for pattern in PATTERNS:
            if interface.number in pattern.numbers:
                rule = f"`{pattern.rule}`" if pattern.rule else "－"
                yield f"| {pattern.key} | {pattern.value} | {pattern.outcome.label} | {rule} | {pattern.answer} |"
        yield ""


def _served() -> list[tuple[Interface, list[Segment]]]:
    segments_by_interface: dict[Interface, list[Segment]] = {}
    for service in SERVICES:
        for interface in service.interfaces:
            segments_by_interface.setdefault(interface, []).append(service.segment)
    return sorted(segments_by_interface.items(), key=lambda served: served[0].number)
