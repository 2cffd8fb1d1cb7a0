"""What operations people read of a bulk file in the Temporal UI, in Japanese and without personal data."""

from collections.abc import Sequence

from rules.bulk.progress import FileState
from rules.bulk.work import Batch, FileLook

_DOCUMENT = "できること: 画面の「一括処理」で見て、中断・中止する（docs/operations.md）"
_WAITS = {
    FileState.CHECKED: "実行の指示",
    FileState.PAUSED: "再開の指示",
    FileState.RUNNING: "再送までの間隔",
}


def look_summary(after: int) -> str:
    """Write the summary of a look at a file."""
    return "ファイルの状態を読む" if after == 0 else f"状態と、行 {after} より後の未送信の行を読む"


def batch_summary(batch: Batch) -> str:
    """Write the summary of a batch."""
    return f"行 {batch.first} から {batch.last} を送信"


def wait_summary(look: FileLook) -> str:
    """Write what a file waits for."""
    if look.waits_for is not None:
        return f"先に実行された {look.waits_for} の終わり"
    return _WAITS.get(look.state, look.state.label)


def seen_line(look: FileLook) -> str:
    """Write how a file stands, as one line of what went before."""
    faulty = f"・誤りあり {look.faulty:,}" if look.faulty else ""
    return f"{look.state.label}: {look.rows:,} 行（受付 {look.done:,}・受付不可 {look.refused:,}{faulty}）"


def describe(look: FileLook, seen: Sequence[str]) -> str:
    """Describe a file in Markdown: a list of one level, as the UI shows it well."""
    lines = [
        f"- **{look.kind.label}**（{look.segment.label}）",
        f"- **状態**: {look.state.label}",
        f"- **残り**: {0 if look.state.ended else look.left:,} 行（全 {look.rows:,} 行）",
    ]
    if not look.state.ended:
        lines += [f"- **待っているもの**: {wait_summary(look)}"] if not look.batches else []
        lines += [f"- {_DOCUMENT}"]
    return "\n".join([*lines, "", "**経過**（実時刻）", "", *(f"- {line}" for line in seen)])
