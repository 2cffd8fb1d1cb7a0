"""What a refusal says to a person at a screen: of pages, fields and buttons, where a system hears of messages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from web.shared.words import deadline_words


@dataclass(frozen=True)
class ScreenWords:
    """What is wrong, and what to do."""

    text: str
    action: str


_SEND_AGAIN = "少し待ってから、もう一度同じボタンを押してください。二重に送信されることはありません。"
_ASK_AGAIN = "時間をおいて、もう一度同じボタンを押してください。"
_LOOK = "案件の画面で、いまの状態と経過を確認してください。"
_ASK = "案件の画面で状態を確認し、解決しないときは広域機関のヘルプデスクへお問い合わせください。"
_HELP_DESK = "広域機関のヘルプデスクへお問い合わせください。"

SCREEN_WORDS: Mapping[RefusalCode, ScreenWords] = {
    RefusalCode.FORM: ScreenWords("入力項目に誤りがあります。", "指摘された項目を直して、もう一度送信してください。"),
    RefusalCode.BUSINESS: ScreenWords(
        "この内容では受け付けられません。", "指摘された項目を直して、もう一度送信してください。"
    ),
    RefusalCode.POINT_BUSY: ScreenWords(
        "この地点では、ほかの手続きが終わっていません。", "その手続きが終わってから、もう一度送信してください。"
    ),
    RefusalCode.NO_SUCH_CASE: ScreenWords("該当する案件がありません。", "申込内容一覧から開き直してください。"),
    RefusalCode.NO_SUCH_APPLICATION: ScreenWords("該当する申請がありません。", "申込内容一覧から開き直してください。"),
    RefusalCode.WRONG_STATE: ScreenWords("案件のいまの状態では、この操作はできません。", _LOOK),
    RefusalCode.VERSION_DIFFERS: ScreenWords(
        "取次の内容が訂正されています。", "取次判断の画面を開き直し、訂正された内容と照合してから判断してください。"
    ),
    RefusalCode.DEADLINE_PASSED: ScreenWords("期限を過ぎています。", _LOOK),
    RefusalCode.SAME_ID_OTHER_CONTENT: ScreenWords(
        "この画面からは、別の内容がすでに送信されています。", "案件の画面で、送信済みの内容を確認してください。"
    ),
    RefusalCode.TOO_MANY_COMMANDS: ScreenWords("この案件で行える操作の回数の上限に達しました。", _HELP_DESK),
    RefusalCode.TOO_MANY_IN_FLIGHT: ScreenWords("この案件では、先に送信された操作を処理しています。", _SEND_AGAIN),
    RefusalCode.OUTCOME_OPEN: ScreenWords("保存しましたが、結果がまだ確定していません。", _SEND_AGAIN),
    RefusalCode.INTERNAL: ScreenWords("システム内部で誤りが発生しました。", _SEND_AGAIN),
    RefusalCode.EXHAUSTED: ScreenWords("システムの資源が一時的に不足しています。", _SEND_AGAIN),
    RefusalCode.OVERLOADED: ScreenWords("ただいま混み合っています。", _SEND_AGAIN),
    RefusalCode.NO_SLOT: ScreenWords("ただいま混み合っています。", _SEND_AGAIN),
    RefusalCode.TOO_SLOW: ScreenWords("通信が途中で止まりました。", _SEND_AGAIN),
    RefusalCode.GRID_UNREACHABLE: ScreenWords("一般送配電事業者のシステムから応答がありません。", _ASK_AGAIN),
    RefusalCode.GRID_MAINTENANCE: ScreenWords("一般送配電事業者のシステムはメンテナンス中です。", _ASK_AGAIN),
    RefusalCode.GRID_REFUSED: ScreenWords(
        "一般送配電事業者が受け付けませんでした。", "指摘された項目を確認し、直してからもう一度送信してください。"
    ),
    RefusalCode.RETAILER_NOT_ACTIVE: ScreenWords("貴社は現在利用できません。", _HELP_DESK),
}
"""Of every code that a person can see."""
_OTHERWISE = ScreenWords("この操作は受け付けられませんでした。", _ASK)


def screen_words(refusal: Refusal) -> ScreenWords:
    """Say a refusal as a person at a screen needs it."""
    words = words_of_code(refusal.code)
    if refusal.resumes_at is None:
        return words
    return replace(words, text=f"{words.text}終了予定は{deadline_words(refusal.resumes_at)}です。")


def words_of_code(code: RefusalCode) -> ScreenWords:
    """Say what a code means to a person at a screen."""
    return SCREEN_WORDS.get(code, _OTHERWISE)
