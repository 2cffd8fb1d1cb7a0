"""What a file says so that a spreadsheet leaves it as it is, and what one reads of it again.

A spreadsheet takes text for a number or a day where it can: 0012 becomes 12, 1E05 becomes 100000, MAR1 the 1st of
March, and a number of twelve digits is saved as 1.23457E+11. So what a company or a reason is numbered by has its word
in the same cell, and the number of a point its hyphens. Nobody can list what all spreadsheets read as numbers and days;
so a cell stands bare only where it is surely text, or in a form that the file itself writes, and all else gets an
apostrophe in front.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from schemas.codes import Code

BOM = "\ufeff"
_GETA = "〓"
"""Stands in CP932 for what it has no character for, as printers have it."""
_IN_CP932 = str.maketrans("〜−—‖", "～－―∥")
"""What CP932 has under another of Unicode's numbers."""
_APOSTROPHE = "'"
_FORMULA = ("=", "+", "-", "@")
_AS_TEXT = re.compile(r'="(?P<text>[^"]*)"')
"""How a formula says that a value is text: ="0012"."""

_WORD_OF_A_DAY = (
    "月(?!分)|[年日時分秒元円曜火水木金土午前後明治大正昭和平成令〇一二三四五六七八九十百千万億兆ー・]"  # 8月分 is none
)
_SURELY_TEXT = re.compile(
    rf".*(?!{_WORD_OF_A_DAY})[ぁ-ヿ々㐀-鿿豈-\ufaff].*"  # Japanese that belongs to no number, day or time
    r"|(?!(true|false)\s*$)[a-z]\D*",  # Latin letters without a digit
    re.IGNORECASE | re.DOTALL,
)
_MEANT_SO = re.compile(
    r"|[1-9]\d{0,10}|0|\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?|\d\d-\d{4}(-\d{4})*"
    r"|[A-Z]{2}\d\d[A-Z]\d{15,}|[a-z]+(_[a-z0-9]+)+|hub-[a-z]\d{3}"  # numbers of cases and applications, codes
    r"|HUB-[A-Z]\d{3}",
    re.ASCII,
)


class FileEncoding(Code):
    """In which encoding a file goes out."""

    UTF_8 = "utf-8", "UTF-8（BOM付き）"
    CP932 = "cp932", "シフトJIS（CP932）"

    @property
    def content_type(self) -> str:
        """Give what a browser is told; Windows-31J is the registered name of CP932."""
        return f"text/csv; charset={'Windows-31J' if self is FileEncoding.CP932 else 'utf-8'}"


def encoded(texts: Iterable[str], encoding: FileEncoding) -> Iterator[bytes]:
    """Write texts one after another as the bytes of one file; what the encoding has not becomes 〓."""
    if encoding is FileEncoding.UTF_8:
        yield BOM.encode()
    for text in texts:
        yield _cp932(text) if encoding is FileEncoding.CP932 else text.encode()


def _cp932(text: str) -> bytes:
    text = text.translate(_IN_CP932)
    try:
        return text.encode("cp932")
    except UnicodeEncodeError:
        return "".join(each if _is_in_cp932(each) else _GETA for each in text).encode("cp932")


def _is_in_cp932(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Write rows, each cell safe from being taken for what it is not."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(str(cell)) for cell in row])
    return out.getvalue()


def safe(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet might take for a formula, a number, a day or a truth value.

    Left alone is what it may take so: a number that stays the same, and a day or a moment as the file writes them.
    """
    plain = unicodedata.normalize("NFKC", cell.translate(_IN_CP932))
    begins_unseen = cell[:1].isspace() or not cell[:1].isprintable()
    is_text = not begins_unseen and not plain.startswith(_FORMULA) and _SURELY_TEXT.fullmatch(plain)
    return cell if is_text or _MEANT_SO.fullmatch(cell) else f"{_APOSTROPHE}{cell}"


def as_meant(cell: str) -> str:
    """Read what a cell holds: without the apostrophe, or the ="…", by which it is held to be text."""
    cell = cell.removeprefix(_APOSTROPHE)
    match = _AS_TEXT.fullmatch(cell)
    return cell if match is None else match["text"]


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would reckon with a cell."""
    return cell.startswith(_FORMULA)


def hyphened(point_number: str) -> str:
    """Write a point number as people read it: 03-1000-0000-0000-0000-0001."""
    return "-".join([point_number[:2], *(point_number[at : at + 4] for at in range(2, len(point_number), 4))])
