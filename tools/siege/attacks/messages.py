"""Attacks by messages that are refused: one registered retailer's, or a caller's that may not come in at all."""

from collections.abc import Callable
from secrets import token_hex

from tools.siege import wording
from tools.siege.flood import flood
from tools.siege.lines import registered, secured
from tools.siege.target import Assault, Attack, Target

_LARGE_A_SECOND = 3.0
"""Of messages of the largest size."""
_DIFFERENT = 20
"""How many messages no two of which have a name in common are made beforehand."""


def _flood(body: Callable[[Target], str], *, a_second: float) -> Assault:
    return flood(registered, lambda target: [wording.request(target, body(target))], a_second=a_second)


def _never_the_same(body: Callable[[Target, str], str]) -> Assault:
    def said(target: Target) -> list[bytes]:
        return [wording.request(target, body(target, token_hex(4))) for _ in range(_DIFFERENT)]

    return flood(registered, said, a_second=_LARGE_A_SECOND)


def _zipped(target: Target) -> list[bytes]:
    return [wording.request(target, target.read, "Content-Encoding: gzip")]


ATTACKS = (
    Attack(
        name="refused",
        label="断られる電文、毎秒40通",
        assault=_flood(wording.wrong_value, a_second=40),
    ),
    Attack(name="broken", label="XMLでない電文、毎秒40通", assault=_flood(wording.broken, a_second=40)),
    Attack(
        name="many-named",
        label="初めての要素名 5,000 の電文、毎秒3通",
        assault=_never_the_same(wording.many_named),
        short=True,
    ),
    Attack(
        name="many-namespaces",
        label="初めての名前空間 3万の電文、毎秒3通",
        assault=_never_the_same(wording.many_spaced),
    ),
    Attack(
        name="wide",
        label="同じ要素 26万の電文、毎秒3通",
        assault=_flood(wording.wide, a_second=_LARGE_A_SECOND),
        short=True,
    ),
    Attack(
        name="many-attributed",
        label="属性 10万の電文、毎秒3通",
        assault=_flood(wording.many_attributed, a_second=_LARGE_A_SECOND),
    ),
    Attack(name="deep", label="15万段の電文、毎秒3通", assault=_flood(wording.deep, a_second=_LARGE_A_SECOND)),
    Attack(name="entities", label="実体が膨らむ電文、毎秒20通", assault=_flood(wording.entities, a_second=20)),
    Attack(
        name="comments",
        label="注釈だらけの電文、毎秒3通",
        assault=_flood(wording.commented, a_second=_LARGE_A_SECOND),
    ),
    Attack(
        name="text-beside",
        label="Bodyに文字が並ぶ 1 MiB の電文、毎秒3通",
        assault=_flood(wording.text_beside, a_second=_LARGE_A_SECOND),
    ),
    Attack(
        name="long-value",
        label="1 MiB の値の電文、毎秒3通",
        assault=_flood(wording.long_value, a_second=_LARGE_A_SECOND),
    ),
    Attack(name="zipped", label="圧縮と称する電文、毎秒40通", assault=flood(registered, _zipped, a_second=40)),
    Attack(
        name="anonymous",
        label="証明書なしの電文、毎秒40通",
        assault=flood(secured, lambda target: [wording.read(target)], a_second=40),
        short=True,
    ),
    Attack(
        name="unregistered",
        label="登録のない証明書の電文、毎秒40通",
        assault=flood(
            lambda target: secured(target, certificate=target.unregistered),
            lambda target: [wording.read(target)],
            a_second=40,
        ),
    ),
)
