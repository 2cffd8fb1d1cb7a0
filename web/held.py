"""Why what a case has to send to its grid operator is not being sent now, in Japanese."""

from collections.abc import Mapping
from datetime import datetime

from models.pauses import Pause
from rules.case.seeing import OWN_APPLICATION, Side
from rules.core import State
from rules.maintenance import MaintenanceWindows, window_end
from rules.procedure.calls import wanted_calls
from schemas.codes import Area
from web.words import deadline_words, moment_words


def held_words(
    state: State,
    *,
    side: Side | None,
    now: datetime,
    windows: MaintenanceWindows,
    paused: Mapping[Area, Pause],
) -> str | None:
    """This function will say why a case's calls wait for their grid operator, and until when; None where none waits.

    :param side: from which side it is looked at: the other's application is not told of. None for an application on
        its own.
    """
    own = None if side is None else OWN_APPLICATION.get(side)
    if not any(own is None or call.application is own for call in wanted_calls(state)):
        return None
    operator = f"{state.area.label}エリアの一般送配電事業者"
    pause = paused.get(state.area)
    if pause is not None:
        return f"{operator}への送信は{moment_words(pause.since)}から一時停止中です。再開後に自動で送信します。"
    end = window_end(windows, area=state.area, at=now)
    if end is not None:
        return f"{operator}はメンテナンス中です。終了予定の{deadline_words(end)}以降に自動で送信します。"
    return None
