"""What each retailer did in some days, counted from the records and the cases (:mod:`rules.misuse`)."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Integer, cast, extract, func, or_, select
from sqlalchemy.orm import Session

from models.cases.tables import CaseRow
from models.participants.tables import ParticipantRow
from models.reads import DataRead
from rules.calendar import start_of
from rules.misuse import HOURS, Habits
from schemas.codes import ApplicationKind, CasePhase, ParticipantRole

_NOBODY = ""
_RETAILER = func.coalesce(DataRead.retailer_code, _NOBODY)


@dataclass(frozen=True, kw_only=True)
class Days:
    """Some days of business time, the last itself included."""

    first: date
    last: date

    @property
    def begin(self) -> datetime:
        return start_of(self.first)

    @property
    def end(self) -> datetime:
        return start_of(self.last + timedelta(days=1))


def habits_of_market(
    session: Session, days: Days, *, interfaces: Collection[str], purposes: Collection[str]
) -> list[Habits]:
    """Count for each retailer what it did.

    :param interfaces: the numbers of what counts as an inquiry of a system; ``purposes``: the same of people.
    """
    inquiries = _inquiries(session, days, interfaces=interfaces, purposes=purposes)
    switches, referrals, reads = _switches(session, days), _referrals(session, days), _reads_of_people(session, days)
    codes = session.scalars(
        select(ParticipantRow.code)
        .where(ParticipantRow.role == ParticipantRole.RETAILER.value)
        .order_by(ParticipantRow.code)
    )
    return [
        Habits(
            retailer_code=code,
            inquiries=inquiries[code],
            switches=switches[code],
            referrals_read=referrals[code][0],
            referrals_unjudged=referrals[code][1],
            reads_by_hour=tuple(_by_hour(reads[code])[hour] for hour in range(HOURS)),
            reads_by_person=_by_person(reads[code]),
        )
        for code in codes
    ]


def _inquiries(session: Session, days: Days, *, interfaces: Collection[str], purposes: Collection[str]) -> Counter[str]:
    of_inquiries = or_(DataRead.interface_number.in_(interfaces), DataRead.purpose.in_(purposes))
    counted = select(_RETAILER, func.count()).where(*_read_in(days), of_inquiries).group_by(_RETAILER)
    return Counter(dict(session.execute(counted).all()))


def _switches(session: Session, days: Days) -> Counter[str]:
    code = func.coalesce(CaseRow.new_retailer, _NOBODY)
    counted = select(code, func.count()).where(
        CaseRow.registered_at >= days.begin,
        CaseRow.registered_at < days.end,
        func.coalesce(CaseRow.application_kind, ApplicationKind.START.value) == ApplicationKind.START.value,
    )
    return Counter(dict(session.execute(counted.group_by(code)).all()))


def _referrals(session: Session, days: Days) -> defaultdict[str, tuple[int, int]]:
    """Count what came in, was read, and waits no longer, and of it what was not judged."""
    read = (
        select(_RETAILER.label("code"), CaseRow.case_number, CaseRow.decided_at)
        .join(DataRead, DataRead.subject == CaseRow.case_number)
        .where(
            *_read_in(days),
            DataRead.retailer_code == CaseRow.current_retailer,
            CaseRow.application_kind.is_(None),
            CaseRow.phase != CasePhase.AWAITING_DECISION.value,
        )
        .distinct()
        .subquery()
    )
    unjudged = func.count().filter(read.c.decided_at.is_(None))
    counted = session.execute(select(read.c.code, func.count(), unjudged).group_by(read.c.code))
    return defaultdict(lambda: (0, 0), {code: (read_ones, left) for code, read_ones, left in counted})


def _reads_of_people(session: Session, days: Days) -> defaultdict[str, Counter[tuple[str, int]]]:
    """Count what people read, by person and hour of the day, at one look."""
    person = func.coalesce(DataRead.user_id, _NOBODY)
    hour = cast(extract("hour", func.timezone("Asia/Tokyo", DataRead.at)), Integer)
    found: defaultdict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for code, user_id, at, count in session.execute(
        select(_RETAILER, person, hour, func.count())
        .where(*_read_in(days), DataRead.user_id.is_not(None))
        .group_by(_RETAILER, person, hour)
    ):
        found[code][user_id, at] = count
    return found


def _read_in(days: Days) -> tuple[ColumnElement[bool], ...]:
    return (DataRead.at >= days.begin, DataRead.at < days.end, DataRead.retailer_code.is_not(None))


def _by_hour(reads: Counter[tuple[str, int]]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for (_, hour), count in reads.items():
        sums[hour] += count
    return sums


def _by_person(reads: Counter[tuple[str, int]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for (user_id, _), count in reads.items():
        sums[user_id] += count
    return sums
