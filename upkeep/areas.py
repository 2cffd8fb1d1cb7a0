"""``areas``: how the grid operators are called, and changing it while the hub runs."""

import click

from rules.holdups import HoldUpKind
from rules.rates import parse_rates
from rules.wording import paused_since, plain_moment
from runtime.command_lines import Group
from runtime.terminal import say
from schemas.codes import Area
from temporal.gateway import TemporalAway
from upkeep.console import AGREED, MAINTAINER, NOT_DONE, Process, pass_process
from upkeep.reading import listed, number_between, one_of, text
from usecases.areas import AreaCalls, AreaChange, change_area, list_areas


@click.group(
    "areas", cls=Group, invoke_without_command=True, help="一般送配電事業者の呼び出し方を見る・動かしたまま変える"
)
@click.pass_context
def areas(context: click.Context) -> int:
    """List them, where no command follows."""
    return AGREED if context.invoked_subcommand else _say_all(context.ensure_object(Process))


@areas.command("set", help="エリアの呼び出し方を変える")
@click.argument("area", type=one_of(Area), metavar="エリア", help=listed(Area))
@click.option(
    "--rate",
    type=number_between(least=0.001, most=9999),
    metavar="数",
    help="1秒あたりの呼び出し数の上限（全ワーカーの合計）",
)
@click.option("--setting-rate", is_flag=True, help="上限を HUB_GRID_RATE に戻す")
@click.option("--paused", is_flag=True, help="再開するまで呼び出さない。案件は待つ")
@click.option("--resumed", is_flag=True, help="呼び出しを再開する")
@click.option("--answering", is_flag=True, help="応答なし・メンテナンス中という記録を消す（予定より早く終わったとき）")
@click.option("--reason", type=text("理由"), metavar="理由", help="一覧に出る")
@pass_process
def _set(
    process: Process,
    *,
    area: Area,
    rate: float | None,
    setting_rate: bool,
    paused: bool,
    resumed: bool,
    answering: bool,
    reason: str | None,
) -> int:
    if rate is not None and setting_rate:
        raise click.UsageError("--rate と --setting-rate は同時に指定できません")
    if paused and resumed:
        raise click.UsageError("--paused と --resumed は同時に指定できません")
    request = AreaChange(
        area=area,
        rate=rate,
        back_to_setting=setting_rate,
        pause=paused,
        resume=resumed,
        forget_absence=answering,
        reason=reason or "",
    )
    try:
        changed = change_area(request, actor=MAINTAINER, hub=process.hub)
    except TemporalAway as away:
        say(f"変えられません: {away}")
        return NOT_DONE
    if paused:
        say(
            f"{area.label}への呼び出しを止めました。進行中の申請 {changed.in_flight} 件と新しい申請は、"
            "再開まで待ちます。"
        )
    if answering:
        say(
            "この記録で待っている案件は、.venv/bin/python -m upkeep wake ですぐに続きます。"
            if changed.absence_forgotten
            else f"{area.label}には、応答なし・先方のメンテナンス中という記録はありません。"
        )
    return _say_all(process)


def _say_all(process: Process) -> int:
    own_rates = parse_rates(process.settings.grid_rate)
    areas_listed = list_areas(own_rates=own_rates, actor=MAINTAINER, hub=process.hub)
    if areas_listed.rates_unknown:
        say(
            f"変更済みの上限は見られません（Temporalが応答しません、{areas_listed.rates_unknown}）。ほかは次のとおりです。"
        )
    for calls in areas_listed.areas:
        say(f"{calls.area.value} {calls.area.label}  {_words(calls)}")
    return NOT_DONE if areas_listed.rates_unknown else AGREED


def _words(calls: AreaCalls) -> str:
    words = [f"毎秒{calls.rate:g}回まで（{'変更済み' if calls.rate_was_set else 'HUB_GRID_RATE'}）"]
    pause, hold_up = calls.pause, calls.hold_up
    if pause is not None:
        words.append(f"{paused_since(plain_moment(pause.since))}（理由: {pause.reason or '－'}）")
    if hold_up is not None and hold_up.until is not None:
        source = "（先方の告知）" if hold_up.announced else ""
        words.append(f"{plain_moment(hold_up.until)}までメンテナンス{source}")
    if hold_up is not None and hold_up.kind is HoldUpKind.AWAY and hold_up.since is not None:
        words.append(f"{plain_moment(hold_up.since)}から応答なし（{hold_up.reason}）")
    return "、".join(words)
