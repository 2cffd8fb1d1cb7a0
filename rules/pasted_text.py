"""Values as people type and paste them: numbers full-width, with hyphens and blanks of any kind; moments without zone.

On screens and in files, never what comes by SOAP.
"""

import re
import unicodedata

from schemas.checks import fits
from schemas.fields import Field, Form

_BETWEEN = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"})
"""Unicode's classes of dashes, blanks, line ends, and of what nobody sees: byte order marks, zero-width blanks."""
_NO_NUMBER = ("P", "S", "Z", "C", "M")
"""Unicode's classes of what is neither letter nor digit."""
_LIKE_DASHES = frozenset("ーｰ−⁻₋⁃─━╌│_＿")
"""What people and programs put in a dash's place, and what Unicode counts to letters, signs and lines."""

_IN_JAPAN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}")
"""A moment as people write it."""


def as_pasted(text: str) -> str:
    """Read letters and digits, whatever form they have and whatever stands between them."""
    return unicodedata.normalize("NFKC", "".join(each for each in text if not _stands_between(each)))


def as_number(text: str | None) -> str | None:
    """Read a number, in which letters are large; None where nothing is typed, and what is no number as it is."""
    return (as_pasted(text).upper() or text) if text else None


def as_sought(text: str | None) -> str | None:
    """Read a number of ours that is looked for, whatever stands between its letters and digits: nothing else does.

    Where a value is typed, a point in it may be one (:func:`as_number`).
    """
    if not text:
        return None
    letters_and_digits = (each for each in as_pasted(text) if not unicodedata.category(each).startswith(_NO_NUMBER))
    return "".join(letters_and_digits).upper() or text


def as_message_id(text: str) -> str:
    """Read a message id, in which a hyphen counts: whatever stands for one becomes one, and what nobody sees goes."""
    read = "".join(
        "-" if _is_like_a_dash(each) else each for each in text if _is_like_a_dash(each) or not _stands_between(each)
    )
    return unicodedata.normalize("NFKC", read)


def straightened(field: Field, text: str) -> str:
    """Read what is pasted full-width or with hyphens, where the field takes it no other way."""
    if field.secret:
        return text
    text = text.strip()
    if field.form is Form.MOMENT and _IN_JAPAN.fullmatch(text):
        return f"{text[:10]}T{text[11:]}:00+09:00"
    if field.japanese or fits(field, text):
        return text
    forms = (_half_width(text), as_number(text) or "")
    return next((form for form in forms if fits(field, form)), text)


def _half_width(text: str) -> str:
    """Keep what stands between as hyphens: of a contract's number they are a part."""
    return unicodedata.normalize("NFKC", "".join("-" if _is_like_a_dash(each) else each for each in text))


def _is_like_a_dash(character: str) -> bool:
    return character in _LIKE_DASHES or unicodedata.category(character) == "Pd"


def _stands_between(character: str) -> bool:
    is_variation = "\ufe00" <= character <= "\ufe0f"
    return character in _LIKE_DASHES or is_variation or unicodedata.category(character) in _BETWEEN
