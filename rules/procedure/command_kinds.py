"""What commands are called, by whom they are given, and which of them are about one of a case's two applications."""

from typing import Literal

from schemas.codes import ApplicationKind, Code


class CommandKind(Code):
    """What is asked for, of a switching case or of an application on its own."""

    AMEND = "amend", "取次訂正"
    WITHDRAW = "withdraw", "取次取消"
    DECIDE = "decide", "取次判断"
    FILE_START = "file_start", "開始申請登録"
    AMEND_START = "amend_start", "開始申請訂正"
    CANCEL_START = "cancel_start", "開始申請取消"
    FILE_END = "file_end", "廃止申請登録"
    AMEND_END = "amend_end", "廃止申請訂正"
    CANCEL_END = "cancel_end", "廃止申請取消"
    AMEND_APPLICATION = "amend_application", "申請訂正"
    CANCEL_APPLICATION = "cancel_application", "申請取消"
    SUSPEND = "suspend", "期限の停止"
    RESUME = "resume", "期限の再開"
    SUCCEED = "succeed", "承継"
    CLOSE = "close", "広域機関による終了"
    RECORD = "record", "連絡の記録"
    GIVE_WAY = "give_way", "他の廃止取次の優先"
    STAND_BACK = "stand_back", "先行する申請のマッチング成立による終了"


INTERVENTIONS = (
    CommandKind.SUSPEND,
    CommandKind.RESUME,
    CommandKind.SUCCEED,
    CommandKind.CLOSE,
    CommandKind.RECORD,
)
"""What the hub operator may do to a procedure (広域機関の措置)."""
BY_THE_HUB = (CommandKind.GIVE_WAY, CommandKind.STAND_BACK)
"""What the hub asks by itself, where two procedures meet on one point."""

FilingKind = Literal[CommandKind.FILE_START, CommandKind.FILE_END]
FilingAmendmentKind = Literal[CommandKind.AMEND_START, CommandKind.AMEND_END]
FilingCancellationKind = Literal[CommandKind.CANCEL_START, CommandKind.CANCEL_END]

FILING: dict[ApplicationKind, FilingKind] = {
    ApplicationKind.START: CommandKind.FILE_START,
    ApplicationKind.END: CommandKind.FILE_END,
}
AMENDING: dict[ApplicationKind, FilingAmendmentKind] = {
    ApplicationKind.START: CommandKind.AMEND_START,
    ApplicationKind.END: CommandKind.AMEND_END,
}
CANCELLING: dict[ApplicationKind, FilingCancellationKind] = {
    ApplicationKind.START: CommandKind.CANCEL_START,
    ApplicationKind.END: CommandKind.CANCEL_END,
}
APPLICATION_OF: dict[CommandKind, ApplicationKind] = {
    kind: application for kinds in (FILING, AMENDING, CANCELLING) for application, kind in kinds.items()
}
