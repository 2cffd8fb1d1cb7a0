"""The list of cases as the rows of a file, with codes and words."""

from collections.abc import Mapping
from datetime import date, datetime

from models.cases.screens import CaseLine, Company
from rules.spreadsheet import hyphened
from rules.wording import END_OF_DAY, plain_day, plain_second
from schemas.codes import ApplicationKind, ApplicationState, Code
from schemas.interfaces.common import GridFinding
from web.cases.defects import field_label
from web.cases.listed_case import ListedCase, UnshownCase
from web.shared.labels import POINT_NUMBERS, reason_label
from web.shared.marks import application_word

DUE_COLUMNS = (f"期限日（この日の{END_OF_DAY}まで）", "期限の規則コード", "期限の規則")
COLUMNS = (
    "行番号",
    "廃止取次番号",
    "区分コード",
    "区分",
    "エリア",
    POINT_NUMBERS,
    "立場コード",
    "立場",
    "新小売",
    "現小売",
    "案件状態コード",
    "案件状態",
    "要対応コード",
    "要対応",
    "版",
    "登録日時",
    "更新日時",
    "終了日時",
    "異動希望日",
    "異動日",
    *DUE_COLUMNS,
    "取次判断コード",
    "取次判断",
    "判断日時",
    "NG理由",
    "NG理由（詳細）",
    "終了の理由",
    "開始申請番号",
    "開始申請状態コード",
    "開始申請状態",
    "開始申請の不備の規則",
    "開始申請の不備の内容",
    "廃止申請番号",
    "廃止申請状態コード",
    "廃止申請状態",
    "廃止申請の不備の規則",
    "廃止申請の不備の内容",
    "単独申請の種別コード",
    "単独申請の種別",
    "単独申請の状態コード",
    "単独申請の状態",
    "単独申請の不備の規則",
    "単独申請の不備の内容",
)


def row_of(
    number: int, case: ListedCase, *, rejection_text: str | None, findings: Mapping[str, tuple[GridFinding, ...]]
) -> list[object]:
    """Write one case as cells, in the order of the columns."""
    line = case.line
    return [
        number,
        line.case_number,
        line.segment.value,
        line.segment.label,
        _numbered(line.area),
        hyphened(line.point_number),
        line.side.value,
        line.side.label,
        _company(line.new_retailer),
        _company(line.current_retailer),
        line.phase.value,
        line.phase.label,
        *_code(line.duty),
        line.version,
        _moment(line.registered_at),
        _moment(line.changed_at),
        _moment(line.ended_at),
        _day(line.wished_date),
        _day(line.effective_date),
        *_due(case),
        *_code(line.decision),
        _moment(line.decided_at),
        "、".join(f"{reason.value} {reason_label(reason, line.segment)}" for reason in line.rejection_reasons),
        rejection_text or "",
        line.end_cause or "",
        *_application(line, ApplicationKind.START, findings),
        *_end(line, findings),
        *_lone(line, findings),
    ]


def row_without_values(number: int, unshown: UnshownCase) -> list[object]:
    """Write a case that cannot be shown as cells: its number, and in the place of its state that it cannot."""
    cells = {"行番号": number, "廃止取次番号": unshown.case_number, "案件状態": unshown.words}
    return [cells.get(column, "") for column in COLUMNS]


def _numbered(code: Code) -> str:
    return f"{code.value} {code.label}"


def _company(company: Company | None) -> str:
    return "" if company is None else f"{company.code} {company.name}"


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else plain_second(moment)


def _day(day: date | None) -> str:
    return "" if day is None else plain_day(day)


def _code(code: Code | None) -> tuple[str, str]:
    return ("", "") if code is None else (code.value, code.label)


def _due(case: ListedCase) -> tuple[str, str, str]:
    """Say it as the lists do; where they say nothing, empty."""
    if case.left is None:
        return "", "", ""
    return case.left.last_day.isoformat(), case.line.due_rule, case.rule


def _application(
    line: CaseLine, kind: ApplicationKind, findings: Mapping[str, tuple[GridFinding, ...]]
) -> tuple[str, ...]:
    start = kind is ApplicationKind.START
    number, state = (line.start_number, line.start_state) if start else (line.end_number, line.end_state)
    rules = line.start_defects if start else line.end_defects
    return (number or "", *_stands(line, kind, number, state, rules, findings))


def _stands(
    line: CaseLine,
    kind: ApplicationKind,
    number: str | None,
    state: ApplicationState | None,
    rules: tuple[str, ...],
    findings: Mapping[str, tuple[GridFinding, ...]],
) -> tuple[str, str, str, str]:
    words = findings.get(number or "", ()) if state is ApplicationState.DEFECTIVE else ()
    return (
        "" if state is None else state.value,
        "" if state is None else application_word(state, phase=line.phase),
        " ".join(rules),
        " / ".join(f"{field_label(kind, finding.field, line.segment)} {finding.message}" for finding in words),
    )


def _end(line: CaseLine, findings: Mapping[str, tuple[GridFinding, ...]]) -> tuple[str, ...]:
    if line.application_kind is not None:
        return ("",) * 5
    if line.end_state is None:  # 新小売 sees only whether it is in
        return "", "", "受付済み" if line.end_is_in else "未受付", "", ""
    return _application(line, ApplicationKind.END, findings)


def _lone(line: CaseLine, findings: Mapping[str, tuple[GridFinding, ...]]) -> tuple[str, ...]:
    kind = line.application_kind
    if kind is None:
        return ("",) * 6
    stands = _stands(line, kind, line.case_number, line.application_state, line.application_defects, findings)
    return (*_code(kind), *stands)
