"""What keeps the calls of a procedure from their answers, and what the people who run the hub can do about it."""

from rules.core import Procedure
from rules.procedure.calls import ApplicationCall, GridCall, Trouble, TroubleKind
from rules.steps import Maintenance
from workflows.details.waiting import NO_END, NOTHING_TO_DO, Waiting, record_command
from workflows.words import call_words, maintenance_words, reason_words, trouble_words, until_it_answers


def troubled_call(state: Procedure, call: GridCall, trouble: Trouble) -> Waiting:
    """Wait for the answer to a call that goes unanswered."""
    operator, area = f"{state.area.label}エリアの一般送配電事業者", state.area.value
    cause = f"{trouble_words(trouble)}。{until_it_answers(trouble)}"
    record = record_command(state, call.application_number if isinstance(call, ApplicationCall) else None, "…")
    if trouble.kind is TroubleKind.PAUSED:
        return Waiting(
            f"広域機関による{state.area.label}エリアの呼び出しの再開（{call_words(call)}）",
            f"{NO_END}（{cause}）",
            f"再開してよくなったら `.venv/bin/python -m upkeep areas set {area} --resumed`。10秒ほどで自動で続きます。",
        )
    if trouble.kind is TroubleKind.PENDING:
        return Waiting(
            f"{operator}が受け付けるか答えること（{call_words(call)}）",
            f"{NO_END}（{cause}）",
            f"{NOTHING_TO_DO}先方が、後なら受け付ける・後で答えるとしています。長引くときは先方に確かめ、"
            f"分かった結果は {record} で記録します。",
        )
    if trouble.kind is TroubleKind.AWAY:
        return Waiting(
            f"{operator}の応答（{call_words(call)}）",
            f"{NO_END}（{cause}）",
            f"{NOTHING_TO_DO}つながれば自動で続きます。長引くときは先方に確かめてください。止めておくなら "
            f"`.venv/bin/python -m upkeep areas set {area} --paused --reason …`。",
        )
    return Waiting(
        f"{operator}の、結果の分かる回答（{call_words(call)}）",
        f"{NO_END}（{cause}）",
        f"**人の確認が要ります**（{reason_words(trouble.reason)}）。ワーカーのログの grid-open をこの番号で探し、"
        f"先方に確かめてください。分かった結果は {record} で記録します。",
    )


def end_of_maintenance(state: Procedure, maintenance: Maintenance) -> Waiting:
    answering = f"`.venv/bin/python -m upkeep areas set {state.area.value} --answering`"
    earlier = f"{answering} のあと `.venv/bin/python -m upkeep wake`。"
    return Waiting(
        maintenance_words(state.area, maintenance),
        "その時刻まで（その後に自動で送信）",
        f"{NOTHING_TO_DO}自動で続きます。" + (f"早く終わったなら {earlier}" if maintenance.announced else ""),
    )
