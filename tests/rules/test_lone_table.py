"""An application on its own, exhaustively: every situation x everything that can happen, for every kind.

``lone_table.txt`` is the specification and says how it is read.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from rules.core import next_alarm
from rules.procedure.alarms import AlarmRule
from rules.procedure.application import AtGrid
from rules.procedure.calls import application_calls
from rules.procedure.events import CommandKind, Event, NewsKind, TimePassed
from rules.procedure.outcomes import NothingNew, Transition
from schemas.codes import ApplicationKind, ApplicationState
from schemas.findings import Refusal
from tests.support.core.lone_application import MATCHED_KINDS, OTHER_KINDS, Lone, Outcome
from tests.support.moments import day

TABLE = Path(__file__).with_name("lone_table.txt")
NOTHING_NEW = "nothing new: "
_MARKS = {AtGrid.NO: "", AtGrid.UNKNOWN: "?", AtGrid.YES: "!"}
_AFTER_CUT_OFF = day("2026-08-05")
Make = Callable[[ApplicationKind], Lone]

_OF_ALL: dict[str, Make] = {
    "on its way": Lone,
    "received": lambda kind: Lone(kind).received(),
    "defective": lambda kind: Lone(kind).defective(),
    "corrected after a defect": lambda kind: Lone(kind).defective().corrected(),
    "corrected after reception": lambda kind: Lone(kind).received().corrected(),
    "correction refused": lambda kind: Lone(kind).received().corrected().defective(),
    "cancelled on its way": lambda kind: Lone(kind).cancelled(),
    "on its way, deadlines suspended": lambda kind: Lone(kind).suspended(),
    "defective, deadlines suspended": lambda kind: Lone(kind).defective().suspended(),
    "closed on its way": lambda kind: Lone(kind).must(Lone(kind).command(CommandKind.CLOSE)),
    "closed": lambda kind: Lone(kind).defective().must(Lone(kind).command(CommandKind.CLOSE)),
    "cancelled at the grid": lambda kind: Lone(kind).received().cancelled(),
    "completed": lambda kind: Lone(kind).received().told(NewsKind.COMPLETED),
    "cancelled": lambda kind: Lone(kind).defective().cancelled(),
    "came to nothing": lambda kind: Lone(kind).received().told(NewsKind.UNMATCHED),
    "cancelled by the grid operator": lambda kind: Lone(kind).received().told(NewsKind.CANCELLED),
}
_OF_MATCHED: dict[str, Make] = {
    "on its way past the cut-off": lambda kind: Lone(kind).until(_AFTER_CUT_OFF),
    "received past the cut-off": lambda kind: Lone(kind).until(_AFTER_CUT_OFF).received(),
    "defective past the cut-off": lambda kind: Lone(kind).until(_AFTER_CUT_OFF).defective(),
    "taken back at the cut-off": lambda kind: Lone(kind).received().until(_AFTER_CUT_OFF),
    "matched": lambda kind: Lone(kind).received().told(NewsKind.MATCHED),
}
_OF_OTHERS: dict[str, Make] = {
    "not corrected in time": lambda kind: Lone(kind).defective().until(day("2026-07-20")),
}
SITUATIONS: dict[str, tuple[tuple[ApplicationKind, ...], Make]] = {
    **{name: (tuple(ApplicationKind), make) for name, make in _OF_ALL.items()},
    **{name: (MATCHED_KINDS, make) for name, make in _OF_MATCHED.items()},
    **{name: (OTHER_KINDS, make) for name, make in _OF_OTHERS.items()},
}
"""Which kinds can come into each situation, and how."""


def everything_that_can_happen(lone: Lone) -> Iterator[tuple[str, Event]]:
    yield "correct", lone.correction()
    yield "correct another", lone.correction(application_number="AP-other")
    yield "cancel", lone.cancellation()
    yield "operator: suspend", lone.command(CommandKind.SUSPEND)
    yield "operator: resume", lone.command(CommandKind.RESUME)
    yield "operator: succeed", lone.succession()
    yield "operator: close", lone.command(CommandKind.CLOSE)
    for news in NewsKind:
        if news is not NewsKind.INQUIRED and (news is not NewsKind.MATCHED or lone.state.kind_rules.matched):
            yield f"status: {news.value}", lone.status(news)
            yield f"status of another: {news.value}", lone.status(news, application_number="AP-other")
            if application_calls(lone.state):
                yield f"answer: {news.value}", lone.answer(news)
    yield "time: the inquiry is answered", lone.status(NewsKind.INQUIRED, inquiry=lone.state.inquiry)
    yield "time: nothing is due", TimePassed(lone.now - timedelta(days=100))
    alarm = next_alarm(lone.state)
    if alarm is not None:
        yield f"time: {alarm.rule.value}", TimePassed(alarm.at)
    if alarm is not None and alarm.rule is AlarmRule.CUT_OFF_REMINDER:
        following = next_alarm(reminded(lone).state)
        assert following is not None, "the cut-off is yet to come"
        yield f"time: {following.rule.value}", TimePassed(following.at)


def reminded(lone: Lone) -> Lone:
    """Give the application, once it has been reminded of its cut-off where that comes first."""
    alarm, copy = next_alarm(lone.state), lone.copy()
    if alarm is not None and alarm.rule is AlarmRule.CUT_OFF_REMINDER:
        copy.must(TimePassed(alarm.at))
    return copy


def happens(lone: Lone, event: Event) -> Outcome:
    """Give what comes of an event; of the alarm that follows the reminder, once that has rung."""
    alarm = next_alarm(lone.state)
    follows = isinstance(event, TimePassed) and alarm is not None and event.at > alarm.at
    return (reminded(lone) if follows else lone.copy()).happens(event)


def specification() -> dict[str, list[tuple[str, str]]]:
    blocks: dict[str, list[tuple[str, str]]] = {}
    block: list[tuple[str, str]] = []
    for line in TABLE.read_text().splitlines():
        if line.startswith("  "):
            event, outcome = re.split(" {2,}", line.strip(), maxsplit=1)
            block.append((event, outcome))
        elif line and not line.startswith("#"):
            block = blocks.setdefault(line, [])
    return blocks


def line_for(event: str, block: list[tuple[str, str]]) -> tuple[str, str]:
    """Give the first line that holds; an answer does what a status does where no line says otherwise."""
    for pattern in dict.fromkeys((event, event.replace("answer: ", "status: "))):
        for line in block:
            if fnmatchcase(pattern, line[0]):
                return line
    return event, "not specified"


def described(outcome: Outcome) -> str:
    if isinstance(outcome, NothingNew):
        return NOTHING_NEW
    if isinstance(outcome, Refusal):
        return f"{outcome.code.value} " + ", ".join(f"{finding.rule} @ {finding.field}" for finding in outcome.findings)
    state = outcome.state
    mark = _MARKS[state.application.at_grid]
    return f"{outcome.line.kind.value}: {state.phase.value} ({state.application.state.value}{mark})"


def as_specified(outcome: str, expected: str) -> str:
    """Leave out why something is nothing new, which is for the reader; there must be a reason."""
    is_reasoned = expected.startswith(NOTHING_NEW) and expected != NOTHING_NEW
    return expected if is_reasoned and outcome == NOTHING_NEW else outcome


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_happens_is_as_specified_for_every_kind(situation: str) -> None:
    kinds, make = SITUATIONS[situation]
    block, used = specification()[situation], set()
    for kind in kinds:
        lone, expected, outcomes = make(kind), {}, {}
        for name, event in everything_that_can_happen(lone):
            line = line_for(name, block)
            used.add(line)
            expected[name] = line[1]
            outcomes[name] = as_specified(described(happens(lone, event)), line[1])
        assert outcomes == expected, kind

    assert [line for line in block if line not in used] == [], "lines that nothing uses"


def test_the_table_speaks_of_every_situation_and_of_every_state_that_an_application_on_its_own_can_have() -> None:
    states = {make(kinds[0]).at() for kinds, make in SITUATIONS.values()}

    assert set(specification()) == set(SITUATIONS)
    assert states == set(ApplicationState) - {ApplicationState.NOT_FILED}


def test_every_refusal_names_a_rule_a_field_what_is_wrong_and_what_to_do() -> None:
    for situation, (kinds, make) in SITUATIONS.items():
        lone = make(kinds[0])
        for name, event in everything_that_can_happen(lone):
            outcome = happens(lone, event)
            if isinstance(outcome, Refusal):
                assert outcome.findings, f"{situation}: {name}"
                for finding in outcome.findings:
                    assert all((finding.rule, finding.field, finding.label, finding.message, finding.action)), (
                        f"{situation}: {name}"
                    )


def test_every_transition_changes_the_application_and_leaves_a_line_with_its_number() -> None:
    for situation, (kinds, make) in SITUATIONS.items():
        lone = make(kinds[0])
        for name, event in everything_that_can_happen(lone):
            outcome = happens(lone, event)
            if isinstance(outcome, Transition):
                assert outcome.state != lone.state, f"{situation}: {name}"
                assert outcome.line.details.get("number", "-") != "", f"{situation}: {name}"


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_of_matching_a_kind_that_waits_for_no_other_hears_nothing(kind: ApplicationKind) -> None:
    for situation, (kinds, make) in SITUATIONS.items():
        if kind in kinds:
            lone = make(kind)
            assert isinstance(lone.happens(lone.status(NewsKind.MATCHED)), NothingNew), situation
