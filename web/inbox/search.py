"""The filters of the inbox, as they stand in the address."""

from datetime import datetime

from wtforms import SelectChoice, SelectField

from models.cases.screens import Hands, InboxFilter
from models.users.queries import Viewer
from rules.access.function_groups import FunctionGroup
from rules.calendar import Calendar
from rules.remaining import RUNNING, TimeLeft, urgency
from schemas.codes import Area, CasePhase, Segment
from web.shared.forms import ANY, ListFilters, choices_of

_WAITING = CasePhase.AWAITING_DECISION
_HANDS = [SelectChoice(Hands.MINE.value, "自分"), SelectChoice(Hands.NOBODYS.value, "なし")]


class InboxSearch(ListFilters):
    """Segment, area, time left, state, and in whose hands."""

    names = ("segment", "area", "due", "phase", "hands")
    segment = SelectField("区分", choices=choices_of(Segment))
    area = SelectField("エリア", choices=choices_of(Area, with_code=True))
    due = SelectField("期限", choices=choices_of(TimeLeft))
    phase = SelectField(
        "状態",
        choices=[
            SelectChoice("", _WAITING.label),
            *(SelectChoice(phase.value, phase.label) for phase in CasePhase if phase is not _WAITING),
        ],
    )
    hands = SelectField("担当", choices=[ANY, *_HANDS])

    def wanted(self, *, viewer: Viewer, now: datetime, calendar: Calendar) -> InboxFilter:
        """Give the filter that the form's sound values make, for who looks."""
        left = TimeLeft(self.due.data) if self.due.data else None
        after, by = urgency(now, calendar=calendar).period(left) if left in RUNNING else (None, None)
        return InboxFilter(
            phase=CasePhase(self.phase.data) if self.phase.data else _WAITING,
            segment=Segment(self.segment.data) if self.segment.data else None,
            area=Area(self.area.data) if self.area.data else None,
            due_after=after,
            due_by=by,
            stands_still=None if left is None else left is TimeLeft.STANDS_STILL,
            hands=Hands(self.hands.data) if self.hands.data else None,
            viewer_id=viewer.user_id,
            among=viewer.standing.segments_of(FunctionGroup.INBOX),
        )
