"""``python -m docs.write_access``: write the page 権限 anew from the one table of rights."""

import sys
from collections.abc import Iterator
from pathlib import Path

from rules.access.function_groups import IN_ANY_GROUP, USE_CASES_OF, Access
from rules.access.rights import RIGHTS, Denial
from rules.access.standing import USUAL, Capacity
from rules.access.use_cases import UseCase
from schemas.codes import Segment, UserRole

PAGE = Path(__file__).with_name("access.md")

_HEAD = """# 権限

<!-- make docs が権限の表（rules/access）から書きます -->

だれが何をできるかは、1つの表（`rules/access/rights.py`）にあります。画面の導線、各画面の入口、SOAP、保守コマンドは、
すべてこの表に尋ねます。表にないことは、だれにもできません。
"""
_HOW = """
## 小売電気事業者の利用者

利用者の権限は、機能のまとまり、区分（低圧託送・高圧500kW未満・低圧FIT電源）、参照か実行か、の3つで決まります。
「実行」は「参照」を含みます。受信箱を見る権限と、判断する権限は別です。権限は「役割」として名前を付けて定め、利用者に割り当てます。
"""
_USUAL = """
どの事業者にもある役割は次のとおりです。ほかの役割は、各社の管理者が定めます。
"""
_SEEN = """
申込内容は、現小売としての案件は「受信箱(現小売)」の権限がある区分、ほかの案件は「廃止取次(新小売)」か「申請」の権限がある
区分のものだけが見えます。見えない案件は、存在しない案件と同じ答えになります。
"""


def access_page() -> str:
    """Give the page."""
    return "\n".join((_HEAD, *_table(), _HOW, *_groups(), _USUAL, *_usual(), _SEEN, *_denials())) + "\n"


def _table() -> Iterator[str]:
    yield from _header("できること", *(capacity.label for capacity in Capacity), "区分")
    for use_case, right in RIGHTS.items():
        marks = ["○" if capacity in right.whose else "－" for capacity in Capacity]
        yield _row(use_case.label, *marks, _segments(right.segments))


def _segments(segments: frozenset[Segment | None]) -> str:
    if segments >= frozenset(Segment):
        return "すべて"
    return "、".join(segment.label for segment in Segment if segment in segments) or "共通"


def _groups() -> Iterator[str]:
    yield from _header("まとまり", *(f"{access.label}でできること" for access in Access))
    for group, use_cases in USE_CASES_OF.items():
        reading = {use_case for use_case in use_cases if Capacity.READING in RIGHTS[use_case].whose}
        yield _row(group.label, _names(reading), _names(use_cases - reading))
    yield _row("どのまとまりでも", _names(IN_ANY_GROUP), "－")


def _usual() -> Iterator[str]:
    words = {
        UserRole.RETAILER_STAFF: "すべてのまとまりと区分の参照",
        UserRole.RETAILER_DECIDER: "すべてのまとまりと区分の実行",
        UserRole.RETAILER_ADMINISTRATOR: "すべてのまとまりと区分の参照と、利用者の管理",
    }
    yield from _header("役割", "権限")
    for role in USUAL:
        yield _row(role.label, words[role])


def _denials() -> Iterator[str]:
    yield "できないときの答えは次のいずれかです。"
    yield ""
    yield from (f"- {denial.value}" for denial in Denial)


def _names(use_cases: frozenset[UseCase] | set[UseCase]) -> str:
    ordered = [use_case.label for use_case in UseCase if use_case in use_cases]
    return "、".join(ordered) or "－"


def _header(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield _row(*("---" for _ in cells))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(access_page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: written\n")
