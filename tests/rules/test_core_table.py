"""The core, exhaustively: every situation of a case x everything that can happen to it.

``core_table.txt`` is the specification and says how it is read; it holds for both applications.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from rules.core import next_alarm
from rules.procedure.alarms import AlarmRule
from rules.procedure.application import Application, AtGrid
from rules.procedure.calls import application_calls
from rules.procedure.events import CommandKind, Event, NewsKind, TimePassed
from rules.procedure.outcomes import NothingNew, Transition
from rules.switching.outcomes import Outcome
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, Decision
from schemas.findings import Refusal
from tests.support.core.situations import SITUATIONS
from tests.support.core.switching_case import END, START, Switch, other_than

TABLE = Path(__file__).with_name("core_table.txt")
NOTHING_NEW = "nothing new: "
_MARKS = {AtGrid.NO: "", AtGrid.UNKNOWN: "?", AtGrid.YES: "!"}
_ABOUT_AN_APPLICATION = [kind for kind in NewsKind if kind is not NewsKind.INQUIRED]


def everything_that_can_happen(case: Switch, this: ApplicationKind) -> Iterator[tuple[str, Event]]:
    yield "referral: amend", case.command(CommandKind.AMEND)
    yield "referral: withdraw", case.command(CommandKind.WITHDRAW)
    yield "decision: accept", case.decision()
    yield "decision: accept another version", case.decision(version=case.state.version + 1)
    yield "decision: reject", case.decision(Decision.REJECT)
    for name, kind in (("this", this), ("other", other_than(this))):
        yield f"{name}: file", case.filing(kind)
        yield f"{name}: correct", case.correction(kind)
        yield f"{name}: cancel", case.cancellation(kind)
        for news in _ABOUT_AN_APPLICATION:
            yield f"status of {name}: {news.value}", case.status(news, kind)
        if any(call.application is kind for call in application_calls(case.state)):
            for news in _ABOUT_AN_APPLICATION:
                yield f"answer on {name}: {news.value}", case.answer(news, kind)
    yield "operator: suspend", case.command(CommandKind.SUSPEND)
    yield "operator: resume", case.resumption()
    yield "operator: succeed", case.succession()
    yield "operator: close", case.command(CommandKind.CLOSE)
    yield "time: the inquiry is answered", case.status(NewsKind.INQUIRED, this, inquiry=case.state.inquiry)
    yield "time: nothing is due", TimePassed(case.now + timedelta(minutes=1))
    alarm = next_alarm(case.state)
    if alarm is not None:
        yield f"time: {alarm.rule.value}", TimePassed(alarm.at)
    if alarm is not None and alarm.rule is AlarmRule.CUT_OFF_REMINDER:
        following = next_alarm(reminded(case).state)
        assert following is not None, "the cut-off is yet to come"
        yield f"time: {following.rule.value}", TimePassed(following.at)


def reminded(case: Switch) -> Switch:
    """Give the case, once it has been reminded of its cut-off where that comes first."""
    alarm, copy = next_alarm(case.state), case.copy()
    if alarm is not None and alarm.rule is AlarmRule.CUT_OFF_REMINDER:
        copy.must(TimePassed(alarm.at))
    return copy


def happens(case: Switch, event: Event) -> Outcome:
    """Give what comes of an event; of the alarm that follows the reminder, once that has rung."""
    alarm = next_alarm(case.state)
    follows = isinstance(event, TimePassed) and alarm is not None and event.at > alarm.at
    return (reminded(case) if follows else case.copy()).happens(event)


Block = list[tuple[str, str]]
"""Lines of one situation: what happens, and what comes of it."""


def specification() -> dict[str, Block]:
    situations: dict[str, Block] = {}
    block: Block = []
    for line in TABLE.read_text().splitlines():
        if line.startswith("  "):
            event, outcome = re.split(" {2,}", line.strip(), maxsplit=1)
            block.append((event, outcome))
        elif line and not line.startswith("#"):
            block = situations.setdefault(line, [])
    return situations


def line_for(event: str, block: Block) -> tuple[str, str]:
    """Give the first line that holds; an answer does what a status does where no line says otherwise."""
    for pattern in dict.fromkeys((event, event.replace("answer on ", "status of "))):
        for line in block:
            if fnmatchcase(pattern, line[0]):
                return line
    return event, "not specified"


def described(outcome: Outcome, this: ApplicationKind) -> str:
    if isinstance(outcome, NothingNew):
        return NOTHING_NEW
    if isinstance(outcome, Refusal):
        broken = ", ".join(f"{finding.rule} @ {finding.field}" for finding in outcome.findings)
        words = {this.value: "this", other_than(this).value: "other"}
        return f"{outcome.code.value} " + "-".join(words.get(part, part) for part in broken.split("-"))
    state = outcome.state
    own_application, other_application = (
        _application(state.application(this)),
        _application(state.application(other_than(this))),
    )
    return f"{outcome.line.kind.value}: {state.phase.value} ({own_application} | {other_application})"


def _application(application: Application) -> str:
    return application.state.value + _MARKS[application.at_grid]


def as_specified(outcome: str, expected: str) -> str:
    """Leave out why something is nothing new, which is for the reader; there must be a reason."""
    is_reasoned = expected.startswith(NOTHING_NEW) and expected != NOTHING_NEW
    return expected if is_reasoned and outcome == NOTHING_NEW else outcome


@pytest.mark.parametrize("this", [START, END], ids=["start", "end"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_happens_is_as_specified(situation: str, this: ApplicationKind) -> None:
    block = specification()[situation]
    case = SITUATIONS[situation](this)

    expected, outcomes, used = {}, {}, set()
    for event_name, event in everything_that_can_happen(case, this):
        line = line_for(event_name, block)
        used.add(line)
        expected[event_name] = line[1]
        outcomes[event_name] = as_specified(described(happens(case, event), this), line[1])

    assert outcomes == expected
    assert [line for line in block if line not in used] == [], "lines that nothing uses"


def test_the_situations_show_every_phase_and_every_state_of_an_application() -> None:
    cases = [make(START) for make in SITUATIONS.values()]

    assert {case.phase() for case in cases} == set(CasePhase)
    assert {case.start.state for case in cases} == set(ApplicationState)
    assert set(specification()) == set(SITUATIONS)


def test_every_refusal_names_a_rule_a_field_what_is_wrong_and_what_to_do() -> None:
    for situation, make in SITUATIONS.items():
        case = make(START)
        for name, event in everything_that_can_happen(case, START):
            outcome = happens(case, event)
            if isinstance(outcome, Refusal):
                assert outcome.findings, f"{situation}: {name}"
                for finding in outcome.findings:
                    assert all((finding.rule, finding.field, finding.label, finding.message, finding.action)), (
                        f"{situation}: {name}"
                    )


def test_every_transition_changes_the_case_and_leaves_a_line() -> None:
    for situation, make in SITUATIONS.items():
        case = make(START)
        for name, event in everything_that_can_happen(case, START):
            outcome = happens(case, event)
            if isinstance(outcome, Transition):
                assert outcome.state != case.state, f"{situation}: {name}"
                assert outcome.line.details.get("number", "-") != "", f"{situation}: {name}"
