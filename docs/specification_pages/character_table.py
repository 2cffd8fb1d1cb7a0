"""文字コード表: every character that names, addresses and free text may hold, by its place in Shift_JIS (CP932)."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from docs.specification_pages.site import Page
from schemas import characters

_WIDTH = 16


@dataclass(frozen=True)
class Line:
    """Sixteen neighbouring codes."""

    code: str
    """The first of them, in hexadecimal: ``889F`` stands in the line ``8890``."""
    cells: tuple[str, ...]
    """The characters, empty where there is none."""


@dataclass(frozen=True)
class Section:
    """Characters that belong together."""

    place: str
    title: str
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many characters it has."""
        return sum(cell != "" for line in self.lines for cell in line.cells)


_SECTIONS = (
    ("half", "半角（ASCII）", 0x20, 0xFF),
    ("marks", "記号・英数字・かな・ギリシア文字・キリル文字・罫線（JIS X 0208 1区から8区）", 0x8140, 0x84FF),
    ("nec", "NEC特殊文字（13区）", 0x8740, 0x879F),
    ("level1", "第1水準漢字（JIS X 0208 16区から47区）", 0x889F, 0x9872),
    ("level2", "第2水準漢字（JIS X 0208 48区から84区）", 0x989F, 0xEAFF),
    ("ibm", "IBM拡張文字（NEC選定、89区から92区）", 0xED40, 0xEEFF),
)
"""Place on the page, title, and the first and last code."""


@cache
def allowed() -> dict[int, str]:
    """Give every character of free text by its code in CP932."""
    letters = (chr(number) for number in range(sys.maxunicode + 1) if characters.is_hub_text(chr(number)))
    return {int.from_bytes(letter.encode("cp932")): letter for letter in letters}


def sections() -> tuple[Section, ...]:
    """Put the characters into lines of sixteen codes, kind by kind."""
    by_code = allowed()
    rows = []
    for place, title, first, last in _SECTIONS:
        starts = sorted({code - code % _WIDTH for code in by_code if first <= code <= last})
        rows.append(Section(place, title, tuple(_line(start, by_code, first, last) for start in starts)))
    return tuple(rows)


def _line(start: int, by_code: dict[int, str], first: int, last: int) -> Line:
    cells = (by_code.get(code, "") if first <= code <= last else "" for code in range(start, start + _WIDTH))
    return Line(f"{start:02X}", tuple(cells))


def _placed(character: str) -> str:
    return f"{character}（U+{ord(character):04X}）"


def pages() -> Iterator[Page]:
    rules = (
        ("氏名・住所などの文字", "この表のすべて", characters.is_hub_text),
        ("カナ", "全角カナ、全角英数字、全角空白、記号の一部", characters.is_kana),
        ("番号", "半角英数字とハイフン", characters.is_identifier),
    )
    by_code = allowed()
    yield Page(
        "characters.html",
        "文字コード表",
        "氏名・住所などに使える文字です。電文は UTF-8 または UTF-16、ファイルは UTF-8 で書きます。"
        "表の左端は Shift_JIS（CP932）の符号です。",
        "characters.html",
        {
            "sections": sections(),
            "forms": [(_placed(other), _placed(letter)) for other, letter in characters.other_forms()],
            "columns": [f"{number:X}" for number in range(_WIDTH)],
            "rules": [
                (label, words, [letter for _, letter in sorted(by_code.items()) if rule(letter)])
                for label, words, rule in rules
            ],
        },
    )
