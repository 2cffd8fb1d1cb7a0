"""A whole year has to have it all: what never came up is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from models.cases.read_model import WrittenLine
from rules.core import Procedure
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party
from schemas.codes import ENDED_PHASES, ApplicationKind, ApplicationState, CasePhase, Segment
from tests.support.cast import CURRENT, NEW, SUCCESSOR
from tests.support.core.lone_application import Lone
from tests.support.core.switching_case import Switch
from tests.support.moments import MORNING
from tools.simulation.coverage import NEVER_TAKEN, Coverage, how_it_stands
from tools.simulation.kinds import KINDS
from tools.simulation.scripts import Script, draw_scripts

SCRIPTS = draw_scripts(seed=7, cases=300, days=366)
LONE_ENDS = {
    CasePhase.COMPLETED: ApplicationState.COMPLETED,
    CasePhase.WITHDRAWN: ApplicationState.CANCELLED,
    CasePhase.UNMATCHED: ApplicationState.UNMATCHED,
    CasePhase.GRID_CANCELLED: ApplicationState.CANCELLED,
    CasePhase.CLOSED: ApplicationState.CANCELLED,
}


def line(state: Procedure, at: datetime = MORNING) -> WrittenLine:
    return WrittenLine(1, HistoryLine(HistoryKind.REGISTERED, Party.NEW_RETAILER), "message", at, state)


def lone(phase: CasePhase) -> Procedure:
    state = Lone(ApplicationKind.AMPERE_CHANGE).state
    return replace(state, phase=phase, application=replace(state.application, state=LONE_ENDS[phase]))


def switch(phase: CasePhase) -> Procedure:
    return replace(Switch().state, phase=phase)


def script(wanted: Callable[[Script], bool]) -> Script:
    return next(script for script in SCRIPTS if wanted(script))


@pytest.fixture
def all_of_it() -> Coverage:
    """Count a year in which everything came up once."""
    coverage = Coverage()
    of_switch = script(lambda one: one.kind.application is None)
    of_lone = script(lambda one: one.kind.application is ApplicationKind.AMPERE_CHANGE)
    for segment in Segment:
        coverage.count(replace(of_switch, segment=segment), [line(switch(CasePhase.ONE_SIDE_DONE))])
    for phase in ENDED_PHASES:
        coverage.count(of_switch, [line(switch(phase))])
    for phase in LONE_ENDS:
        coverage.count(of_lone, [line(lone(phase))])
    for kind in KINDS:
        coverage.count(script(lambda one, kind=kind: one.kind is kind), [])  # type: ignore[misc]
    for phase in (CasePhase.AWAITING_DECISION, CasePhase.AWAITING_APPLICATIONS, CasePhase.CANCELLING):
        coverage.count(of_switch, succession(switch(phase), leaving=CURRENT))
    coverage.count(of_switch, succession(switch(CasePhase.MATCHED), leaving=NEW))
    coverage.count(of_lone, succession(lone_waiting(), leaving=NEW))
    return coverage


def succession(before: Procedure, *, leaving: str) -> list[WrittenLine]:
    """Give the lines of a procedure of which a retailer leaves, and that ends as it stood."""
    details = {"leaving": leaving, "successor": SUCCESSOR}
    after = replace(line(before), step=2, line=HistoryLine(HistoryKind.SUCCEEDED, Party.HUB_OPERATOR, details))
    return [line(before), after]


def lone_waiting() -> Procedure:
    return Lone(ApplicationKind.AMPERE_CHANGE).state


@pytest.mark.parametrize("who", ["新小売", "現小売", "申請者"])
def test_a_side_that_nobody_succeeded_is_named(all_of_it: Coverage, who: str) -> None:
    for side, phase in list(all_of_it.left):
        if side == who:
            del all_of_it.left[side, phase]

    assert f"一度も起こらなかった承継: {who}" in list(all_of_it.never())


def test_a_moment_at_which_nobody_was_succeeded_is_named(all_of_it: Coverage) -> None:
    del all_of_it.left["新小売", CasePhase.MATCHED.label]

    assert "一度も起こらなかった承継のときの案件状態: マッチング成立" in list(all_of_it.never())


def test_where_all_came_up_nothing_is_missed(all_of_it: Coverage) -> None:
    assert list(all_of_it.never()) == []


@pytest.mark.parametrize("phase", sorted(ENDED_PHASES))
def test_an_end_of_a_switching_case_that_never_came_up_is_named(all_of_it: Coverage, phase: CasePhase) -> None:
    for (kind, _), ends in all_of_it.ends.items():
        if kind == "スイッチング案件":
            del ends[phase.label]

    assert list(all_of_it.never()) == [f"一度も起こらなかった案件の結末: {phase.label}"]


@pytest.mark.parametrize("phase", LONE_ENDS)
def test_an_end_of_an_application_on_its_own_that_never_came_up_is_named(all_of_it: Coverage, phase: CasePhase) -> None:
    name = how_it_stands(lone(phase))
    for (kind, _), ends in all_of_it.ends.items():
        if kind != "スイッチング案件":
            del ends[name]

    assert list(all_of_it.never()) == [f"一度も起こらなかった単独申請の結末: {name}"]


def test_a_kind_a_segment_and_a_one_sided_case_that_never_came_up_are_named(all_of_it: Coverage) -> None:
    for kind, segment in list(all_of_it.ends):
        if kind == "単独の再点" or segment == Segment.LOW_VOLTAGE_FIT.label:
            del all_of_it.ends[kind, segment]
    all_of_it.one_sided = 0

    never = list(all_of_it.never())
    assert "一度も起こらなかった種別: 単独の再点" in never
    assert "一度も起こらなかった区分: 低圧FIT電源" in never
    assert "一度も起こらなかった案件状態: 片側完了" in never


def test_a_script_that_was_never_taken_is_counted_as_such() -> None:
    coverage = Coverage()

    coverage.count(SCRIPTS[0], [])

    (ends,) = coverage.ends.values()
    assert ends == {NEVER_TAKEN: 1}
