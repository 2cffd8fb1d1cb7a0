"""What is waited for with an application, whichever procedure it belongs to."""

from rules.core import Procedure
from rules.procedure.application import Application
from rules.wording import plain_day
from schemas.codes import ApplicationState
from schemas.defects import defect_words
from workflows.details.waiting import (
    ASKED_UNTIL_ANSWERED,
    NO_END,
    NOTHING_TO_DO,
    Waiting,
    record_command,
    until_deadline,
)
from workflows.words import application_words

_TO_FILE = (ApplicationState.NOT_FILED, ApplicationState.CANCELLED)


def missing(state: Procedure, application: Application, *, applicant: str) -> Waiting | None:
    """Tell what an application still lacks on its way to the grid operator; None where it is there.

    :param applicant: what people call its retailer.
    """
    name, area = application_words(application.kind), state.area.label
    if application.state in _TO_FILE:
        return Waiting(
            f"{applicant}の{name}", until_deadline(state), f"{NOTHING_TO_DO}申請は小売電気事業者が行います。"
        )
    if application.state is ApplicationState.DEFECTIVE:
        defects = defect_words(application.defects) or "内容は画面の案件詳細"
        return Waiting(
            f"{applicant}の{named(application)}の訂正",
            f"{until_deadline(state)}。一般送配電事業者の指摘: {defects}",
            f"{NOTHING_TO_DO}訂正は小売電気事業者が行います。指摘の文章は、画面の案件詳細の「申請」で読めます。",
        )
    if application.state is ApplicationState.SENDING:
        return Waiting(
            f"{area}の{named(application)}への回答",
            f"{ASKED_UNTIL_ANSWERED}。期限までに保存された申請は、届くのが後でも期限内です",
            f"{NOTHING_TO_DO}応答がないときは、そのことがここに出ます。",
            about_call=application.number,
        )
    if application.state is ApplicationState.CANCELLING:
        return cancellation(state, application)
    return None


def cancellation(state: Procedure, application: Application) -> Waiting:
    """Wait until the grid operator has taken an application back."""
    record = record_command(state, application.number, "cancelled")
    return Waiting(
        f"{state.area.label}の{named(application)}の取消結果",
        ASKED_UNTIL_ANSWERED,
        f"{NOTHING_TO_DO}長引くときは先方に確かめ、取り消されていれば {record}。",
        about_call=application.number,
    )


def completion(state: Procedure) -> Waiting:
    """Wait for the 処理完了 of what has none yet."""
    open_applications = [
        application for application in state.applications if application.state is not ApplicationState.COMPLETED
    ]
    names = "・".join(map(named, open_applications))
    day = "" if state.effective_date is None else f"異動日 {plain_day(state.effective_date)}"
    record = record_command(state, open_applications[0].number if open_applications else None, "completed")
    if day and not state.asked_on_effective_date:
        until, overdue = f"{day}", ""
    else:
        until = f"{NO_END}（{day or '異動日なし'}。知らせが届くまで）"
        overdue = "**異動日の翌日になっても残っているなら遅れています。**" if day else ""
    return Waiting(
        f"{state.area.label}の処理完了: {names}",
        until,
        f"{overdue or NOTHING_TO_DO}遅れているときは先方に確かめ、完了していれば {record}。",
    )


def named(application: Application) -> str:
    """Name an application in short, with its number."""
    return application_words(application.kind) + (f"（{application.number}）" if application.number else "")
