"""What can be waited for, until when, and what the people who run the hub can do about it.

Nothing here knows the time, and the words stay as they are until something happens: so they also hold once a day has
come.
"""

from dataclasses import dataclass

from rules.core import Procedure, current_deadline, next_alarm
from rules.procedure.alarms import AlarmRule
from workflows.words import alarm_words

NOTHING_TO_DO = "対処は要りません。"
NO_END = "期限なし"
ASKED_UNTIL_ANSWERED = "期限なし（回答があるまで、打ち切らずに繰り返します）"
_ENDS_AS = {
    AlarmRule.DECISION: "過ぎると「判断期限切れ」で終わります",
    AlarmRule.CUT_OFF: "過ぎると「マッチング不成立」で終わります",
    AlarmRule.CORRECTION: "過ぎると終わります",
    AlarmRule.EFFECTIVE_DATE: "その日になると、一般送配電事業者に自動で確かめます",
    AlarmRule.ONE_SIDE: "過ぎると「片側完了」として警報を出します",
}


@dataclass(frozen=True)
class Waiting:
    """One thing that is waited for."""

    what: str
    until: str
    to_do: str
    """For who runs the hub: a command, a place to look, or that nothing is to be done."""
    about_call: str | None = None
    """Number of the application, where it is the answer to a call about it that is waited for."""


def until_deadline(state: Procedure) -> str:
    """Write until when is waited, and what then."""
    if state.suspended:
        return "期限は停止中"
    alarm = current_deadline(state) or next_alarm(state)
    if alarm is None:
        return NO_END
    then = _ENDS_AS.get(alarm.rule, "")
    return f"{alarm_words(alarm)}（規則 {alarm.rule.value}）{'。' + then if then else ''}"


def record_command(state: Procedure, number: str | None, news: str) -> str:
    """Write the command that records what a grid operator said, of the application with that number."""
    application = f" --application {number}" if len(state.applications) > 1 and number else ""
    return f"`.venv/bin/python -m upkeep case record {state.case_number}{application} --news {news} --by … --reason …`"
