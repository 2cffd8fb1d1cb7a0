"""Signs that data are read for something else than switches: each retailer beside all others together.

A sign is a reason to ask, and no proof. Where there is too little to go by, there is none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from schemas.codes import Code

TIMES_THE_MARKET = 3
"""From so many times what the others have together, it is a sign."""
TIMES_COLLEAGUES = 5
LEAST_READS = 50
"""Of fewer nobody can say what is usual."""
LEAST_COLLEAGUES = 2
DAYTIME = range(7, 22)
"""Hours of the day (Japan time) in which people work."""
HOURS = 24


class SignKind(Code):
    """What is unusual."""

    INQUIRIES_WITHOUT_SWITCHES = "inquiries", "スイッチングにならない照会"
    READING_WITHOUT_JUDGING = "reading", "判断しない取次の参照"
    ODD_HOURS = "hours", "夜間・早朝の参照"
    ONE_PERSON = "person", "1人に偏った参照"


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a retailer did in some days."""

    retailer_code: str
    inquiries: int = 0
    switches: int = 0
    """Switches and starts that it registered."""
    referrals_read: int = 0
    """Referrals that came in to it, were read, and wait for no decision any more."""
    referrals_unjudged: int = 0
    """Of these, those that it gave no decision on."""
    reads_by_hour: tuple[int, ...] = (0,) * HOURS
    """What its people read, by the hour of the day."""
    reads_by_person: Mapping[str, int] = field(default_factory=dict)

    @property
    def reads(self) -> int:
        """How much its people read."""
        return sum(self.reads_by_hour)

    @property
    def odd_reads(self) -> int:
        """How much of it at night."""
        return sum(count for hour, count in enumerate(self.reads_by_hour) if hour not in DAYTIME)


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something unusual."""

    kind: SignKind
    retailer_code: str
    value: float
    """Inquiries for each switch, a share of the referrals or of the reads, or reads of the person."""
    usual: float
    """The same of the others together, or of the person's colleagues."""
    user_id: str | None = None


@dataclass(frozen=True)
class Ratio:
    """What is compared with the market: a part of a whole, or so many for each."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / max(self.whole, 1)


def inquiries_for_each_switch(habits: Habits) -> Ratio:
    return Ratio(habits.inquiries, habits.switches)


def share_unjudged(habits: Habits) -> Ratio:
    return Ratio(habits.referrals_unjudged, habits.referrals_read)


def share_at_night(habits: Habits) -> Ratio:
    return Ratio(habits.odd_reads, habits.reads)


RATIOS = {
    SignKind.INQUIRIES_WITHOUT_SWITCHES: inquiries_for_each_switch,
    SignKind.READING_WITHOUT_JUDGING: share_unjudged,
    SignKind.ODD_HOURS: share_at_night,
}


def signs(market: Sequence[Habits]) -> list[Sign]:
    """Give what is unusual among retailers, the furthest from what is usual first."""
    if not market:
        return []
    found = [*_beside_the_market(market), *(sign for habits in market for sign in _beside_colleagues(habits))]
    return sorted(found, key=lambda sign: sign.value / max(sign.usual, 0.01), reverse=True)


def _beside_the_market(market: Sequence[Habits]) -> Iterator[Sign]:
    for kind, ratio_of in RATIOS.items():
        ratios = {habits.retailer_code: ratio_of(habits) for habits in market}
        everybody = _together(ratios.values())
        for code, own in ratios.items():
            others = Ratio(everybody.part - own.part, everybody.whole - own.whole)
            if own.part >= LEAST_READS and others.whole and own.value >= TIMES_THE_MARKET * others.value:
                yield Sign(kind=kind, retailer_code=code, value=own.value, usual=others.value)


def _together(ratios: Iterable[Ratio]) -> Ratio:
    parts, wholes = zip(*((each.part, each.whole) for each in ratios), strict=True)
    return Ratio(sum(parts), sum(wholes))


def _beside_colleagues(habits: Habits) -> Iterator[Sign]:
    for user_id, count in habits.reads_by_person.items():
        others = [reads for other, reads in habits.reads_by_person.items() if other != user_id]
        if count < LEAST_READS or len(others) < LEAST_COLLEAGUES:
            continue
        usual = median(others)
        if count >= TIMES_COLLEAGUES * usual:
            yield Sign(
                kind=SignKind.ONE_PERSON,
                retailer_code=habits.retailer_code,
                value=count,
                usual=usual,
                user_id=user_id,
            )
