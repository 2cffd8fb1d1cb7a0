"""What comes next after a request was carried out, in Japanese."""

from datetime import datetime

from rules.steps import CommandAnswer
from schemas.codes import ApplicationKind, ProcessKind
from schemas.interfaces.referral import REFERRAL
from web.requests.screens import RequestScreen
from web.shared.words import deadline_words

_FOLLOW = "状態は案件の画面で確認できます。"
_PASSWORD = "発行された照会パスワードは、業務処理状況確認で受け取り、使用量情報照会に使います。"  # noqa: S105  # words


def next_steps(screen: RequestScreen, receipt: CommandAnswer) -> list[str]:
    """Say what others do now, and what is to be done when they have."""
    if screen.process is ProcessKind.WITHDRAW:
        return [f"いまの状態は「{receipt.phase.label}」です。{_FOLLOW}"]
    if screen.interface is REFERRAL:
        return [
            *_until(
                receipt.decision_due,
                "現小売が、判断期限 {due} までに判断します。結果はメールで知らされます。",
            ),
            *_until(receipt.cut_off, "承諾されたら、申請期限 {due} までに、スイッチング開始申請を登録してください。"),
        ]
    return [
        "一般送配電事業者へ送信しています。不備を知らされたら、案件の画面から訂正してください。",
        *([_PASSWORD] if screen.interface.applies_for is ApplicationKind.USAGE_INQUIRY else []),
        *_until(receipt.cut_off, "申請期限は {due} です。それまでに相手方の申請と揃うと、マッチング成立です。"),
        _FOLLOW,
    ]


def _until(due: datetime | None, words: str) -> list[str]:
    return [] if due is None else [words.format(due=deadline_words(due))]
