"""``python -m upkeep case`` and ``retailer``: the hub operator intervenes, with a reason for the timeline."""

import os
import pty
from collections.abc import Callable
from datetime import timedelta
from typing import TextIO

import pytest
from pydantic import SecretStr

from models.cases.case_page import seen_lines
from models.cases.scope import Scope
from models.participants.queries import is_active_retailer
from rules.calendar import day_of
from rules.procedure.outcomes import HistoryKind, Party
from runtime.settings.processes import UpkeepSettings
from schemas.codes import ApplicationKind, CasePhase
from schemas.findings import Refusal
from tests.support import decisions, lone_applications, referrals
from tests.support.cast import CURRENT, DECIDER, NEW, OPERATOR, OTHER, SECOND_POINT, register_cast
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.histories import all_texts
from tests.support.hub import Hub
from upkeep.__main__ import main

WHY = ("--by", OPERATOR.user_id, "--reason", "小売電気事業の廃止のため")
Say = Callable[..., tuple[int, list[str]]]


def at_terminal(answer: str) -> TextIO:
    """Give the end of a terminal that a program reads, where somebody has answered."""
    other, own = pty.openpty()
    os.write(other, answer.encode())
    return os.fdopen(own)


@pytest.fixture
def say(hub: Hub, database_url: str, capsys: pytest.CaptureFixture[str]) -> Say:
    """Carry out a command line; give its status and the lines it said."""
    with hub.database.transaction() as session:
        register_cast(session)

    def said(*arguments: str, answer_within: float = 20.0) -> tuple[int, list[str]]:
        configured = UpkeepSettings.model_construct(
            database_url=SecretStr(database_url),
            message_key=SecretStr("for tests"),
            data_keys=SecretStr(KEYS_OF_TESTS),
            answer_within=answer_within,
        )
        capsys.readouterr()
        status = main(arguments, configured=configured)
        return status, capsys.readouterr().out.splitlines()

    return said


def test_a_case_is_closed_and_its_timeline_says_by_whom_and_why(hub: Hub, say: Say) -> None:
    case = hub.open()

    assert say("case", "close", case, *WHY) == (0, [f"{case}  広域機関による終了: 案件状態「広域機関による終了」"])

    hub.wait_closed(case)
    with hub.database.transaction() as session:
        last = list(seen_lines(session, case, Scope(None)))[-1]
    assert (last.kind, last.actor) == (HistoryKind.CLOSED, Party.HUB_OPERATOR)
    assert last.reason is not None
    assert (last.reason.by, last.reason.text) == (OPERATOR.user_id, "小売電気事業の廃止のため")


def test_the_reason_never_reaches_temporal(hub: Hub, say: Say) -> None:
    case = hub.open()
    say("case", "suspend", case, *WHY)

    texts = all_texts(hub.history(case)) + hub.current_details(case)
    assert "期限を停止" in texts, "what is read is readable"
    assert "廃止のため" not in texts


def test_the_same_message_id_asks_for_the_outcome_and_does_nothing_twice(hub: Hub, say: Say) -> None:
    case = hub.open()
    first = say("case", "suspend", case, *WHY, "--message-id", "OP-1")

    assert say("case", "suspend", case, *WHY, "--message-id", "OP-1") == first
    assert hub.lines(case).count(HistoryKind.SUSPENDED) == 1


def test_while_temporal_gives_no_answer_the_outcome_is_open_and_can_be_asked_for(hub: Hub, say: Say) -> None:
    case = hub.open()
    hub.stop_worker(case)

    status, lines = say("case", "suspend", case, *WHY, "--message-id", "OP-2", answer_within=0.5)

    assert status == 3
    assert lines == [
        f"{case}  期限の停止: 結果未確定です。--message-id OP-2 を付けて繰り返すと、結果が分かります。",
    ]
    hub.worker.start()
    assert say("case", "suspend", case, *WHY, "--message-id", "OP-2")[0] == 0


def test_what_the_case_does_not_allow_is_refused_with_what_to_do(hub: Hub, say: Say) -> None:
    case = hub.open()

    status, (line,) = say("case", "resume", case, *WHY)

    assert status == 3
    assert line.startswith(f"{case}  期限の再開: 行いませんでした（HUB-S002）。")
    assert line.endswith("番号: 期限は停止していません。画面で期限を確認してください。")


def test_a_number_that_there_is_not_is_said(say: Say) -> None:
    status, (line,) = say("case", "close", "SW03L20260101000000017", *WHY)

    assert (status, "HUB-S001" in line) == (3, True)


@pytest.mark.parametrize("person", [DECIDER.user_id, "nobody0000"])
def test_only_the_hub_operators_people_intervene(hub: Hub, say: Say, person: str) -> None:
    case = hub.open()

    status, lines = say("case", "close", case, "--by", person, "--reason", "試し")

    assert (status, lines) == (3, [f"行いませんでした: {person} は広域機関の利用者ではありません。"])
    assert hub.state(case).phase is CasePhase.AWAITING_DECISION


@pytest.mark.parametrize("reason", ["", "  ", "ｶﾅ", "長" * 201])
def test_a_reason_that_cannot_stand_in_the_timeline_is_refused(hub: Hub, say: Say, reason: str) -> None:
    case = hub.open()

    with pytest.raises(SystemExit) as ended:
        say("case", "close", case, "--by", OPERATOR.user_id, "--reason", reason)

    assert ended.value.code == 2
    assert hub.lines(case) == [HistoryKind.REGISTERED]


def test_a_word_of_the_grid_operators_is_recorded(hub: Hub, say: Say) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    number = hub.state(case).application(ApplicationKind.END).number or ""

    options = ("--application", number, "--news", "matched", "--occurred-at", "2026-08-03T10:00")
    assert say("case", "record", case, *WHY, *options)[0] == 0

    assert hub.state(case).phase is CasePhase.MATCHED
    assert f"{hub.state(case).matched_at:%Y-%m-%d}" == "2026-08-03"


@pytest.mark.parametrize("option", [("--effective-date", "9999-12-31"), ("--occurred-at", "2200-01-01T00:00")])
def test_a_day_too_far_off_is_refused_before_it_reaches_the_case(
    say: Say, capsys: pytest.CaptureFixture[str], option: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        say("case", "record", "SW03L20260812000000012", *WHY, "--application", "A", "--news", "matched", *option)

    assert refused.value.code == 2
    assert "2001年から2198年まで" in capsys.readouterr().err


def test_a_retailer_that_leaves_has_its_cases_stand_still_until_they_are_succeeded(hub: Hub, say: Say) -> None:
    case, foreign = hub.open(), hub.open(point_number=SECOND_POINT, current_retailer_code=OTHER)
    number = lone_applications.open_end(hub.database, retailer=CURRENT, point_number="0310000000000000000003")
    hub.hand_over(number)
    today = day_of(hub.now())
    hub.move_clock_to(hub.now() + timedelta(days=1))

    status, lines = say("retailer", "leave", CURRENT, "--last-day", f"{today}", "--yes", *WHY)

    assert (status, lines[-1]) == (0, "2 件のうち 2 件を行いました。")
    assert (hub.state(case).suspended, hub.lone(number).suspended, hub.state(foreign).suspended) == (True, True, False)
    with hub.database.transaction() as session:
        assert not is_active_retailer(session, code=CURRENT, on=day_of(hub.now()))
        refused = referrals.register(session, point_number="0310000000000000000004").refusal
    assert isinstance(refused, Refusal) and refused.findings[0].rule == "known-retailer"
    again = say("retailer", "leave", CURRENT, "--last-day", f"{today}", "--yes", *WHY)
    assert again[1][-1].startswith("0 件")

    assert say("retailer", "succeed", CURRENT, "--successor", OTHER, "--yes", *WHY)[0] == 0
    assert (hub.state(case).current_retailer, hub.lone(number).applicant) == (OTHER, OTHER)
    assert not hub.state(case).suspended


@pytest.mark.parametrize(
    ("command", "more"),
    [("leave", ("--last-day", "2026-01-31")), ("succeed", ("--successor", OTHER)), ("close", ())],
)
def test_what_concerns_all_cases_of_a_retailer_is_counted_and_done_only_when_agreed_to(
    hub: Hub, say: Say, command: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    decided, waiting = hub.open(), hub.open(point_number=SECOND_POINT)
    hub.give(decided, decisions.decide)
    asking = hub.open(point_number="0310000000000000000004", retailer=CURRENT, current_retailer_code=NEW)
    number = lone_applications.open_end(hub.database, retailer=CURRENT, point_number="0310000000000000000003")
    hub.hand_over(number)

    def untouched() -> bool:
        states = [hub.state(number) for number in (decided, waiting, asking)]
        same = all(not state.suspended and CURRENT in (state.new_retailer, state.current_retailer) for state in states)
        with hub.database.transaction() as session:
            taking_part = is_active_retailer(session, code=CURRENT, on=day_of(hub.now()))
        return same and taking_part and hub.lone(number).applicant == CURRENT and not any(s.ended for s in states)

    status, lines = say("retailer", command, CURRENT, *more, *WHY)

    assert (status, untouched()) == (3, True)
    assert "みなと電気株式会社" in lines[0]
    assert "  新小売として 1 件（判断待ち 1）" in lines
    assert "  現小売として 2 件（判断待ち 1、申請待ち・申請中 1）" in lines
    assert any(line.startswith("  単独申請 1 件（") for line in lines)
    assert lines[-1].startswith("行いませんでした: 端末ではない") and "--yes" in lines[-1]

    monkeypatch.setattr("sys.stdin", at_terminal("n\n"))
    assert (say("retailer", command, CURRENT, *more, *WHY)[0], untouched()) == (3, True)
    monkeypatch.setattr("sys.stdin", at_terminal("y\n"))
    assert (say("retailer", command, CURRENT, *more, *WHY)[0], untouched()) == (0, False)


def test_the_cases_of_a_retailer_that_leaves_can_be_closed(hub: Hub, say: Say) -> None:
    case, other = hub.open(), hub.open(point_number=SECOND_POINT)

    status, lines = say("retailer", "close", CURRENT, "--yes", *WHY)

    assert (status, lines[-1]) == (0, "2 件のうち 2 件を行いました。")
    assert {hub.state(number).phase for number in (case, other)} == {CasePhase.CLOSED}


def test_a_last_day_to_come_is_noted_and_deadlines_run_until_it_is_over(hub: Hub, say: Say) -> None:
    case, tomorrow = hub.open(), day_of(hub.now()) + timedelta(days=1)

    status, lines = say("retailer", "leave", CURRENT, "--last-day", f"{tomorrow}", "--yes", *WHY)

    assert (status, lines[-2:]) == (
        0,
        ["進行中の案件の期限は、最終日の翌日に自動で停止します。", "0 件のうち 0 件を行いました。"],
    )
    with hub.database.transaction() as session:
        assert is_active_retailer(session, code=CURRENT, on=tomorrow)
        assert not is_active_retailer(session, code=CURRENT, on=tomorrow + timedelta(days=1))
    assert not hub.state(case).suspended


@pytest.mark.parametrize(
    "more",
    [("leave", "--last-day", "2026-01-31"), ("succeed", "--successor", OTHER), ("close",)],
    ids=lambda m: m[0],
)
def test_what_concerns_a_retailer_that_there_is_not_is_not_done(say: Say, more: tuple[str, ...]) -> None:
    assert say("retailer", more[0], "1777", *more[1:], "--yes", *WHY) == (
        3,
        ["行いませんでした: 小売電気事業者 1777 は事業者一覧にありません。"],
    )


def test_a_successor_has_to_take_part(hub: Hub, say: Say) -> None:
    case = hub.open()

    status, lines = say("case", "succeed", case, *WHY, "--leaving", CURRENT, "--successor", "1777")

    assert (status, lines) == (3, ["行いませんでした: 小売電気事業者 1777 は事業者一覧にありません。"])


def test_nobody_succeeds_themselves(hub: Hub, say: Say) -> None:
    case, own = hub.open(), CURRENT
    refused = (3, [f"行いませんでした: {own} は自らを承継できません。別の事業者を指定してください。"])

    assert say("case", "succeed", case, *WHY, "--leaving", own, "--successor", own) == refused
    assert say("retailer", "succeed", own, "--successor", own, "--yes", *WHY)[1][-1:] == refused[1]
    assert hub.lines(case) == [HistoryKind.REGISTERED]
