"""What a grid operator's absence means for who looks at a case, or at all of them, in Japanese."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.core import Procedure
from rules.holdups import HoldUp, HoldUpKind
from rules.procedure.application import Application
from rules.procedure.calls import application_calls, wanted_calls
from rules.switching.visibility import OWN_APPLICATION, Side
from rules.wording import paused_since
from schemas.codes import ApplicationState, Area
from web.shared.words import deadline_words, moment_words

_HEARD_OF = (ApplicationState.RECEIVED, ApplicationState.MATCHED)
"""The grid operator has it: what becomes of it comes from there."""


@dataclass(frozen=True)
class HoldUpWords:
    """A banner's words."""

    heading: str
    text: str


def held_words(state: Procedure, *, side: Side | None, held_areas: Mapping[Area, HoldUp]) -> HoldUpWords | None:
    """Say why what a case sends to its grid operator, or hears from it, is late; None where nothing is.

    :param side: from which side it is looked at: the other's application is not told of. None for an application on
        its own.
    """
    hold_up = held_areas.get(state.area)
    if hold_up is None:
        return None
    own = None if side is None else OWN_APPLICATION.get(side)
    operator = f"{state.area.label}エリアの一般送配電事業者"
    calls = (
        wanted_calls(state) if own is None else [call for call in application_calls(state) if call.application is own]
    )
    if calls:
        return HoldUpWords("送信を待っています。", f"{_why(operator, hold_up)}{_then(hold_up)}")
    waiting = [
        application
        for application in state.applications
        if (own is None or application.kind is own) and _is_heard_of(application)
    ]
    if waiting and not state.ended:
        return HoldUpWords(
            "一般送配電事業者からの知らせが遅れます。",
            f"{_why(operator, hold_up)}この画面の状態は、最後に届いた知らせによるものです。操作は要りません。",
        )
    return None


def area_words(area: Area, hold_up: HoldUp) -> str:
    """Say of an area that its grid operator is not called, or does not answer."""
    return _why(f"{area.label}エリアの一般送配電事業者", hold_up)


def _is_heard_of(application: Application) -> bool:
    return application.state in _HEARD_OF


def _why(operator: str, hold_up: HoldUp) -> str:
    if hold_up.kind is HoldUpKind.PAUSED:
        return f"{operator}への送信は{paused_since(moment_words(hold_up.since))}です。"
    if hold_up.kind is HoldUpKind.MAINTENANCE:
        return f"{operator}はメンテナンス中です。終了予定は{deadline_words(hold_up.until)}です。"
    return f"{operator}のシステムが{moment_words(hold_up.since)}から応答していません。"


def _then(hold_up: HoldUp) -> str:
    if hold_up.kind is HoldUpKind.PAUSED:
        return "再開後に自動で送信します。"
    if hold_up.kind is HoldUpKind.MAINTENANCE:
        return "その後に自動で送信します。"
    return "つながるまで自動で送り直します。操作は要りません。"
