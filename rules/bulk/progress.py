"""How a bulk file stands, and each of its rows: what people read, and what web and worker agree on."""

from collections.abc import Mapping

from schemas.codes import Code


class FileState(Code):
    """Where a file is on its way from the upload to its end."""

    UPLOADED = "uploaded", "受付済み"
    CHECKING = "checking", "確認中"
    REFUSED = "refused", "送信できません"
    CHECKED = "checked", "実行待ち"
    RUNNING = "running", "実行中"
    PAUSED = "paused", "中断中"
    STOPPED = "stopped", "中止"
    FINISHED = "finished", "完了"

    @property
    def ended(self) -> bool:
        """True where nothing becomes of its rows any more."""
        return self in (FileState.REFUSED, FileState.STOPPED, FileState.FINISHED)


class FileConcern(Code):
    """What a file wants of people: to be looked after, or to be looked at."""

    TO_CONFIRM = "to_confirm", "実行待ち"
    RUNNING = "running", "実行中"
    PAUSED = "paused", "中断中"
    REFUSED_TODAY = "refused_today", "本日終了・受付不可あり"


class Steering(Code):
    """What somebody asks of a file."""

    CONFIRM = "confirm", "実行"
    PAUSE = "pause", "中断"
    RESUME = "resume", "再開"
    STOP = "stop", "中止"


POSSIBLE: Mapping[Steering, frozenset[FileState]] = {
    Steering.CONFIRM: frozenset({FileState.CHECKED}),
    Steering.PAUSE: frozenset({FileState.RUNNING}),
    Steering.RESUME: frozenset({FileState.PAUSED}),
    Steering.STOP: frozenset(state for state in FileState if not state.ended),
}
"""In which states of a file each can be asked."""
BECOMES: Mapping[Steering, FileState] = {
    Steering.CONFIRM: FileState.RUNNING,
    Steering.PAUSE: FileState.PAUSED,
    Steering.RESUME: FileState.RUNNING,
    Steering.STOP: FileState.STOPPED,
}


class RowOutcome(Code):
    """What became of a row. A stop leaves the rows waiting that were not sent."""

    FAULTY = "faulty", "誤りあり"
    """Found at the check; it is not sent."""
    WAITING = "waiting", "未送信"
    OPEN = "open", "結果未確定"
    """Sent; the answer did not come in time, and is asked for again."""
    DONE = "done", "受付"
    REFUSED = "refused", "受付不可"

    @property
    def final(self) -> bool:
        """True where it is not sent again."""
        return self not in UNFINISHED


UNFINISHED = (RowOutcome.WAITING, RowOutcome.OPEN)
