"""Attacks by good messages that are too many for one, or that wait for somebody who is slow."""

from collections.abc import Sequence

from tools.siege.flood import flood
from tools.siege.lines import registered
from tools.siege.target import Attack, Target
from tools.siege.wording import listing, read, request

_SLOW_AREA = "03"
_SLOW, _DOWN = {"delay_seconds": 9.0}, {"down": True}
_AREAS = tuple(f"{number:02d}" for number in range(1, 11))


def _about_slow_area(target: Target) -> Sequence[bytes]:
    return [request(target, target.inquiries[_SLOW_AREA])]


def _about_all_areas(target: Target) -> Sequence[bytes]:
    return [request(target, body) for body in target.inquiries.values()]


ATTACKS = (
    Attack(
        name="one-area-slow",
        label="9秒かかるエリアへの照会 32本",
        assault=flood(registered, _about_slow_area, a_second=60, callers=32),
        areas={_SLOW_AREA: _SLOW},
        seconds=8.0,
        short=True,
    ),
    Attack(
        name="all-areas-slow",
        label="全エリアが9秒かかる、照会 64本",
        assault=flood(registered, _about_all_areas, a_second=60, callers=64),
        areas=dict.fromkeys(_AREAS, _SLOW),
        seconds=8.0,
    ),
    Attack(
        name="area-down",
        label="応答しないエリアへの照会、毎秒20通",
        assault=flood(registered, _about_slow_area, a_second=20, callers=8),
        areas={_SLOW_AREA: _DOWN},
    ),
    Attack(
        name="one-far-above",
        label="1社が他社の100倍を送る、毎秒60通",
        assault=flood(registered, lambda target: [read(target)], a_second=60, callers=32),
        short=True,
    ),
    Attack(
        name="large-lists",
        label="1社が一覧を4本並べて読み続ける",
        assault=flood(registered, lambda target: [listing(target)], a_second=20, callers=4),
    ),
)
