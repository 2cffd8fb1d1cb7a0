"""Who is told what by mail: the current retailer what it must judge, the new one what was decided, each its own
defects, both what the grid operator did to the date, and the end."""

from collections.abc import Callable
from datetime import date

import pytest

from rules.core import mails_for
from rules.procedure.events import CommandKind, Event, NewsKind
from rules.procedure.outcomes import Transition
from rules.switching.outcomes import Outcome
from rules.switching.state import SwitchingCase
from schemas.codes import ENDED_PHASES, ApplicationKind, CasePhase, Decision, MeterWork
from tests.support.cast import CURRENT, NEW
from tests.support.core.situations import SITUATIONS
from tests.support.core.switching_case import END, START, Switch
from tests.support.moments import day


class Told(Switch):
    """A switch that keeps who was told what."""

    def __init__(self) -> None:
        super().__init__()
        self.told_of: list[tuple[str, str]] = []
        self._tell(None)

    def happens(self, event: Event) -> Outcome:
        """Let an event happen, and note who is told of it."""
        before = self.state
        outcome = super().happens(event)
        if isinstance(outcome, Transition):
            self._tell(before)
        return outcome

    def _tell(self, before: SwitchingCase | None) -> None:
        mails = mails_for(before, self.lines[-1], self.state)
        self.told_of += [(mail.kind.value, mail.to_retailer) for mail in mails]


def _completed() -> Told:
    switch = Told().accepted().filed(START, END).received(START, END).matched().until(day("2026-08-07", "12:00"))
    return switch.told(NewsKind.COMPLETED, START).told(NewsKind.COMPLETED, END)


def _withdrawn_at_the_grid() -> Told:
    return Told().accepted().filed(START).received(START).withdrawn()


def _both_received() -> Told:
    return Told().accepted().filed(START, END).received(START, END)


def _moved_after_matching() -> Told:
    switch = _both_received().matched().told(NewsKind.MATCHED, START, effective_date=_LATER)
    assert switch.ignores(switch.status(NewsKind.MATCHED, END, effective_date=_LATER))
    return switch


def _one_side_done() -> Told:
    switch = _both_received().matched().until(day("2026-08-07", "12:00")).told(NewsKind.COMPLETED, START)
    return switch.until(day("2026-08-07", "24:00"))


_LATER = date(2026, 8, 20)
_MOVED = (("date_moved", NEW), ("date_moved", CURRENT))
_ONE_SIDE = (("one_side_done", NEW), ("one_side_done", CURRENT))
_ARRIVED = ("arrived", CURRENT)
_FILE_NEW, _FILE_CURRENT = ("application_due", NEW), ("application_due", CURRENT)
_ACCEPTED = ("accepted", NEW)
_WAYS: list[tuple[str, Callable[[], Told], list[tuple[str, str]]]] = [
    ("registered", Told, [_ARRIVED]),
    ("accepted", lambda: Told().accepted(), [_ARRIVED, _ACCEPTED]),
    ("rejected", lambda: Told().must(Told().decision(Decision.REJECT)), [_ARRIVED, ("rejected", NEW)]),
    ("amended", lambda: _amended(), [_ARRIVED, ("amended", CURRENT)]),
    ("withdrawn", lambda: Told().withdrawn(), [_ARRIVED, ("withdrawn", NEW), ("withdrawn", CURRENT)]),
    (
        "no decision came",
        lambda: _until_decision_due(),
        [_ARRIVED, ("decision_due", CURRENT), ("decision_expired", NEW), ("decision_expired", CURRENT)],
    ),
    (
        "no application came",
        lambda: Told().accepted().until(day("2026-08-04", "24:00")),
        [_ARRIVED, _ACCEPTED, _FILE_NEW, _FILE_CURRENT, ("unmatched", NEW), ("unmatched", CURRENT)],
    ),
    (
        "one application came",
        lambda: Told().accepted().filed(START).received(START).until(day("2026-08-04", "09:00")),
        [_ARRIVED, _ACCEPTED, _FILE_CURRENT],
    ),
    (
        "withdrawn while an application is at the grid",
        lambda: _withdrawn_at_the_grid().told(NewsKind.CANCELLED, START),
        [_ARRIVED, _ACCEPTED, ("withdrawing", CURRENT), ("withdrawn", NEW), ("withdrawn", CURRENT)],
    ),
    (
        "withdrawn, but matching came first",
        lambda: Told().accepted().filed(START, END).received(START, END).withdrawn().matched(),
        [_ARRIVED, _ACCEPTED, ("withdrawing", CURRENT), ("goes_on", NEW), ("goes_on", CURRENT)],
    ),
    (
        "cancelled by the grid operator",
        lambda: Told().accepted().filed(START, END).received(START, END).matched().told(NewsKind.CANCELLED, START),
        [_ARRIVED, _ACCEPTED, ("grid_cancelled", NEW), ("grid_cancelled", CURRENT)],
    ),
    (
        "a defect in the start application",
        lambda: Told().accepted().filed(START, END).received(END).defective(START),
        [_ARRIVED, _ACCEPTED, ("defective", NEW)],
    ),
    (
        "a defect in the end application, and in its correction",
        lambda: Told().accepted().filed(END).defective(END).corrected(END).defective(END),
        [_ARRIVED, _ACCEPTED, ("defective", CURRENT), ("defective", CURRENT)],
    ),
    (
        "a defect after the cut-off, which nothing can correct",
        lambda: (
            Told().accepted().filed(START).received(START).filed(END).until(day("2026-08-04", "24:00")).defective(END)
        ),
        [_ARRIVED, _ACCEPTED],
    ),
    (
        "the date moved when the application was received",
        lambda: Told().accepted().filed(START).received(START, effective_date=_LATER),
        [_ARRIVED, _ACCEPTED, *_MOVED],
    ),
    (
        "the date moved at matching",
        lambda: _both_received().told(NewsKind.MATCHED, START, effective_date=_LATER),
        [_ARRIVED, _ACCEPTED, *_MOVED],
    ),
    (
        "the date moved after matching, told of twice",
        lambda: _moved_after_matching(),
        [_ARRIVED, _ACCEPTED, *_MOVED],
    ),
    (
        "withdrawn, but matching came first, on another date",
        lambda: _both_received().withdrawn().told(NewsKind.MATCHED, START, effective_date=_LATER),
        [_ARRIVED, _ACCEPTED, ("withdrawing", CURRENT), ("goes_on", NEW), ("goes_on", CURRENT)],
    ),
    (
        "one side done when the date is over",
        lambda: _one_side_done(),
        [_ARRIVED, _ACCEPTED, *_ONE_SIDE],
    ),
    (
        "one side done, then the other too",
        lambda: _one_side_done().told(NewsKind.COMPLETED, END),
        [_ARRIVED, _ACCEPTED, *_ONE_SIDE, ("completed", NEW), ("completed", CURRENT)],
    ),
    (
        "withdrawn, but its one application was completed",
        lambda: Told().accepted().filed(START).received(START).withdrawn().told(NewsKind.COMPLETED, START),
        [_ARRIVED, _ACCEPTED, ("withdrawing", CURRENT), *_ONE_SIDE],
    ),
    ("completed", _completed, [_ARRIVED, _ACCEPTED, ("completed", NEW), ("completed", CURRENT)]),
]


def _amended() -> Told:
    switch = Told()
    return switch.must(switch.command(CommandKind.AMEND))


def _until_decision_due() -> Told:
    switch = Told()
    return switch.until(switch.state.decision_due)


@pytest.mark.parametrize(("way", "expected"), [(way, told) for _, way, told in _WAYS], ids=[name for name, *_ in _WAYS])
def test_who_is_told_what_on_the_way(way: Callable[[], Told], expected: list[tuple[str, str]]) -> None:
    assert way().told_of == expected


@pytest.mark.parametrize("phase", sorted(ENDED_PHASES - {CasePhase.REJECTED}))
@pytest.mark.parametrize("kind", [ApplicationKind.START, ApplicationKind.END])
def test_every_end_but_a_rejection_is_told_to_both(phase: CasePhase, kind: ApplicationKind) -> None:
    ended = [switch for make in SITUATIONS.values() if (switch := make(kind)).state.phase is phase]

    assert ended
    for switch in ended:
        open_before = Switch().state
        mails = mails_for(open_before, switch.lines[-1], switch.state)
        assert {mail.to_retailer for mail in mails} == {NEW, CURRENT}


def test_steps_that_bring_nothing_to_act_on_are_told_to_nobody() -> None:
    switch = Told().accepted().filed(START, END).received(START, END)
    before = list(switch.told_of)

    switch.matched()

    assert switch.told_of == before == [_ARRIVED, _ACCEPTED]


def test_who_lacks_an_application_is_told_at_once_where_the_cut_off_comes_nearer_than_its_reminder() -> None:
    switch = Told().accepted()
    switch.until(day("2026-07-26", "10:00"))
    before = len(switch.told_of)

    switch.must(switch.filing(START, meter_work=MeterWork.NEEDED))

    assert switch.state.cut_off_reminded and switch.state.phase is CasePhase.AWAITING_APPLICATIONS
    assert switch.told_of[before:] == [("application_due", CURRENT)]
