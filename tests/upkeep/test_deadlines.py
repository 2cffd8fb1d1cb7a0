"""``python -m upkeep deadlines``: what holds and what will hold, and setting a rule from a day on."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pydantic import SecretStr

from models.clock import business_now, move_clock
from models.database import Database
from models.deadlines.queries import deadline_rules
from rules.calendar import day_of
from rules.deadlines import DEADLINE_RULES, Period
from runtime.settings.processes import UpkeepSettings
from schemas.codes import Segment
from tests.support.data_keys import KEYS_OF_TESTS
from upkeep.__main__ import main

Say = Callable[..., tuple[int, str]]
SET = ("deadlines", "set", "--segment", "low_voltage")


@pytest.fixture
def say(database: Database, database_url: str, capsys: pytest.CaptureFixture[str]) -> Say:
    """Carry out a command line; give its status and what it said."""
    configured = UpkeepSettings.model_construct(
        database_url=SecretStr(database_url),
        message_key=SecretStr("for tests"),
        data_keys=SecretStr(KEYS_OF_TESTS),
        deadline_profile="standard",
    )

    def said(*arguments: str) -> tuple[int, str]:
        status = main(arguments, configured=configured)
        return status, capsys.readouterr().out

    return said


@pytest.fixture
def today(database: Database) -> date:
    with database.transaction() as session:
        return day_of(business_now(session))


def test_it_lists_what_holds_with_where_it_stands(say: Say, today: date) -> None:
    status, rules = say("deadlines")

    assert status == 0
    lines = rules.splitlines()
    assert lines[0].startswith(f"{today} に登録する手続きの規則")
    assert "  低圧託送  標準処理期間（計器工事あり）: 8営業日＋2暦日  根拠: 一般送配電事業者の標準処理期間" in lines
    assert "  低圧FIT電源  取次判断の期限: 2営業日  根拠: 広域機関の規則" in lines
    assert lines[-1] == "これから適用する規則はありません"


def test_a_rule_is_set_from_a_day_to_come_and_listed_until_it_holds(say: Say, database: Database, today: date) -> None:
    tomorrow = today + timedelta(days=1)
    words = f"{tomorrow}から  低圧託送  取次判断の期限: 3営業日＋1暦日  根拠: 規程第3条  理由: 年度の改定"

    status, lines = say(
        *SET, "--what", "decision", "--business-days", "3", "--calendar-days", "1", "--from", str(tomorrow),
        "--citation", "規程第3条", "--reason", "年度の改定",
    )  # fmt: skip

    assert (status, lines) == (0, f"定めました: {words}\n")
    assert say("deadlines")[1].splitlines()[-2:] == ["これから適用する規則", f"  {words}"]
    with database.transaction() as session:
        move_clock(session, by=timedelta(days=1))
    assert "  低圧託送  取次判断の期限: 3営業日＋1暦日  根拠: 規程第3条" in say("deadlines")[1].splitlines()


@pytest.mark.parametrize("days", [0, -1, -400])
def test_a_day_that_is_not_to_come_is_refused(say: Say, database: Database, today: date, days: int) -> None:
    chosen = today + timedelta(days=days)

    status, lines = say(*SET, "--what", "decision", "--business-days", "3", "--from", str(chosen), "--reason", "改定")

    assert status == 3
    assert lines == (
        f"定めませんでした: {chosen} は先の日付ではありません（業務日 {today}）。"
        "規則は翌日以降の日付から適用できます。\n"
    )
    with database.transaction() as session:
        rules = deadline_rules(session, segment=Segment.LOW_VOLTAGE, on=date(2099, 1, 1), profile="standard")
    assert rules == DEADLINE_RULES[Segment.LOW_VOLTAGE]


@pytest.mark.parametrize(
    ("what", "given", "wanted"),
    [
        ("decision", ("--amount", "3"), "取次判断の期限は --business-days と --calendar-days"),
        ("decision", (), "取次判断の期限は --business-days と --calendar-days"),
        ("latest_effective_months", ("--business-days", "3"), "異動日の上限は --amount"),
        ("latest_effective_months", ("--amount", "3", "--calendar-days", "3"), "異動日の上限は --amount"),
    ],
    ids=["a number for a period", "nothing", "a period for a number", "both"],
)
def test_a_value_of_the_wrong_kind_is_refused(
    say: Say, today: date, what: str, given: tuple[str, ...], wanted: str
) -> None:
    tomorrow = str(today + timedelta(days=1))

    assert say(*SET, "--what", what, *given, "--from", tomorrow, "--reason", "改定") == (
        3,
        f"定めませんでした: {wanted} で指定してください。\n",
    )


@pytest.mark.parametrize(
    "given",
    [
        ("--business-days", "-1"),
        ("--business-days", "3", "--what", "lunch"),
        ("--business-days", "3", "--from", "soon"),
    ],
    ids=["a negative number", "an unknown rule", "no day"],
)
def test_a_command_line_that_cannot_be_read_sets_nothing(say: Say, today: date, given: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        say(*SET, "--what", "decision", "--from", str(today + timedelta(days=1)), "--reason", "改定", *given)

    assert ended.value.code == 2
    assert say("deadlines")[1].splitlines()[-1] == "これから適用する規則はありません"


def test_a_number_is_set_too(say: Say, database: Database, today: date) -> None:
    tomorrow = today + timedelta(days=1)

    status, lines = say(
        *SET, "--what", "latest_effective_months", "--amount", "4", "--from", str(tomorrow), "--reason", "改定"
    )

    assert status == 0
    assert "異動日の上限: 登録・訂正の日から4か月  根拠: 広域機関の規則" in lines
    with database.transaction() as session:
        rules = deadline_rules(session, segment=Segment.LOW_VOLTAGE, on=tomorrow, profile="standard")
    assert (rules.latest_effective_months, rules.decision) == (4, Period(2))
