"""Which characters the hub takes (文字コード表, ours): JIS X 0208 with the NEC and IBM extensions."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

CharacterRule = Callable[[str], bool]


def is_identifier(character: str) -> bool:
    """True for half-width letters, digits and the hyphen."""
    return character.isascii() and (character.isalnum() or character == "-")


@lru_cache(maxsize=16_384)
def is_hub_text(character: str) -> bool:
    """True for what names, addresses and free text may hold.

    Everything CP932 has (so 髙 﨑 ① ㈱ are in), except half-width kana and control characters. Characters
    that CP932 only likens to another (¥ to \\) are out: they would come back changed.
    """
    if unicodedata.category(character).startswith("C") or "｡" <= character <= "ﾟ":
        return False
    try:
        return character.encode("cp932").decode("cp932") == character
    except UnicodeEncodeError:
        return False


_KANA_MARKS = frozenset("ーヽヾ・　（）－．，’＆／")


def is_kana(character: str) -> bool:
    """True for what a name in kana may hold: full-width katakana, letters and digits, and marks among them."""
    return (
        "ァ" <= character <= "ヶ"
        or "Ａ" <= character <= "Ｚ"
        or "ａ" <= character <= "ｚ"
        or "０" <= character <= "９"
        or character in _KANA_MARKS
    )
