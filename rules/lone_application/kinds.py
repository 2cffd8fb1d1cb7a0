"""What differs between the kinds of applications on their own: a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.procedure.outcomes import Party
from schemas.codes import ApplicationKind, Area, Segment


@dataclass(frozen=True)
class Window:
    """Which effective dates (異動日) an application can name; the latest is the same as for a referral."""

    first_day: Mapping[Segment, int] | None
    """Days after the application's day, negative where it may be back-dated; None: as the 標準処理期間 allows."""


@dataclass(frozen=True)
class KindRules:
    """How applications of a kind run."""

    applicant: Party
    """On which side of the point the applicant stands."""
    window: Window | None
    """None where it names no date."""
    matched: bool = False
    """True where it needs another retailer's application, and ends as 不成立 without one at its cut-off."""
    declares_meter_work: bool = False
    """True where it says the 計器工事の要否; not said means that work is needed."""
    not_taken_in: frozenset[Area] = frozenset()


def _from_day(day: int) -> Window:
    return Window(dict.fromkeys(Segment, day))


_STANDARD_PERIOD = Window(None)
_NEW, _CURRENT = Party.NEW_RETAILER, Party.CURRENT_RETAILER

KINDS: dict[ApplicationKind, KindRules] = {
    ApplicationKind.START: KindRules(_NEW, _STANDARD_PERIOD, matched=True, declares_meter_work=True),
    ApplicationKind.END: KindRules(_CURRENT, _STANDARD_PERIOD, matched=True),
    ApplicationKind.USAGE_INQUIRY: KindRules(_NEW, None),
    ApplicationKind.RE_ENERGISATION: KindRules(_NEW, _from_day(-31), declares_meter_work=True),
    ApplicationKind.END_OF_SUPPLY: KindRules(
        _CURRENT, Window({Segment.LOW_VOLTAGE: 0, Segment.HIGH_VOLTAGE: 1, Segment.LOW_VOLTAGE_FIT: 1})
    ),
    ApplicationKind.CUSTOMER_DETAILS: KindRules(_CURRENT, _from_day(0)),
    ApplicationKind.PRODUCER_DETAILS: KindRules(_CURRENT, _from_day(0)),
    ApplicationKind.AMPERE_CHANGE: KindRules(
        _CURRENT,
        _from_day(1),
        not_taken_in=frozenset({Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA}),
    ),
}
"""再点 back-dated by 31 days at most, 廃止 on the same day in 低圧託送 alone (the field's practice); アンペア変更 not
in four areas (terms §2.2). Ours: details change from the same day on, amperes from the next, and a 廃止 of the other
segments too; an end application is measured by the period without meter work, which only the start application
declares. All kinds end by the grid operator's 処理完了, as each has a status interface that tells it."""
