"""The mails that a person gets of their own registration."""

from schemas.codes import Code


class UserMailKind(Code):
    """What a person is told."""

    REGISTERED = "registered", "ユーザ登録"
    CHANGED = "changed", "ユーザ修正"
    REISSUED = "reissued", "パスワード再発行"

    @property
    def has_password(self) -> bool:
        """True where a new password goes out with it."""
        return self is not UserMailKind.CHANGED
