"""The columns of the list of cases: which there are, which somebody has chosen, and what of the CSV each stands for."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from models.cases.screens import CaseSort
from web.cases import csv_file
from web.shared.labels import POINT_NUMBERS


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """One column of the list beside the number, which always stands there."""

    name: str
    """In the address, and of the macro that writes its cells."""
    label: str
    in_csv: tuple[str, ...]
    sort: CaseSort | None = None
    for_operator: bool | None = None
    """Whether it is the hub operator's or the retailers' alone; None for all."""
    usual: bool = True
    """Whether it is shown to who has chosen nothing."""
    usual_for_operator: bool | None = None
    """The same for the hub operator, where it differs."""

    def is_for(self, *, operator: bool) -> bool:
        return self.for_operator in (None, operator)

    def is_usual(self, *, operator: bool) -> bool:
        usual = self.usual if self.usual_for_operator is None or not operator else self.usual_for_operator
        return usual and self.is_for(operator=operator)


COLUMNS = (
    ListColumn(name="point", label="地点特定番号", in_csv=(POINT_NUMBERS,), usual_for_operator=False),
    ListColumn(name="segment", label="区分・エリア", in_csv=("区分コード", "区分", "エリア")),
    ListColumn(name="kind", label="種別", in_csv=("単独申請の種別コード", "単独申請の種別"), usual=False),
    ListColumn(
        name="state",
        label="状態",
        in_csv=("案件状態コード", "案件状態", "単独申請の状態コード", "単独申請の状態"),
    ),
    ListColumn(
        name="detail",
        label="申請・NG理由",
        in_csv=(
            *("取次判断コード", "取次判断", "判断日時", "NG理由", "NG理由（詳細）"),
            *(column for column in csv_file.COLUMNS if column.startswith(("開始申請", "廃止申請", "単独申請の不備"))),
        ),
        usual_for_operator=False,
    ),
    ListColumn(name="duty", label="要対応", in_csv=("要対応コード", "要対応")),
    ListColumn(name="due", label="期限", in_csv=csv_file.DUE_COLUMNS, sort=CaseSort.DUE),
    ListColumn(
        name="effective",
        label="異動日",
        in_csv=("異動希望日", "異動日"),
        sort=CaseSort.EFFECTIVE,
        usual_for_operator=False,
    ),
    ListColumn(
        name="registered",
        label="登録日時",
        in_csv=("登録日時",),
        sort=CaseSort.REGISTERED,
        usual=False,
        usual_for_operator=True,
    ),
    ListColumn(name="changed", label="更新日時", in_csv=("更新日時",), sort=CaseSort.CHANGED, usual=False),
    ListColumn(name="ended", label="終了日時・理由", in_csv=("終了日時", "終了の理由"), usual=False),
    ListColumn(name="side", label="立場", in_csv=("立場コード", "立場"), for_operator=False, usual=False),
    ListColumn(name="new", label="新小売", in_csv=("新小売",), usual=False, usual_for_operator=True),
    ListColumn(name="current", label="現小売", in_csv=("現小売",), usual=False, usual_for_operator=True),
    ListColumn(name="version", label="版", in_csv=("版",), usual=False),
)
ALWAYS_IN_CSV = frozenset(
    {
        *("行番号", "廃止取次番号", "NG理由", "NG理由（詳細）", "終了の理由"),
        *("開始申請の不備の内容", "廃止申請の不備の内容", "単独申請の不備の内容"),
    }
)
"""What whoever works with the file cannot do without, whatever columns the screen shows."""


def columns_for(*, operator: bool) -> tuple[ListColumn, ...]:
    """List the columns that a person can choose."""
    return tuple(column for column in COLUMNS if column.is_for(operator=operator))


def chosen_columns(arguments: MultiDict[str, str], *, operator: bool) -> tuple[ListColumn, ...]:
    """Read from an address which columns are wanted; the usual ones where it names none that there is."""
    wanted = set(arguments.getlist("column"))
    columns = columns_for(operator=operator)
    chosen = tuple(column for column in columns if column.name in wanted)
    return chosen or tuple(column for column in columns if column.is_usual(operator=operator))


def csv_columns(arguments: MultiDict[str, str], *, operator: bool) -> tuple[str, ...]:
    """Read which columns a file is to have, in its usual order; all where the address names none."""
    if not arguments.getlist("column"):
        return csv_file.COLUMNS
    chosen = {name for column in chosen_columns(arguments, operator=operator) for name in column.in_csv}
    return tuple(name for name in csv_file.COLUMNS if name in chosen | ALWAYS_IN_CSV)
