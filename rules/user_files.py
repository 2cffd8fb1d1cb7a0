"""A file of people to be registered at once (ユーザ一括登録): every row is checked before anything is done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.bulk import faults
from rules.bulk.encodings import text_of
from rules.bulk.problems import FileFault, Problem
from rules.bulk.reading import with_lines
from rules.spreadsheet import as_meant, is_formula
from rules.user_entries import FIELDS, OPTIONAL, RoleChoice, UnsoundEntry, UserEntry, read_entry

MOST_PEOPLE = 1_000
"""Of one file; a company has no more."""
LARGEST_FILE = 512 * 1024


@dataclass(frozen=True)
class PersonRow:
    """A row, and what is wrong with it: then it is none that can be registered."""

    line: int
    texts: Mapping[str, str]
    entry: UserEntry | None
    faults: Mapping[str, str]
    """By the column's name, a sentence."""


def read_people(
    data: bytes, *, company: str, choices: Collection[RoleChoice], today: date, taken: Collection[str] = ()
) -> list[PersonRow]:
    """Read a file.

    :param taken: the user ids that there are, of removed people too.
    :raises FileFault: where nothing of it can be used.
    """
    if not data.strip():
        raise FileFault(Problem.of(faults.EMPTY.finding()))
    lines = list(with_lines(text_of(data, headers=list(FIELDS.values()))))
    header, rows = _columns(lines[0][1]), lines[1:]
    if not rows:
        raise FileFault(Problem.of(faults.NO_ROWS.finding()))
    if len(rows) > MOST_PEOPLE:
        raise FileFault(Problem.of(faults.TOO_MANY_ROWS.finding(most=f"{MOST_PEOPLE:,}")))
    seen: dict[str, int] = dict.fromkeys(taken, 0)
    return [_row(line, cells, header, company, choices, today, seen) for line, cells in rows]


def _row(
    line: int,
    cells: Sequence[str],
    header: Sequence[str],
    company: str,
    choices: Collection[RoleChoice],
    today: date,
    seen: dict[str, int],
) -> PersonRow:
    texts = {name: as_meant(cell.strip()) for name, cell in zip(header, cells, strict=False)}
    wrong = {name: f"{FIELDS[name]}が計算式の形です。" for name, text in texts.items() if is_formula(text)}
    if len(cells) != len(header):
        wrong[header[0]] = f"列が{len(cells)}個あります。見出しと同じ{len(header)}個にしてください。"
    entry = None
    try:
        entry = read_entry(texts, company=company, choices=choices, today=today)
    except UnsoundEntry as unsound:
        wrong = {**unsound.faults, **wrong}
    if entry is not None:
        other = seen.setdefault(entry.user_id, line)
        if other == 0:
            wrong["user_id"] = "このユーザーIDは、すでに使われています（削除した利用者のIDも使えません）。"
        elif other != line:
            wrong["user_id"] = f"ユーザーIDが{other}行目と同じです。"
    return PersonRow(line, texts, None if wrong else entry, wrong)


def _columns(cells: Sequence[str]) -> list[str]:
    """Name the columns.

    :raises FileFault: where one is missing, unknown, or there twice.
    """
    by_label, found = {label: name for name, label in FIELDS.items()}, [cell.strip() for cell in cells]
    problems = [
        Problem.of(faults.UNKNOWN_COLUMN.finding(header=cell, kind="ユーザ一括登録", segment="共通"))
        for cell in found
        if cell not in by_label
    ]
    problems += [
        Problem.of(faults.MISSING_COLUMN.finding(path=name, label=label))
        for label, name in by_label.items()
        if name not in OPTIONAL and label not in found
    ]
    doubled = sorted({cell for cell in found if found.count(cell) > 1})
    problems += [
        Problem(
            message=f"列「{cell}」が2つあります。", action="正しいほうだけを残してください。", code="", rule="doubled"
        )
        for cell in doubled
    ]
    if problems:
        raise FileFault(*problems)
    return [by_label[cell] for cell in found]
