"""What the mails on an application on its own (単独申請) say to its applicant."""

from collections.abc import Callable

from rules.core import current_deadline
from rules.lone_application.state import LoneApplication
from rules.procedure.mails import MailKind
from rules.wording import plain_day, plain_deadline
from schemas.codes import EndCause


def subject(application: LoneApplication, kind: MailKind) -> str:
    """Say in short what became of an application."""
    return f"{application.kind.label}の{_SUBJECTS[kind]}"


def text(application: LoneApplication, kind: MailKind) -> str:
    return f"{application.kind.label}の{_TEXTS[kind](application)}"


_SUBJECTS = {
    MailKind.DEFECTIVE: "申請に不備があります",
    MailKind.DATE_MOVED: "異動日が変更されました",
    MailKind.GOES_ON: "申請の取消はできず、手続きは継続します",
    MailKind.WITHDRAWN: "申請は取消で終了しました",
    MailKind.UNMATCHED: "申請は不成立で終了しました",
    MailKind.GRID_CANCELLED: "申請は送配電取消で終了しました",
    MailKind.COMPLETED: "申請が完了しました",
    MailKind.SUSPENDED: "申請の期限が停止されました",
    MailKind.RESUMED: "申請の期限が改めて定められました",
    MailKind.SUCCEEDED: "申請者が承継されました",
    MailKind.CLOSED: "申請は広域機関により終了しました",
    MailKind.APPLICATION_DUE: "申請期限が近づいています",
    MailKind.GAVE_WAY: "申請は他の廃止取次を優先して取り消します",
}


def _day(application: LoneApplication) -> str:
    return "" if application.effective_date is None else f"\n異動日: {plain_day(application.effective_date)}"


def _defective(application: LoneApplication) -> str:
    deadline = current_deadline(application)
    until = "" if deadline is None else f"{plain_deadline(deadline.at)} までに"
    return f"申請に、一般送配電事業者が不備を指摘しました。{until}申請を訂正してください。"


def _date_moved(application: LoneApplication) -> str:
    return f"異動日を、一般送配電事業者が変更しました。{_day(application)}"


def _goes_on(application: LoneApplication) -> str:
    return f"申請は、取消より先にマッチングが成立したため取り消されず、手続きは継続します。{_day(application)}"


def _withdrawn(application: LoneApplication) -> str:
    return "申請は、取消で終了しました。"


def _unmatched(application: LoneApplication) -> str:
    cause = application.end_cause
    because = f"（{cause.label}）" if cause not in (None, EndCause.CANCELLED) else ""
    return f"申請は、不成立{because}で終了しました。"


def _grid_cancelled(application: LoneApplication) -> str:
    return "申請は、一般送配電事業者による取消（送配電取消）で終了しました。"


def _completed(application: LoneApplication) -> str:
    return f"申請の処理が完了しました。{_day(application)}"


def _suspended(application: LoneApplication) -> str:
    return "期限を、広域機関が停止しました。再開するまで、期限切れで終了しません。理由は画面で確認できます。"


def _resumed(application: LoneApplication) -> str:
    return f"期限を、広域機関が改めて定めました。{_day(application)}{_due(application)}"


def _succeeded(application: LoneApplication) -> str:
    return f"申請者の立場を、貴社が承継しました。{_day(application)}{_due(application)}"


def _due(application: LoneApplication) -> str:
    deadline = current_deadline(application)
    return "" if deadline is None else f"\n{deadline.rule.label}: {plain_deadline(deadline.at)}"


def _closed(application: LoneApplication) -> str:
    return "申請は、広域機関により終了しました。理由は画面で確認できます。"


def _application_due(application: LoneApplication) -> str:
    assert application.cut_off is not None, "it has a reminder"
    return (
        f"申請は、まだマッチングが成立していません。期限は {plain_deadline(application.cut_off)} です。"
        "\n期限までに成立しないとき、この申請は不成立で終了します。不備があるときは訂正し、相手方の申請を確認してください。"
    )


def _gave_way(application: LoneApplication) -> str:
    words = application.rules.giving_way.words
    ended = (
        "終了しました。"
        if application.ended
        else "一般送配電事業者での取消手続に入りました。結果は改めてお知らせします。"
    )
    return (
        f"申請は、登録から{words}のあいだ相手方の申請がなく、この地点に他の廃止取次が登録されたため、{ended}"
        "\n取消より先にマッチングが成立していたときは、この申請が継続します。"
    )


_TEXTS: dict[MailKind, Callable[[LoneApplication], str]] = {
    MailKind.DEFECTIVE: _defective,
    MailKind.DATE_MOVED: _date_moved,
    MailKind.GOES_ON: _goes_on,
    MailKind.WITHDRAWN: _withdrawn,
    MailKind.UNMATCHED: _unmatched,
    MailKind.GRID_CANCELLED: _grid_cancelled,
    MailKind.COMPLETED: _completed,
    MailKind.SUSPENDED: _suspended,
    MailKind.RESUMED: _resumed,
    MailKind.SUCCEEDED: _succeeded,
    MailKind.CLOSED: _closed,
    MailKind.APPLICATION_DUE: _application_due,
    MailKind.GAVE_WAY: _gave_way,
}
