"""What the mails on a switching case say to its retailers."""

from collections.abc import Callable

from rules.core import current_deadline
from rules.procedure.mails import MailKind
from rules.switching.state import SwitchingCase
from rules.wording import plain_day, plain_deadline
from schemas.codes import CasePhase, EndCause


def subject(case: SwitchingCase, kind: MailKind) -> str:
    """Say in short what became of a case."""
    return _SUBJECTS[kind]


def text(case: SwitchingCase, kind: MailKind) -> str:
    return _TEXTS[kind](case)


_SUBJECTS = {
    MailKind.ARRIVED: "廃止取次が届きました",
    MailKind.AMENDED: "廃止取次が訂正されました",
    MailKind.DECISION_DUE: "廃止取次判断の期限が近づいています",
    MailKind.ACCEPTED: "廃止取次が承諾されました",
    MailKind.REJECTED: "廃止取次が否認されました",
    MailKind.DEFECTIVE: "申請に不備があります",
    MailKind.WITHDRAWING: "廃止取次の取消手続が始まりました",
    MailKind.GOES_ON: "取消はできず、切り替えは継続します",
    MailKind.DATE_MOVED: "異動日が変更されました",
    MailKind.ONE_SIDE_DONE: "スイッチングは片側完了となっています",
    MailKind.WITHDRAWN: "廃止取次は取消で終了しました",
    MailKind.DECISION_EXPIRED: "廃止取次は判断期限切れで終了しました",
    MailKind.UNMATCHED: "廃止取次はマッチング不成立で終了しました",
    MailKind.GRID_CANCELLED: "スイッチングは送配電取消で終了しました",
    MailKind.COMPLETED: "スイッチングが完了しました",
    MailKind.SUSPENDED: "案件の期限が停止されました",
    MailKind.RESUMED: "案件の期限が改めて定められました",
    MailKind.SUCCEEDED: "案件の当事者が承継されました",
    MailKind.CLOSED: "案件は広域機関により終了しました",
    MailKind.APPLICATION_DUE: "申請の期限が近づいています",
    MailKind.GAVE_WAY: "廃止取次は先行する申請に優先して登録されました",
}


def _due(case: SwitchingCase) -> str:
    deadline = current_deadline(case)
    return plain_deadline(case.decision_due if deadline is None else deadline.at)


def _arrived(case: SwitchingCase) -> str:
    return f"廃止取次が届きました。{_due(case)} までに廃止取次判断を登録してください。"


def _amended(case: SwitchingCase) -> str:
    return (
        f"判断待ちの廃止取次が訂正され、版{case.version}になりました。"
        f"\n{_due(case)} までに、版{case.version}について廃止取次判断を登録してください。"
    )


def _decision_due(case: SwitchingCase) -> str:
    return (
        f"廃止取次判断がまだ登録されていません。期限は {_due(case)} です。"
        "\n期限までに判断がないとき、この廃止取次は終了します（承諾したことにはなりません）。"
    )


def _accepted(case: SwitchingCase) -> str:
    return f"廃止取次が承諾されました。{plain_deadline(case.cut_off)} までにスイッチング開始申請を登録してください。"


def _rejected(case: SwitchingCase) -> str:
    return "廃止取次が否認され、この廃止取次は終了しました。理由は画面で確認できます。"


def _defective(case: SwitchingCase) -> str:
    return (
        "一般送配電事業者が、貴社の申請に不備があると回答しました。不備の内容は画面で確認できます。"
        f"\n{plain_deadline(case.cut_off)} までに申請を訂正してください。"
        "\n期限までに両方の申請が揃わないとき、この廃止取次はマッチング不成立で終了します。"
    )


def _withdrawing(case: SwitchingCase) -> str:
    return (
        "新小売電気事業者が廃止取次を取り消しました。一般送配電事業者への申請の取消を確認しています。"
        "\n新しい申請や訂正はできません。結果は改めてお知らせします。"
    )


def _goes_on(case: SwitchingCase) -> str:
    return (
        "取消より先にマッチングが成立したため、廃止取次は取り消されず、切り替えは継続します。"
        f"\n異動日: {plain_day(case.effective_date)}"
    )


def _date_moved(case: SwitchingCase) -> str:
    lines = ["一般送配電事業者が異動日を変更しました。", f"新しい異動日: {plain_day(case.effective_date)}"]
    if case.phase is CasePhase.AWAITING_APPLICATIONS and not case.cut_off_passed:
        lines.append(f"申請期限: {plain_deadline(case.cut_off)}")
    return "\n".join(lines)


def _one_side_done(case: SwitchingCase) -> str:
    return (
        "片方の申請だけが処理完了となり、もう片方は完了していません（片側完了）。"
        f"\n異動日: {plain_day(case.effective_date)}"
        "\nこの案件をどう終えるかは広域機関が確認します。結果は改めてお知らせします。"
    )


def _withdrawn(case: SwitchingCase) -> str:
    return "廃止取次は新小売電気事業者による取消で終了しました。現在の契約はそのまま続きます。"


def _decision_expired(case: SwitchingCase) -> str:
    return (
        f"期限（{plain_deadline(case.decision_due)}）までに廃止取次判断がなかったため、この廃止取次は終了しました。"
        "\n現在の契約はそのまま続きます。"
    )


def _unmatched(case: SwitchingCase) -> str:
    because = f"（{case.end_cause.label}）" if case.end_cause not in (None, EndCause.WITHDRAWN) else ""
    missing = "、".join(kind.label for kind in case.missing)
    lines = [f"マッチング不成立{because}のため、この廃止取次は終了しました。現在の契約はそのまま続きます。"]
    if missing:
        lines.append(f"期限（{plain_deadline(case.cut_off)}）までにそろわなかった申請: {missing}")
    return "\n".join(lines)


def _grid_cancelled(case: SwitchingCase) -> str:
    return "一般送配電事業者による取消（送配電取消）のため、このスイッチングは終了しました。"


def _completed(case: SwitchingCase) -> str:
    return f"スイッチングが完了しました。\n異動日: {plain_day(case.effective_date)}"


def _suspended(case: SwitchingCase) -> str:
    return "広域機関が、この案件の期限を停止しました。再開するまで、期限切れで終了しません。理由は画面で確認できます。"


def _resumed(case: SwitchingCase) -> str:
    return f"広域機関が、この案件の期限を改めて定めました。{_dates_anew(case)}"


def _succeeded(case: SwitchingCase) -> str:
    return f"この案件の小売電気事業者の一方を、別の事業者が承継しました。{_dates_anew(case)}"


def _dates_anew(case: SwitchingCase) -> str:
    lines = ["", f"異動日: {plain_day(case.effective_date)}"]
    deadline = current_deadline(case)
    if deadline is not None:
        lines.append(f"{deadline.rule.label}: {plain_deadline(deadline.at)}")
    return "\n".join(lines)


def _closed(case: SwitchingCase) -> str:
    return "この案件は、広域機関により終了しました。理由は画面で確認できます。"


def _application_due(case: SwitchingCase) -> str:
    return (
        f"承諾された廃止取次について、貴社の申請がまだ揃っていません。期限は {plain_deadline(case.cut_off)} です。"
        "\n未登録のときは登録し、不備があるときは訂正してください。"
        "\n期限までに両方の申請が揃わないとき、この廃止取次はマッチング不成立で終了します。"
    )


def _point_freed(case: SwitchingCase) -> str:
    return (
        "この地点に先に登録されていた申請は、期間内に相手方の申請がなかったため、貴社の廃止取次を優先して取消手続に入りました。"
        "\n先にマッチングが成立していたことが分かったときは、この廃止取次が終了します。そのときは改めてお知らせします。"
    )


_TEXTS: dict[MailKind, Callable[[SwitchingCase], str]] = {
    MailKind.ARRIVED: _arrived,
    MailKind.AMENDED: _amended,
    MailKind.DECISION_DUE: _decision_due,
    MailKind.ACCEPTED: _accepted,
    MailKind.REJECTED: _rejected,
    MailKind.DEFECTIVE: _defective,
    MailKind.WITHDRAWING: _withdrawing,
    MailKind.GOES_ON: _goes_on,
    MailKind.DATE_MOVED: _date_moved,
    MailKind.ONE_SIDE_DONE: _one_side_done,
    MailKind.WITHDRAWN: _withdrawn,
    MailKind.DECISION_EXPIRED: _decision_expired,
    MailKind.UNMATCHED: _unmatched,
    MailKind.GRID_CANCELLED: _grid_cancelled,
    MailKind.COMPLETED: _completed,
    MailKind.SUSPENDED: _suspended,
    MailKind.RESUMED: _resumed,
    MailKind.SUCCEEDED: _succeeded,
    MailKind.CLOSED: _closed,
    MailKind.APPLICATION_DUE: _application_due,
    MailKind.GAVE_WAY: _point_freed,
}
