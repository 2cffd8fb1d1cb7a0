"""``areas``: how the grid operators are called, and changing it while the hub runs."""

import argparse
from typing import Any

from temporalio.client import Client

from models.absences import hold_ups, note_answer
from models.cases.queries import numbers_in_flight
from models.database import Database, Session
from models.pauses import pause_area, paused_areas, resume_area
from rules.holdups import HoldUpKind
from rules.maintenance import parse_windows
from rules.rates import parse_rates
from rules.wording import plain_moment
from runtime.settings import Settings
from schemas.codes import Area, Segment
from temporal.asking import ask_temporal
from temporal.gateway import TemporalAway
from temporal.grid_rates import rate_set, set_rate
from upkeep.console import AGREED, NOT_DONE, say
from upkeep.reading import listed, number_between, one_of, text

_WITHIN = 30.0
"""Seconds that Temporal may take."""


def add_commands(commands: Any) -> None:
    """Add the command to those of ``python -m upkeep``."""
    listing = commands.add_parser("areas", help="一般送配電事業者の呼び出し方を見る・動かしたまま変える")
    listing.set_defaults(command=_list)
    setting = listing.add_subparsers(metavar="命令").add_parser("set", help="エリアの呼び出し方を変える")
    setting.add_argument("area", type=one_of(Area), metavar="エリア", help=listed(Area))
    rate = setting.add_mutually_exclusive_group()
    rate.add_argument(
        "--rate",
        type=number_between(least=0.001, most=9999),
        metavar="数",
        help="1秒あたりの呼び出し数の上限（全ワーカーの合計）",
    )
    rate.add_argument("--setting-rate", action="store_true", help="上限を HUB_GRID_RATE に戻す")
    going = setting.add_mutually_exclusive_group()
    going.add_argument("--paused", action="store_true", help="再開するまで呼び出さない。案件は待つ")
    going.add_argument("--resumed", action="store_true", help="呼び出しを再開する")
    setting.add_argument(
        "--answering",
        action="store_true",
        help="応答なし・メンテナンス中という記録を消す（予定より早く終わったとき）",
    )
    setting.add_argument("--reason", type=text("理由"), metavar="理由", help="一覧に出る")
    setting.set_defaults(command=_set)


def _list(configured: Settings, chosen: argparse.Namespace) -> int:
    async def rates(client: Client) -> dict[Area, float | None]:
        return {area: await rate_set(client, area=area) for area in Area}

    found: dict[Area, float | None] | None = None
    try:
        found = ask_temporal(rates, within=_WITHIN)
    except TemporalAway as away:
        say(f"変更済みの上限は見られません（Temporalが応答しません、{away}）。ほかは次のとおりです。")
    with Database(configured.database_address).transaction() as session:
        paused = paused_areas(session)
        held = hold_ups(session, windows=parse_windows(configured.maintenance_windows))
    own = parse_rates(configured.grid_rate)
    for area in Area:
        rate, one = None if found is None else found[area], held.get(area)
        words = [f"毎秒{own[area]:g}回まで（HUB_GRID_RATE）" if rate is None else f"毎秒{rate:g}回まで（変更済み）"]
        if area in paused:
            words.append(f"{plain_moment(paused[area].since)}から一時停止中（理由: {paused[area].reason or '－'}）")
        if one is not None and one.until is not None:
            told = "（先方の告知）" if one.announced else ""
            words.append(f"{plain_moment(one.until)}までメンテナンス{told}")
        if one is not None and one.kind is HoldUpKind.AWAY and one.since is not None:
            words.append(f"{plain_moment(one.since)}から応答なし（{one.reason}）")
        say(f"{area.value} {area.label}  {'、'.join(words)}")
    return NOT_DONE if found is None else AGREED


def _set(configured: Settings, chosen: argparse.Namespace) -> int:
    area: Area = chosen.area
    if chosen.rate is not None or chosen.setting_rate:

        async def change(client: Client) -> None:
            await set_rate(client, area=area, rate=chosen.rate, reason=chosen.reason or "")

        try:
            ask_temporal(change, within=_WITHIN)
        except TemporalAway as away:
            say(f"変えられません: {away}")
            return NOT_DONE

    def switch(session: Session) -> tuple[bool, int]:
        forgotten = False
        if chosen.paused:
            pause_area(session, area=area, reason=chosen.reason or "")
        if chosen.resumed:
            resume_area(session, area=area)
        if chosen.answering:
            forgotten = note_answer(session, area=area)
        return forgotten, sum(len(numbers_in_flight(session, area=area, segment=segment)) for segment in Segment)

    forgotten, waiting = Database(configured.database_address).run(switch)
    if chosen.paused:
        say(f"{area.label}への呼び出しを止めました。進行中の申請 {waiting} 件と新しい申請は、再開まで待ちます。")
    if chosen.answering:
        say(
            "この記録で待っている案件は、.venv/bin/python -m sweeper.waking ですぐに続きます。"
            if forgotten
            else f"{area.label}には、応答なし・先方のメンテナンス中という記録はありません。"
        )
    return _list(configured, chosen)
