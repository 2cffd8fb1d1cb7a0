"""Why a password was not taken, saying no more than it must."""

from models.users.operations import FAILURES_BEFORE_LOCK, LoginResult
from schemas.codes import LoginOutcome


def refusal_words(result: LoginResult, wrong: str) -> str:
    """Say it: wrong, or locked, and until when."""
    if result.locked_until is None:
        return wrong
    until = f"{result.locked_until:%H時%M分}まで、このユーザーIDではログインできません。"
    if result.outcome is LoginOutcome.LOCKED:
        return f"ロック中です。{until}"
    return f"{wrong}{FAILURES_BEFORE_LOCK}回続けて失敗したためロックしました。{until}"
