"""``deadlines``: the rules on deadlines that hold and will hold, and setting one from a day on."""

import argparse
from collections.abc import Iterator
from typing import Any

from models.clock import business_now
from models.database import Database
from models.deadlines.operations import NotToCome, set_deadline_rule
from models.deadlines.queries import SetRule, deadline_rules, rules_to_come
from rules.calendar import day_of
from rules.deadlines import DeadlineTopic, Period, WrongValue, value_words
from runtime.settings.processes import UpkeepSettings
from schemas.codes import Segment
from upkeep.console import AGREED, NOT_DONE, say
from upkeep.reading import day, listed, number_between, one_of, text

_OWN = "広域機関の規則"
_COUNT = number_between(least=0, most=366, whole=True)


def add_commands(commands: Any) -> None:
    """Add the command to those of ``python -m upkeep``."""
    listing = commands.add_parser("deadlines", help="期限の規則を見る・先の日付から変える")
    listing.set_defaults(command=_list)
    setting = listing.add_subparsers(metavar="命令").add_parser("set", help="先の日付から適用する規則を定める")
    setting.add_argument("--segment", type=one_of(Segment), required=True, metavar="区分", help=listed(Segment))
    setting.add_argument(
        "--what", type=one_of(DeadlineTopic), required=True, metavar="規則", help=listed(DeadlineTopic)
    )
    setting.add_argument("--business-days", type=_COUNT, metavar="日数", help="営業日")
    setting.add_argument("--calendar-days", type=_COUNT, metavar="日数", help="営業日に続けて数える暦日")
    setting.add_argument("--amount", type=_COUNT, metavar="数", help="月数または回数")
    setting.add_argument(
        "--from", type=day, required=True, dest="valid_from", metavar="YYYY-MM-DD", help="適用する最初の日"
    )
    setting.add_argument(
        "--citation", type=text("根拠"), default=_OWN, metavar="根拠", help=f"規則の根拠（指定がなければ「{_OWN}」）"
    )
    setting.add_argument("--reason", type=text("理由"), required=True, metavar="理由")
    setting.set_defaults(command=_set)


def _list(configured: UpkeepSettings, chosen: argparse.Namespace) -> int:
    for line in _holding(Database(configured.database_address), profile=configured.deadline_profile):
        say(line)
    return AGREED


def _holding(database: Database, *, profile: str) -> Iterator[str]:
    with database.transaction() as session:
        today = day_of(business_now(session))
        holding = {segment: deadline_rules(session, segment=segment, on=today, profile=profile) for segment in Segment}
        to_come = rules_to_come(session, after=today)
    yield f"{today} に登録する手続きの規則（登録済みの手続きには、登録した日の規則を終わりまで適用）"
    for segment, rules in holding.items():
        for topic in DeadlineTopic:
            words = value_words(topic, rules.value(topic))
            yield f"  {segment.label}  {topic.label}: {words}  根拠: {rules.citation(topic, segment=segment)}"
    yield "これから適用する規則" if to_come else "これから適用する規則はありません"
    for rule in to_come:
        yield f"  {_words(rule)}"


def _words(rule: SetRule) -> str:
    words = f"{rule.topic.label}: {value_words(rule.topic, rule.value)}"
    return f"{rule.valid_from}から  {rule.segment.label}  {words}  根拠: {rule.citation}  理由: {rule.reason}"


def _set(configured: UpkeepSettings, chosen: argparse.Namespace) -> int:
    try:
        rule = Database(configured.database_address).run(
            lambda session: set_deadline_rule(
                session,
                segment=chosen.segment,
                topic=chosen.what,
                value=_value(chosen),
                valid_from=chosen.valid_from,
                citation=chosen.citation,
                reason=chosen.reason,
            )
        )
    except WrongValue:
        options = "--business-days と --calendar-days" if chosen.what.is_period else "--amount"
        say(f"定めませんでした: {chosen.what.label}は {options} で指定してください。")
        return NOT_DONE
    except NotToCome as today:
        say(
            f"定めませんでした: {chosen.valid_from} は先の日付ではありません（業務日 {today}）。"
            "規則は翌日以降の日付から適用できます。"
        )
        return NOT_DONE
    say(f"定めました: {_words(rule)}")
    return AGREED


def _value(chosen: argparse.Namespace) -> Period | int:
    """What the command line says; neither or both kinds at once are no value of the topic's kind."""
    days, amount = (chosen.business_days, chosen.calendar_days), chosen.amount
    if days == (None, None) and amount is not None:
        return int(amount)
    if days == (None, None) or amount is not None:
        raise WrongValue(chosen.what)
    return Period(days[0] or 0, days[1] or 0)
