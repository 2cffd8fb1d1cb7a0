"""The office of the samples: weeks of business along the business clock, all made through the models step by step."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from models.cases.grid_findings import note_grid_findings
from models.cases.operations import record_step
from models.clock import business_now, move_clock
from models.database import Database, Session
from rules.calendar import JST, JapaneseCalendar, add_business_days, day_of
from rules.core import next_alarm
from rules.procedure.events import NewsKind, TimePassed
from schemas.codes import ApplicationKind, MeterWork
from schemas.interfaces.common import GridFinding
from tests.support.case_applications import file_end, file_start
from tests.support.case_steps import as_case, case_state, hear, obey_all, step_for
from tests.support.cast import CURRENT, NEW, OTHER
from tests.support.households import HOUSEHOLDS
from tests.support.referrals import register

START, END = ApplicationKind.START, ApplicationKind.END
_TERMS: dict[str, dict[str, Any]] = {
    "due_by_cut_off": {"wished_in": 4},
    "matched_work": {"meter_work": MeterWork.NEEDED},
    "completed": {"wished_in": 3},
    "completed_too": {"wished_in": 3},
    "one_side_done": {"wished_in": 6},
    "unmatched": {"wished_in": 4},
    "grid_cancelled": {"wished_in": 9},
    "matched": {"wished_in": 15},
    "of_yamabiko": {"retailer": OTHER},
    "to_aozora": {"retailer": CURRENT, "current_retailer_code": NEW},
}
"""Where a case differs from most: wished for in three weeks, from みなと電気 to あおぞら電力, no meter work."""


class SampleOffice:
    """Two weeks of business, and the cases in them by name."""

    def __init__(self, database: Database) -> None:
        """Take a database that has the retailers and no cases."""
        self._database = database
        self._first = self._quiet_monday()
        self.numbers: dict[str, str] = {}
        """Case number by name."""
        self.bulk_files: dict[str, str] = {}
        """Number of a bulk file by name."""

    def _quiet_monday(self) -> date:
        """Find two weeks on end without a holiday, so that every day of the story is one."""
        calendar = JapaneseCalendar()
        day = day_of(self._now()) + timedelta(days=1)
        while day.weekday() != 0 or add_business_days(day, 10, calendar) != day + timedelta(days=14):
            day += timedelta(days=1)
        return day

    def _now(self) -> datetime:
        with self._database.transaction() as session:
            return business_now(session)

    def day(self, number: int) -> date:
        """Give a day of the story: 0 is its first Monday."""
        return self._first + timedelta(days=number)

    def at(self, number: int, hour: int, minute: int = 0) -> None:
        """Let time pass until then; at nine each morning and at midnight, deadlines are kept."""
        then = datetime.combine(self.day(number), time(hour, minute), tzinfo=JST)
        while (now := self._now()) < then:
            day = day_of(now)
            stops = [datetime.combine(day + timedelta(days=more), time(at), tzinfo=JST) for more in (0, 1)
                     for at in (0, 9, 23)]  # fmt: skip
            stop = min((stop for stop in stops if stop > now), default=then)
            with self._database.transaction() as session:
                move_clock(session, by=min(stop, then) - business_now(session))
            self._ring()

    def _ring(self) -> None:
        with self._database.transaction() as session:
            for number in self.numbers.values():
                _ring_one(session, number)

    def _do(self, number: str, act: Callable[[Session, str], object]) -> None:
        with self._database.transaction() as session:
            act(session, number)
            obey_all(session, number)

    def registered(self, *names: str) -> None:
        """Register referrals, a minute and some apart."""
        for name in names:
            terms: dict[str, Any] = (
                {"wished_in": 31, "retailer": NEW} | HOUSEHOLDS[name].fields() | _TERMS.get(name, {})
            )
            wished = day_of(self._now()) + timedelta(days=terms.pop("wished_in"))
            with self._database.transaction() as session:
                move_clock(session, by=timedelta(seconds=97))
                answer = register(session, wished_date=wished, **terms).answer
                assert answer is not None, name
            self.numbers[name] = answer.case_number

    def does(self, act: Callable[[Session, str], object], *names: str) -> None:
        """Let the same happen to several cases."""
        for name in names:
            with self._database.transaction() as session:
                move_clock(session, by=timedelta(seconds=71))
            self._do(self.numbers[name], act)

    def files(self, kind: ApplicationKind, *names: str) -> None:
        """File one application of each case."""
        for name in names:
            self.does(_filing(kind, name), name)

    def hears(self, kind: NewsKind, application: ApplicationKind, *names: str, **more: Any) -> None:
        """Let the grid operator tell something of each case."""
        self.does(lambda session, number: hear(session, number, kind, application, **more), *names)

    def both_received(self, *names: str) -> None:
        """Have both applications filed and received."""
        for kind in (START, END):
            self.files(kind, *names)
            self.hears(NewsKind.RECEIVED, kind, *names)

    def matched(self, *names: str) -> None:
        """Have the grid operator match the pair."""
        self.hears(NewsKind.MATCHED, START, *names, occurred_at=self._now())

    def found_defective(self, kind: ApplicationKind, name: str) -> None:
        """Have the grid operator find a defect, in its own words."""
        number = self.numbers[name]
        with self._database.transaction() as session:
            application = case_state(session, number).application(kind)
            assert application.number is not None
            note_grid_findings(
                session,
                application_number=application.number,
                cause=f"{application.number}-1-register",
                revision=1,
                findings=[
                    GridFinding(
                        field="contractNumber",
                        rule="contract-matches-point",
                        message="供給地点特定番号に対する契約番号が一致しません。",
                    )
                ],
            )
        self.hears(NewsKind.DEFECTIVE, kind, name, defects=("contract-matches-point",))


def _filing(kind: ApplicationKind, name: str) -> Callable[[Session, str], object]:
    home, work = HOUSEHOLDS[name], _TERMS.get(name, {}).get("meter_work", MeterWork.NOT_NEEDED)

    def start(session: Session, number: str) -> None:
        named: dict[str, Any] = {"holder_name": home.name, "holder_name_kana": home.kana, "address": home.address}
        file_start(session, number, meter_work=work, **named)

    def end(session: Session, number: str) -> None:
        file_end(session, number, contract_number=home.contract)

    return start if kind is START else end


def _ring_one(session: Session, number: str) -> None:
    """Ring all alarms that are due; what the case then asks the grid operator is answered at once."""
    now = business_now(session)
    while (alarm := next_alarm(state := case_state(session, number))) and alarm.at <= now:
        case = as_case(record_step(session, step=step_for(session, number, TimePassed(now))).state)
        if case.inquiry > state.inquiry:
            hear(session, number, NewsKind.INQUIRED, START if case.start.number else END, inquiry=case.inquiry)
