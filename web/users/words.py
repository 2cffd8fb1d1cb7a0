"""What is done to a person by one button, in words: the question, what follows, and what was done."""

from dataclasses import dataclass

from models.users.people import UserLine, UserState
from schemas.codes import UserRole
from web.shared.marks import Mark, Shape


@dataclass(frozen=True)
class Act:
    """One thing that is asked before it is done."""

    name: str
    """As it stands in the address."""
    label: str
    question: str
    follows: str
    done: str
    dangerous: bool = False


ACTS = {
    act.name: act
    for act in (
        Act(
            "unlock",
            "ロックを解除する",
            "{who}のロックを解除しますか",
            "すぐにログインできるようになります。パスワードは変わりません。",
            "ロックを解除しました。",
        ),
        Act(
            "reissue",
            "パスワードを再発行する",
            "{who}のパスワードを再発行しますか",
            "これまでのパスワードは使えなくなり、ログイン中であれば終了します。"
            "新しいパスワードは、本人のメールアドレスに送ります。",
            "パスワードを再発行します。新しいパスワードは、本人のメールアドレスに届きます。",
        ),
        Act(
            "disable",
            "無効にする",
            "{who}を無効にしますか",
            "ログインできなくなり、ログイン中であれば終了します。登録内容は残り、いつでも有効に戻せます。",
            "無効にしました。",
            dangerous=True,
        ),
        Act(
            "enable",
            "有効にする",
            "{who}を有効にしますか",
            "これまでのパスワードと役割で、ログインできるようになります。",
            "有効にしました。",
        ),
        Act(
            "remove",
            "削除する",
            "{who}を削除しますか",
            "ログインできなくなり、一覧から消えます。元に戻せません。同じユーザーIDは、二度と登録できません。",
            "削除しました。",
            dangerous=True,
        ),
    )
}

STATE_MARKS = {
    UserState.ENABLED: Mark(Shape.DONE, "well"),
    UserState.LOCKED: Mark(Shape.ALARM, "warn"),
    UserState.DISABLED: Mark(Shape.STOPPED, "quiet"),
}


def acts_on(user: UserLine) -> list[Act]:
    """List what an administrator may do to somebody as they stand; nothing to the administrator's own id."""
    if user.role is UserRole.RETAILER_ADMINISTRATOR:
        return []
    names = ["reissue", "disable" if user.enabled else "enable", "remove"]
    if user.is_locked:
        names.insert(0, "unlock")
    return [ACTS[name] for name in names]
