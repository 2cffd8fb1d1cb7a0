"""Which passwords are taken: long ones that nobody guesses. What kinds of characters are in them does not matter."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

SHORTEST, LONGEST = 12, 128
_SURE = 3
"""Of zxcvbn's scores from 0 to 4: not guessed with ten billion tries."""
_LOOKED_AT = 72
"""Characters that are looked at: what begins so well needs no more, and looking takes time."""


def password_fault(password: str, *, about: Sequence[str]) -> str | None:
    """Say why a password is not taken; None where it is.

    :param about: what others know of the person and would try: id, name, company.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return f"パスワードは{SHORTEST}文字以上{LONGEST}文字以内にしてください。長い文も使えます。"
    known = [word for word in about if len(word) > 2]
    if any(word.lower() in password.lower() for word in known):
        return "ユーザーID、氏名、会社名を含むパスワードは使えません。"
    if zxcvbn(password[:_LOOKED_AT], user_inputs=known)["score"] < _SURE:
        return "推測されやすいパスワードです（よく使われる語、並び、繰り返しなど）。ほかのパスワードにしてください。"
    return None
