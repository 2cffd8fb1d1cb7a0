"""From the bytes of a file to its text: UTF-8, with or without its mark, or CP932 as spreadsheets write it."""

import codecs
from collections.abc import Collection

from rules.bulk import faults
from rules.bulk.problems import FileFault, Problem
from rules.spreadsheet import BOM

_UTF_8, _CP932 = "utf-8-sig", "cp932"
_TAKEN = {_UTF_8: "UTF-8", _CP932: "シフトJIS（CP932）"}
_NOT_TAKEN = {"euc_jp": "EUC-JP", "iso2022_jp": "JIS（ISO-2022-JP）"}
_WITH_MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the books of spreadsheets begin: a ZIP archive, and what they were before."""
_LONG = 65_536
"""Bytes of a first line that are looked at."""


def text_of(data: bytes, *, headers: Collection[str]) -> str:
    """Read a file's bytes as text.

    :param headers: the names of columns, by which an encoding is known.
    :raises FileFault: where they are no text, or in another encoding.
    """
    if data.startswith(_SPREADSHEETS):
        raise FileFault(Problem.of(faults.SPREADSHEET.finding()))
    for mark, name in _WITH_MARKS.items():
        if data.startswith(mark):
            raise FileFault(Problem.of(faults.ENCODING.finding(encoding=name)))
    if b"\0" in data:
        line = line_at(data, data.index(b"\0"))
        raise FileFault(Problem.of(faults.NUL.finding(line=line), line=line))
    encoding = _encoding_of(data, headers)
    if encoding in _NOT_TAKEN:
        raise FileFault(Problem.of(faults.ENCODING.finding(encoding=_NOT_TAKEN[encoding])))
    try:
        return data.decode(encoding).lstrip(BOM)  # files that were put together have their marks twice
    except UnicodeDecodeError as error:
        line = line_at(data, _place_in_file(error, data))
        finding = faults.UNREADABLE_CHARACTERS.finding(line=line, encoding=_TAKEN[encoding])
        raise FileFault(Problem.of(finding, line=line)) from None


def line_at(data: bytes, place: int) -> int:
    """Give the line that a byte stands in, whichever way lines end."""
    before = data[:place]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def _encoding_of(data: bytes, headers: Collection[str]) -> str:
    """Find the encoding in which the first line names columns, be it one that is taken or not."""
    if data.startswith(codecs.BOM_UTF8):
        return _UTF_8
    first_line = data[:_LONG].splitlines()[0]
    named = {
        encoding: sum(header in first_line.decode(encoding, "replace") for header in headers)
        for encoding in (*_TAKEN, *_NOT_TAKEN)
    }
    best = max(named, key=lambda encoding: named[encoding])
    return best if named[best] or _is_utf_8(data) else _CP932


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode(_UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def _place_in_file(error: UnicodeDecodeError, data: bytes) -> int:
    """Count the mark, which the codec takes away before it counts."""
    return error.start + len(data) - len(error.object)
