"""What is said of a file, in sentences: how much of it can be sent, how far it is, what follows."""

from collections.abc import Mapping
from datetime import timedelta

from models.bulk.queries import FileOverview
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState
from web.shared.marks import Mark, Shape

STATE_MARKS: Mapping[FileState, Mark] = {
    FileState.UPLOADED: Mark(Shape.WAITING, "go"),
    FileState.CHECKING: Mark(Shape.GOING, "go"),
    FileState.REFUSED: Mark(Shape.FAILED, "away"),
    FileState.CHECKED: Mark(Shape.WAITING, "wait"),
    FileState.RUNNING: Mark(Shape.GOING, "go"),
    FileState.PAUSED: Mark(Shape.STOPPED, "warn"),
    FileState.STOPPED: Mark(Shape.STOPPED, "quiet"),
    FileState.FINISHED: Mark(Shape.DONE, "well"),
}
_FOLLOWS: Mapping[BulkKind, tuple[str, ...]] = {
    BulkKind.REGISTER_REFERRALS: (
        "1行ごとに廃止取次を登録し、廃止取次番号を払い出します。",
        "登録した廃止取次は、現小売電気事業者の受信箱に届き、判断期限が始まります。",
    ),
    BulkKind.FILE_START_APPLICATIONS: (
        "1行ごとに開始申請を登録し、申請番号を払い出します。",
        "登録した申請は、エリアの一般送配電事業者へ送られます。",
    ),
    BulkKind.DECIDE_REFERRALS: (
        "1行ごとに取次判断を送ります。送った判断は取り消せません。",
        "判断の結果は、新小売電気事業者に知らされます。",
    ),
    BulkKind.FILE_END_APPLICATIONS: (
        "1行ごとに廃止申請を登録し、申請番号を払い出します。",
        "登録した申請は、エリアの一般送配電事業者へ送られます。",
    ),
}


def rows_words(count: int) -> str:
    """Write a number of rows: 1,234行."""
    return f"{count:,}行"


def summary_words(file: FileOverview) -> list[str]:
    """Say how much of a file can be sent, and what of it is not."""
    every, some = rows_words(file.rows), rows_words(file.to_send)
    lines = [f"{every}のすべてを送れます。" if file.to_send == file.rows else f"{every}のうち {some}を送れます。"]
    if file.faulty:
        lines.append(
            f"{rows_words(file.faulty)}に誤りがあり、送れません。誤りのある行だけのファイルを取得し、直して別に送れます。"
        )
    if file.summary is not None and file.summary.left_out:
        lines.append(f"ほかに、取次判断が空の{rows_words(file.summary.left_out)}は、判断しないものとして送りません。")
    return lines


def consequences(file: FileOverview) -> list[str]:
    """Say what follows when a file is confirmed."""
    return [
        *_FOLLOWS[file.kind],
        "この画面を閉じても、ログアウトしても、最後の行まで続きます。",
        "途中で中断・再開・中止ができます。すでに送った行は取り消されません。",
    ]


def progress_words(file: FileOverview) -> str:
    """Say how fast it goes, and how long the rest takes."""
    parts = []
    if file.rate:
        parts.append(f"毎秒約{file.rate:.1f}行" if file.rate < 10 else f"毎秒約{file.rate:.0f}行")
    if file.time_left is not None and file.left:
        parts.append(f"残り{_duration(file.time_left)}")
    if file.open:
        parts.append(f"結果の確定を待っている行 {rows_words(file.open)}")
    return "、".join(parts) + ("。" if parts else "")


def result_words(file: FileOverview) -> str:
    """Say what became of a file that has ended, or is paused."""
    words = f"受け付けられたのは{rows_words(file.done)}、受け付けられなかったのは{rows_words(file.refused)}です。"
    if not file.left:
        return words
    return words + f"{rows_words(file.left)}{'は送っていません。' if file.state.ended else 'が残っています。'}"


def _duration(time: timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    if minutes < 1:
        return "1分以内"
    hours, minutes = divmod(minutes, 60)
    return f"約{minutes}分" if not hours else f"約{hours}時間{minutes}分" if minutes else f"約{hours}時間"
