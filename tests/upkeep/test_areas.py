"""``python -m upkeep areas``: how each grid operator is called, and changing it while the hub runs."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from pydantic import SecretStr

from models.absences import note_absence
from models.clock import business_now
from models.database import Database
from rules.calendar import JST
from runtime.settings.processes import UpkeepSettings
from schemas.codes import Area
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.settings import ALWAYS
from tests.support.temporal import TemporalServer
from upkeep.__main__ import main

Say = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def say(
    database: Database, database_url: str, temporal_server: TemporalServer, capsys: pytest.CaptureFixture[str]
) -> Iterator[Say]:
    """Carry out a command line; give its status and the lines it said."""

    def said(*arguments: str, windows: str = "", rate: str = "* 5; 10 0.5") -> tuple[int, list[str]]:
        configured = UpkeepSettings.model_construct(
            database_url=SecretStr(database_url),
            message_key=SecretStr("for tests"),
            data_keys=SecretStr(KEYS_OF_TESTS),
            grid_rate=rate,
            maintenance_windows=windows,
        )
        status = main(arguments, configured=configured)
        return status, capsys.readouterr().out.splitlines()

    yield said
    said("areas", "set", "06", "--setting-rate")


def line(area: Area, words: str) -> str:
    return f"{area.value} {area.label}  {words}"


def test_at_first_the_setting_holds_in_all_areas(say: Say) -> None:
    status, lines = say("areas")

    assert (status, len(lines)) == (0, len(Area))
    assert lines[0] == line(Area.HOKKAIDO, "毎秒5回まで（HUB_GRID_RATE）")
    assert lines[-1] == line(Area.OKINAWA, "毎秒0.5回まで（HUB_GRID_RATE）")


def test_a_rate_is_set_for_an_area_and_taken_off_again(say: Say) -> None:
    before = say("areas")

    status, lines = say("areas", "set", "06", "--rate", "1.5", "--reason", "先方の依頼")

    changed = line(Area.KANSAI, "毎秒1.5回まで（変更済み）")
    assert (status, lines) == (0, [*before[1][:5], changed, *before[1][6:]])
    assert say("areas", "set", "06", "--setting-rate") == before


def test_an_area_is_stopped_and_let_go_on(say: Say, database: Database) -> None:
    before = say("areas")
    with database.transaction() as session:
        now = business_now(session).astimezone(JST)

    _, (consequence, *stopped) = say("areas", "set", "06", "--paused", "--reason", "障害調査")

    assert consequence.startswith("関西への呼び出しを止めました。進行中の申請 0 件")

    times = [f"{now + timedelta(minutes=later):%Y-%m-%d %H:%M}" for later in (0, 1)]
    words = [f"毎秒5回まで（HUB_GRID_RATE）、{at}から一時停止中（理由: 障害調査）" for at in times]
    assert stopped[5] in [line(Area.KANSAI, one) for one in words]
    assert [*stopped[:5], *stopped[6:]] == [*before[1][:5], *before[1][6:]]
    assert say("areas", "set", "06", "--resumed") == before


def test_a_maintenance_window_is_told_with_its_end(say: Say) -> None:
    _, lines = say("areas", windows=f"{ALWAYS}; 06 none")

    assert all(("までメンテナンス" in words) is not words.startswith("06") for words in lines)


@pytest.mark.parametrize(
    "given", [("11",), ("06", "--rate", "0"), ("06", "--rate", "-1"), ("06", "--paused", "--resumed")], ids=" ".join
)
def test_a_command_line_that_cannot_be_read_changes_nothing(say: Say, given: tuple[str, ...]) -> None:
    before = say("areas")

    with pytest.raises(SystemExit) as ended:
        say("areas", "set", *given)

    assert ended.value.code == 2
    assert say("areas") == before


def test_where_temporal_is_away_it_says_so(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as away:
        away.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
        status, lines = say("areas", "set", "06", "--rate", "1")

    assert (status, len(lines)) == (3, 1)
    assert lines[0].startswith("変えられません: ")


def test_where_temporal_is_away_it_says_what_it_can(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as away:
        away.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
        status, (consequence, *lines) = say("areas", "set", "06", "--paused", "--reason", "障害調査")
    say("areas", "set", "06", "--resumed")

    assert status == 3
    assert consequence.startswith("関西への呼び出しを止めました。")
    assert lines[0].startswith("変更済みの上限は見られません")
    assert len(lines) == 1 + len(Area) and "一時停止中（理由: 障害調査）" in lines[6]


def test_an_area_that_does_not_answer_says_since_when_and_the_end_that_it_told_until_somebody_knows_better(
    say: Say, database: Database
) -> None:
    with database.transaction() as session:
        end = business_now(session) + timedelta(hours=2)
        away = note_absence(session, area=Area.KANSAI, reason="timeout")
        note_absence(session, area=Area.SHIKOKU, reason="HUB-R005", until=end)

    _, lines = say("areas")

    rate = "毎秒5回まで（HUB_GRID_RATE）"
    assert lines[5] == line(Area.KANSAI, f"{rate}、{away.since:%Y-%m-%d %H:%M}から応答なし（timeout）")
    words = f"{end.astimezone(JST):%Y-%m-%d %H:%M}までメンテナンス（先方の告知）"
    assert lines[7] == line(Area.SHIKOKU, f"{rate}、{words}")

    _, (hint, *after) = say("areas", "set", "08", "--answering")
    assert hint == "この記録で待っている案件は、.venv/bin/python -m upkeep wake ですぐに続きます。"
    assert after[7] == line(Area.SHIKOKU, rate)
    assert after[5] == lines[5]

    _, (none, *_) = say("areas", "set", "08", "--answering")
    assert none == "四国には、応答なし・先方のメンテナンス中という記録はありません。"


def test_an_area_that_is_stopped_again_without_a_reason_keeps_the_one_it_has(say: Say) -> None:
    say("areas", "set", "06", "--paused", "--reason", "障害調査")
    _, lines = say("areas", "set", "06", "--paused")
    _, changed = say("areas", "set", "06", "--paused", "--reason", "復旧の確認")
    say("areas", "set", "06", "--resumed")

    assert "一時停止中（理由: 障害調査）" in lines[6]
    assert "一時停止中（理由: 復旧の確認）" in changed[6]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"windows": "* sun 25:00-26:00"}, "HUB_MAINTENANCE_WINDOWS"), ({"rate": "06 often"}, "HUB_GRID_RATE")],
)
def test_a_setting_that_cannot_be_read_is_named_with_its_entry(say: Say, wrong: dict[str, str], named: str) -> None:
    status, lines = say("areas", **wrong)

    assert (status, len(lines)) == (3, 3)
    assert named in lines[1] and next(iter(wrong.values())) in lines[1]
