"""What the mails say. Neither names nor addresses nor contract numbers, nor who the other retailer is: a link instead.

A mail passes through servers that nobody here knows. Its text follows from the step that is its cause
alone, so a repeat says the same.
"""

from mail import lone_application, switching
from rules.core import ByKind, Procedure, kind_of
from rules.procedure.mails import MailKind

SYSTEM = "スイッチング支援システム"
SIGNATURE = (
    "",
    "--",
    f"{SYSTEM}（広域機関）",
    "このメールは、小売電気事業者が登録した結果通知用アドレスに自動で送信しています。",
    "このアドレスに返信しても、だれにも届きません。",
    "",
)

_subject = ByKind(switching=switching.subject, lone_application=lone_application.subject)
_text = ByKind(switching=switching.text, lone_application=lone_application.text)


def subject(kind: MailKind, case: Procedure) -> str:
    return f"【{SYSTEM}】{_subject(case, kind)}（{case.case_number}）"


def body(kind: MailKind, case: Procedure, *, web_public_url: str) -> str:
    """Give the text, with a link to the case's screen."""
    return "\n".join(
        [
            _text(case, kind),
            "",
            f"{kind_of(case).number_label}: {case.case_number}",
            f"区分: {case.segment.label}",
            f"エリア: {case.area.label}",
            "",
            "内容は次の画面で確認してください（ログインが必要です）。",
            case_link(web_public_url, case.case_number),
            *SIGNATURE,
        ]
    )


def case_link(web_public_url: str, case_number: str) -> str:
    return f"{web_public_url.rstrip('/')}/cases/{case_number}"
