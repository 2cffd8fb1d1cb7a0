"""``deadlines``: the rules on deadlines that hold and will hold, and setting one from a day on."""

from datetime import date

import click

from models.deadlines.operations import NotToCome
from models.deadlines.queries import SetRule
from rules.deadlines import DeadlineTopic, WrongValue, value_words
from runtime.command_lines import Group
from runtime.terminal import say
from schemas.codes import Segment
from upkeep.console import AGREED, MAINTAINER, NOT_DONE, Process, pass_process
from upkeep.reading import day, listed, number_between, one_of, text
from usecases.deadline_rules import DeadlineRuleRequest, list_deadline_rules, set_deadline_rule

_OWN = "広域機関の規則"
_COUNT = number_between(least=0, most=366, whole=True)


@click.group("deadlines", cls=Group, invoke_without_command=True, help="期限の規則を見る・先の日付から変える")
@click.pass_context
def deadlines(context: click.Context) -> int:
    """List them, where no command follows."""
    return AGREED if context.invoked_subcommand else _say_all(context.ensure_object(Process))


@deadlines.command("set", help="先の日付から適用する規則を定める")
@click.option("--segment", type=one_of(Segment), required=True, metavar="区分", help=listed(Segment))
@click.option("--what", "topic", type=one_of(DeadlineTopic), required=True, metavar="規則", help=listed(DeadlineTopic))
@click.option("--business-days", type=_COUNT, metavar="日数", help="営業日")
@click.option("--calendar-days", type=_COUNT, metavar="日数", help="営業日に続けて数える暦日")
@click.option("--amount", type=_COUNT, metavar="数", help="月数または回数")
@click.option("--from", "valid_from", type=day, required=True, metavar="YYYY-MM-DD", help="適用する最初の日")
@click.option(
    "--citation",
    type=text("根拠"),
    default=_OWN,
    metavar="根拠",
    help=f"規則の根拠（指定がなければ「{_OWN}」）",
)
@click.option("--reason", type=text("理由"), required=True, metavar="理由")
@pass_process
def _set(
    process: Process,
    *,
    segment: Segment,
    topic: DeadlineTopic,
    business_days: int | None,
    calendar_days: int | None,
    amount: int | None,
    valid_from: date,
    citation: str,
    reason: str,
) -> int:
    request = DeadlineRuleRequest(
        segment=segment,
        topic=topic,
        business_days=business_days,
        calendar_days=calendar_days,
        amount=amount,
        valid_from=valid_from,
        citation=citation,
        reason=reason,
    )
    try:
        rule = set_deadline_rule(request, actor=MAINTAINER, hub=process.hub)
    except WrongValue:
        options = "--business-days と --calendar-days" if topic.is_period else "--amount"
        say(f"定めませんでした: {topic.label}は {options} で指定してください。")
        return NOT_DONE
    except NotToCome as today:
        say(
            f"定めませんでした: {valid_from} は先の日付ではありません（業務日 {today}）。"
            "規則は翌日以降の日付から適用できます。"
        )
        return NOT_DONE
    say(f"定めました: {_words(rule)}")
    return AGREED


def _say_all(process: Process) -> int:
    rules_listed = list_deadline_rules(actor=MAINTAINER, hub=process.hub)
    say(f"{rules_listed.on} に登録する手続きの規則（登録済みの手続きには、登録した日の規則を終わりまで適用）")
    for segment, rules in rules_listed.holding.items():
        for topic in DeadlineTopic:
            words = value_words(topic, rules.value(topic))
            say(f"  {segment.label}  {topic.label}: {words}  根拠: {rules.citation(topic, segment=segment)}")
    say("これから適用する規則" if rules_listed.to_come else "これから適用する規則はありません")
    for rule in rules_listed.to_come:
        say(f"  {_words(rule)}")
    return AGREED


def _words(rule: SetRule) -> str:
    words = f"{rule.topic.label}: {value_words(rule.topic, rule.value)}"
    return f"{rule.valid_from}から  {rule.segment.label}  {words}  根拠: {rule.citation}  理由: {rule.reason}"
