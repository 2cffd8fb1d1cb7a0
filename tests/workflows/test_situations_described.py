"""Whatever situation a procedure is in, its details say what it waits for, until when, and what the reader can do."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace

import click
import pytest

from rules.core import Procedure
from rules.procedure.calls import ApplicationCall, GridCall, Trouble, TroubleKind, wanted_calls
from rules.steps import Maintenance
from rules.switching.reachable import all_situations
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from schemas.defects import DEFECT_RULES
from tests.rules.test_lone_table import SITUATIONS as LONE_SITUATIONS
from tests.support.core.situations import SITUATIONS
from tests.support.moments import MORNING
from upkeep.__main__ import main
from workflows.details.description import describe, waits

SIDES = (ApplicationKind.START, ApplicationKind.END)


def situations() -> Iterator[tuple[str, Procedure]]:
    """List those that a case comes into by itself, those people have names for, and those of each kind on its own."""
    for number, state in enumerate(all_situations()):
        yield f"reachable {number}", state
    for name, situation in SITUATIONS.items():
        for side in SIDES:
            yield f"{name} ({side.value})", situation(side).state
    for name, (kinds, make) in LONE_SITUATIONS.items():
        for kind in kinds:
            yield f"{name} ({kind.value})", make(kind).state


ALL = dict(situations())
OPEN = {name: state for name, state in ALL.items() if not state.ended}


def commands_in(details: str) -> list[str]:
    """List the commands that a reader can copy; … stands for what the reader knows."""
    return [code for code in re.findall(r"`([^`]+)`", details) if code.startswith(".venv/bin/python -m upkeep")]


def test_there_are_situations_of_every_phase_and_every_state_of_an_application() -> None:
    phases = {state.phase for state in ALL.values()}
    states = {application.state for state in ALL.values() for application in state.applications}

    assert (phases, states) == (set(CasePhase), set(ApplicationState))


def test_each_open_one_says_what_it_waits_for_until_when_and_what_can_be_done() -> None:
    for name, state in OPEN.items():
        entries, details = waits(state), describe(state, ())

        assert entries, name
        for entry in entries:
            assert entry.what and entry.until and entry.to_do, name
            written = f"- **待っているもの**: {entry.what}\n- いつまで: {entry.until}\n- できること: {entry.to_do}\n"
            assert written in details, name
            assert "None" not in written, name


def test_what_has_ended_waits_for_nothing() -> None:
    for name, state in ALL.items():
        if state.ended:
            assert waits(state) == [], name
            assert "- **待っているもの**: なし（終了）" in describe(state, ())


@pytest.mark.parametrize("kind", list(TroubleKind))
def test_each_call_that_goes_unanswered_comes_first_and_says_the_same(kind: TroubleKind) -> None:
    for name, state in OPEN.items():
        for call in wanted_calls(state):
            first = waits(state, troubled=[with_trouble(call, kind)])[0]

            called = call.application_number if isinstance(call, ApplicationCall) else "処理状況の確認"
            assert "東京エリア" in first.what and called in first.what, name
            assert "2026-07-01 09:00から" in first.until, name
            assert ("人の確認が要ります" in first.to_do) == (kind is TroubleKind.UNCLEAR), name


def with_trouble(call: GridCall, kind: TroubleKind) -> GridCall:
    trouble = Trouble(kind, since=MORNING.replace(hour=9, minute=0), at=MORNING, reason="timeout")
    return replace(call, trouble=trouble)


def test_a_maintenance_says_its_end() -> None:
    window = Maintenance(until=MORNING.replace(hour=23, minute=0), at=MORNING, tried=False)

    for name, state in OPEN.items():
        first = waits(state, maintenance=window)[0]

        assert first.what == "東京の一般送配電事業者のメンテナンス終了 2026-07-01 23:00", name
        assert first.until and first.to_do


def test_in_a_maintenance_no_answer_is_waited_for_beside_its_end() -> None:
    window = Maintenance(until=MORNING.replace(hour=23, minute=0), at=MORNING, tried=True, announced=True)

    for name, state in OPEN.items():
        _, *other_entries = waits(state, maintenance=window)

        assert [entry.what for entry in other_entries if entry.about_call or "確認の回答" in entry.what] == [], name


def test_a_case_of_which_nothing_is_told_yet_has_no_empty_heading() -> None:
    for state in OPEN.values():
        assert "経過" not in describe(state, ())
        assert "**経過**（業務日時）\n\n- 登録" in describe(state, ("登録",))


def test_every_command_that_is_named_is_one_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.Command, "invoke", lambda command, context: 0)  # read, and not carried out
    named = {command for state in OPEN.values() for command in commands_in(describe(state, ()))}
    for kind in TroubleKind:
        for state in OPEN.values():
            troubled = [with_trouble(call, kind) for call in wanted_calls(state)]
            named.update(commands_in(describe(state, (), troubled=troubled)))

    for command in named:
        words = shlex.split(command.removeprefix(".venv/bin/python -m upkeep "))
        if words[-1] == "…" and "--reason" not in words:  # the rest that every intervention needs
            words[-1:] = ["--by", "…", "--reason", "…"]
        words = ["completed" if word == "…" and words[at - 1] == "--news" else word for at, word in enumerate(words)]
        try:
            main(words)
        except SystemExit as wrong:
            raise AssertionError(f"{command} is none: {words}") from wrong
    assert {command.split()[3] for command in named} == {"case", "areas"}


class TestInWords:
    def of(self, name: str, side: ApplicationKind = ApplicationKind.END) -> str:
        return describe(SITUATIONS[name](side).state, ())

    def test_a_defect_says_which_application_and_which_rules_with_their_words(self) -> None:
        switch = SITUATIONS["this one defective"](ApplicationKind.END)
        state = switch.state
        assert isinstance(state, SwitchingCase)
        number, rule = state.end.number, state.end.defects[0]

        details = describe(state, ())

        assert f"現小売の廃止申請（{number}）の訂正" in details
        assert f"一般送配電事業者の指摘: {rule}（{DEFECT_RULES[rule]}）" in details
        assert f"- **廃止申請** {number}: 不備。指摘: {rule}（{DEFECT_RULES[rule]}）" in details

    def test_a_pair_past_its_day_says_that_it_is_overdue_and_what_to_record(self) -> None:
        details = self.of("matched, this one completed", ApplicationKind.START)

        assert "**異動日の翌日になっても残っているなら遅れています。**" in details
        assert "--news completed" in details

    def test_one_side_done_asks_for_a_decision(self) -> None:
        details = self.of("one side done, this one completed", ApplicationKind.START)

        assert "**人の判断が要ります。**" in details
        assert "残る側の処理完了か取消: 廃止申請" in details
        assert "case close" in details

    def test_stopped_deadlines_say_how_they_go_on(self) -> None:
        details = self.of("awaiting the decision, deadlines suspended")

        assert "期限なし（再開・承継・終了まで。その間は何も期限切れになりません）" in details
        assert "case resume" in details and "case succeed" in details

    def test_a_cancellation_says_how_one_known_by_telephone_is_recorded(self) -> None:
        details = self.of("withdrawn, both to be cancelled")

        assert "の取消結果" in details and "--news cancelled" in details

    def test_no_line_is_a_table(self) -> None:
        for state in ALL.values():
            assert not [line for line in describe(state, ("x",)).splitlines() if line.startswith("|")]
