"""What the mails to people say of their own registration."""

from rules.user_mails import UserMailKind

SUBJECTS = {
    UserMailKind.REGISTERED: "ユーザ登録のお知らせ",
    UserMailKind.CHANGED: "登録内容変更のお知らせ",
    UserMailKind.REISSUED: "パスワード再発行のお知らせ",
}
_TEXTS = {
    UserMailKind.REGISTERED: "スイッチング支援システムの利用者として登録されました。",
    UserMailKind.CHANGED: "スイッチング支援システムの利用者としての登録内容が変更されました。",
    UserMailKind.REISSUED: "スイッチング支援システムのパスワードが再発行されました。これまでのパスワードは使えません。",
}


def text_to_person(kind: UserMailKind, *, name: str, user_id: str, password: str | None, address: str) -> str:
    """Give the text. A password must be changed at once, so that this mail is worth nothing afterwards.

    :param address: of the login screen.
    """
    lines = [f"{name} 様", "", _TEXTS[kind], "", f"ユーザーID: {user_id}"]
    if password is not None:
        lines += [
            f"パスワード: {password}",
            "",
            "最初のログインで、ご自分のパスワードに変更してください。変更するまで、ほかの操作はできません。",
        ]
    lines += ["", f"ログイン: {address}", "", "心当たりがないときは、自社の管理者に連絡してください。"]
    return "\n".join(lines)
