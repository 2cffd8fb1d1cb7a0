"""The filters of the inbox, as they stand in the address."""

from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice, SelectField

from models.cases.screens import Hands, InboxFilter
from rules.calendar import Calendar, add_business_days, day_of, end_of
from schemas.codes import Area, CasePhase, Segment
from web.shared.forms import FilterForm

NAMES = ("segment", "area", "due", "phase", "hands")
_ANY = SelectChoice("", "すべて")
_TODAY, _NEXT_DAY, _LATER = "today", "next", "later"
_WAITING = CasePhase.AWAITING_DECISION
_DUE = [
    SelectChoice(_TODAY, "本日まで（経過を含む）"),
    SelectChoice(_NEXT_DAY, "次の営業日まで"),
    SelectChoice(_LATER, "その後"),
]
_HANDS = [SelectChoice(Hands.MINE.value, "自分"), SelectChoice(Hands.NOBODYS.value, "なし")]


class InboxSearch(FilterForm):
    """Segment, area, time left, state, and in whose hands."""

    segment = SelectField("区分", choices=[_ANY, *(SelectChoice(segment.value, segment.label) for segment in Segment)])
    area = SelectField(
        "エリア", choices=[_ANY, *(SelectChoice(area.value, f"{area.value} {area.label}") for area in Area)]
    )
    due = SelectField("期限", choices=[_ANY, *_DUE])
    phase = SelectField(
        "状態",
        choices=[
            SelectChoice("", _WAITING.label),
            *(SelectChoice(phase.value, phase.label) for phase in CasePhase if phase is not _WAITING),
        ],
    )
    hands = SelectField("担当", choices=[_ANY, *_HANDS])

    def __init__(self, args: MultiDict[str, str]) -> None:
        """Take the filters from the arguments of an address; empty ones count as none."""
        filters = [(name, value) for name in NAMES if (value := args.get(name, "").strip())]
        super().__init__(MultiDict(filters))
        self.given: dict[str, Any] = dict(filters)
        """The filters that are set, as they go on in addresses."""
        for name in NAMES:
            if name not in self.given:
                self[name].data = ""

    def wanted(self, *, viewer_id: str, now: datetime, calendar: Calendar) -> InboxFilter:
        """Give the filter that the form's sound values make."""
        tonight = end_of(day_of(now))
        next_night = end_of(add_business_days(day_of(now), 1, calendar))
        after, by = {_TODAY: (None, tonight), _NEXT_DAY: (None, next_night), _LATER: (next_night, None)}.get(
            self.due.data, (None, None)
        )
        return InboxFilter(
            phase=CasePhase(self.phase.data) if self.phase.data else _WAITING,
            segment=Segment(self.segment.data) if self.segment.data else None,
            area=Area(self.area.data) if self.area.data else None,
            due_after=after,
            due_by=by,
            hands=Hands(self.hands.data) if self.hands.data else None,
            viewer_id=viewer_id,
        )
