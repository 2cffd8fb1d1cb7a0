"""Which characters the hub takes (文字コード表, ours): JIS X 0208 with the NEC and IBM extensions."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

CharacterRule = Callable[[str], bool]

_ONE_FORM = str.maketrans("〜−—‖¢£¬", "～－―∥￠￡￢")
"""Characters of JIS X 0208 that are written by two code points; right the one that CP932 has."""


def in_one_form(text: str) -> str:
    """Write each character of JIS X 0208 as CP932 does, so that the same text is always the same code points."""
    return text.translate(_ONE_FORM)


def other_forms() -> tuple[tuple[str, str], ...]:
    """List the characters that are taken in another form, each with the form it is written in."""
    return tuple((chr(other_form), chr(form)) for other_form, form in _ONE_FORM.items())


def is_identifier(character: str) -> bool:
    """Tell whether it is a half-width letter, a digit or the hyphen."""
    return character.isascii() and (character.isalnum() or character == "-")


@lru_cache(maxsize=16_384)
def is_hub_text(character: str) -> bool:
    """Tell whether names, addresses and free text may hold it.

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
    """Tell whether a name in kana may hold it: full-width katakana, letters and digits, and marks among them."""
    return (
        "ァ" <= character <= "ヶ"
        or "Ａ" <= character <= "Ｚ"
        or "ａ" <= character <= "ｚ"
        or "０" <= character <= "９"
        or character in _KANA_MARKS
    )
