"""A case under random commands, news and time, with a grid operator that is slow, late and says things twice.

Commands are stored, and taken later in the order they were stored; answers of the grid operator get lost;
calls that nobody wants any more may still arrive; what the watch read may be told long after. Whatever
happens, a case that has ended has nothing left at the grid operator and changes no more, and every case
can be brought to its end.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rules.core import next_alarm
from rules.procedure.application import AtGrid
from rules.procedure.calls import ApplicationCall, GridCall, InquiryCall, application_calls, wanted_calls
from rules.procedure.events import Command, CommandKind, Event, GridNews, NewsKind, TimePassed
from rules.procedure.interventions import RECORDABLE
from rules.procedure.outcomes import NothingNew, Transition
from rules.switching.state import SwitchingCase
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind, ApplicationState, CasePhase, Decision, MeterWork
from schemas.findings import Refusal
from tests.rules.model_grid import ModelGrid, Verdict
from tests.support.core.next_phases import NEXT_PHASES
from tests.support.core.switching_case import START, Switch
from tests.support.moments import day

KINDS = st.sampled_from(SWITCHING_APPLICATIONS)
VERDICTS = st.sampled_from([*[Verdict.SOUND] * 3, *[Verdict.DEFECTIVE] * 2, Verdict.REFUSED, Verdict.TOO_LATE])
MOSTLY = st.sampled_from([True, True, False])
SPANS = st.sampled_from([timedelta(seconds=1), timedelta(minutes=30), timedelta(hours=9), timedelta(days=1), None])
"""None: until the next alarm."""
SHIFTS = st.integers(-3, 10).map(lambda days: timedelta(days=days))
TO_BE_FILED = (ApplicationState.NOT_FILED, ApplicationState.CANCELLED)
THERE = (ApplicationState.RECEIVED, ApplicationState.MATCHED)
ENDED_BEFORE_MATCHING = (
    CasePhase.WITHDRAWN,
    CasePhase.UNMATCHED,
    CasePhase.REJECTED,
    CasePhase.DECISION_EXPIRED,
    CasePhase.CLOSED,
)


@dataclass
class Running:
    """A call that was made. When it is no longer wanted, it may arrive all the same."""

    call: GridCall
    wanted: bool = True


class CaseMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.grid = ModelGrid()
        self.stored: list[Command] = []
        self.running: dict[str, Running] = {}
        self.inbox: list[GridNews] = []
        self.read_by_watch: list[GridNews] = []
        self.ended_as: SwitchingCase | None = None

    @initialize(
        july=st.integers(1, 31),
        days_ahead=st.integers(20, 60),
        work=st.sampled_from(list(MeterWork)),
        decided=st.sampled_from([True, True, True, False]),
        filed=st.sets(KINDS),
        answered=st.sets(KINDS),
    )
    def register(
        self,
        july: int,
        days_ahead: int,
        work: MeterWork,
        decided: bool,
        filed: set[ApplicationKind],
        answered: set[ApplicationKind],
    ) -> None:
        at = day(f"2026-07-{july:02}")
        self.case = Switch(at=at, wished=at.date() + timedelta(days=days_ahead), meter_work=work)
        if decided:
            self._happens(self.case.decision())
            for kind in sorted(filed):
                self._happens(self.case.filing(kind))
            for kind in sorted(filed & answered):
                self._arrives(self.case.call(kind).key, Verdict.SOUND, answer_is_lost=False)

    # What the retailers do

    @precondition(lambda self: self.case.phase() is CasePhase.AWAITING_DECISION)
    @rule(decision=st.sampled_from([Decision.ACCEPT] * 5 + [Decision.REJECT]), at_once=MOSTLY)
    def decide(self, decision: Decision, at_once: bool) -> None:
        self._store(self.case.decision(decision), at_once=at_once)

    @precondition(lambda self: self.case.phase() is CasePhase.AWAITING_DECISION)
    @rule(shift=SHIFTS, work=st.sampled_from([None, *MeterWork]), at_once=MOSTLY)
    def amend(self, shift: timedelta, work: MeterWork | None, at_once: bool) -> None:
        wished = self.case.state.wished_date + shift
        self._store(self.case.command(CommandKind.AMEND, wished_date=wished, meter_work=work), at_once=at_once)

    @precondition(lambda self: self.case.phase() is CasePhase.AWAITING_APPLICATIONS)
    @rule(kind=KINDS, work=st.sampled_from([MeterWork.NOT_NEEDED, MeterWork.NOT_NEEDED, None]), at_once=MOSTLY)
    def file_or_correct(self, kind: ApplicationKind, work: MeterWork | None, at_once: bool) -> None:
        to_be_filed = self.case.state.application(kind).state in TO_BE_FILED
        make = self.case.filing if to_be_filed else self.case.correction
        self._store(make(kind, meter_work=work), at_once=at_once)

    @precondition(lambda self: self.case.phase() is CasePhase.AWAITING_APPLICATIONS)
    @rule(
        subject=st.sampled_from([*SWITCHING_APPLICATIONS, *SWITCHING_APPLICATIONS, CommandKind.WITHDRAW]),
        at_once=MOSTLY,
    )
    def cancel_or_withdraw(self, subject: ApplicationKind | CommandKind, at_once: bool) -> None:
        command = (
            self.case.cancellation(subject) if isinstance(subject, ApplicationKind) else self.case.command(subject)
        )
        self._store(command, at_once=at_once)

    # What the hub operator does

    @precondition(lambda self: not self.case.state.ended)
    @rule(
        kind=st.sampled_from([CommandKind.SUSPEND, CommandKind.RESUME, CommandKind.RESUME, CommandKind.CLOSE]),
        at_once=MOSTLY,
    )
    def the_hub_operator_intervenes(self, kind: CommandKind, at_once: bool) -> None:
        self._store(self.case.command(kind, effective_date=None), at_once=at_once)

    @precondition(lambda self: not self.case.state.ended)
    @rule(of_new=st.booleans(), at_once=MOSTLY)
    def a_successor_takes_a_place(self, of_new: bool, at_once: bool) -> None:
        leaving = self.case.state.new_retailer if of_new else self.case.state.current_retailer
        self._store(self.case.succession(leaving=leaving, successor=f"2{leaving[1:]}"), at_once=at_once)

    @precondition(lambda self: self._recordable())
    @rule(data=st.data(), at_once=MOSTLY)
    def what_the_grid_operator_says_is_recorded_by_hand(self, data: st.DataObject, at_once: bool) -> None:
        news = data.draw(st.sampled_from(self._recordable()))
        self._store(
            self.case.record(
                news.kind,
                news.application,
                application_number=news.application_number,
                occurred_at=news.occurred_at,
                effective_date=news.effective_date,
                meter_work=news.meter_work,
            ),
            at_once=at_once,
        )

    # What the hub does

    @precondition(lambda self: self.stored)
    @rule()
    def commands_are_taken(self) -> None:
        while self.stored:
            command = self.stored.pop(0)
            self._ring_until(command.at)
            self._happens(command)

    @precondition(lambda self: self.inbox)
    @rule()
    def news_is_taken(self) -> None:
        while self.inbox:
            news = self.inbox.pop(0)
            self._ring_until(news.at)
            if isinstance(self._happens(news), Transition):
                wanted = wanted_calls(self.case.state)
                assert self.case.ignores(news), "the same news again says nothing new"
                assert wanted_calls(self.case.state) == wanted

    @rule(span=SPANS, at_once=MOSTLY)
    def time_passes(self, span: timedelta | None, at_once: bool) -> None:
        alarm = next_alarm(self.case.state)
        if span is not None:
            self.case.now += span
        elif alarm is not None:
            self.case.now = max(self.case.now, alarm.at)
        if at_once:
            self._ring_until(self.case.now)

    # What happens between the hub and the grid operator

    @precondition(lambda self: self.running)
    @rule(data=st.data(), verdict=VERDICTS, answered=MOSTLY, at_once=MOSTLY)
    def a_call_arrives(self, data: st.DataObject, verdict: Verdict, answered: bool, at_once: bool) -> None:
        self._arrives(data.draw(st.sampled_from(sorted(self.running))), verdict, answer_is_lost=not answered)
        if at_once:
            self.news_is_taken()

    @precondition(lambda self: self.grid.applications)
    @rule(at_once=MOSTLY)
    def the_watch_reads(self, at_once: bool) -> None:
        self.read_by_watch += self._statuses("watch")
        if at_once:
            self.inbox += self._statuses("watch")
            self.news_is_taken()

    @precondition(lambda self: self.read_by_watch)
    @rule(data=st.data(), at_once=MOSTLY)
    def the_watch_tells_what_it_read_before(self, data: st.DataObject, at_once: bool) -> None:
        place = data.draw(st.integers(0, len(self.read_by_watch) - 1))
        self.inbox.append(replace(self.read_by_watch.pop(place), at=self.case.now))
        if at_once:
            self.news_is_taken()

    # What the grid operator does by itself

    @precondition(lambda self: self.grid.pair())
    @rule()
    def the_grid_matches(self) -> None:
        self.grid.match(self.case.now)

    @precondition(lambda self: self.grid.numbers(ApplicationState.MATCHED))
    @rule(data=st.data())
    def the_grid_completes_one(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.grid.numbers(ApplicationState.MATCHED)))
        self.grid.applications[number].become(ApplicationState.COMPLETED, self.case.now)

    @precondition(lambda self: self.grid.numbers(ApplicationState.MATCHED))
    @rule()
    def the_grid_cancels_what_is_matched(self) -> None:
        for number in self.grid.numbers(ApplicationState.MATCHED):
            self.grid.applications[number].become(ApplicationState.CANCELLED, self.case.now)

    @precondition(lambda self: self.grid.numbers(ApplicationState.RECEIVED))
    @rule(
        data=st.data(),
        state=st.sampled_from([ApplicationState.DEFECTIVE, ApplicationState.UNMATCHED, ApplicationState.CANCELLED]),
    )
    def the_grid_thinks_otherwise(self, data: st.DataObject, state: ApplicationState) -> None:
        number = data.draw(st.sampled_from(self.grid.numbers(ApplicationState.RECEIVED)))
        self.grid.applications[number].become(state, self.case.now)

    @precondition(lambda self: self.grid.numbers(*THERE))
    @rule(shift=SHIFTS, work=st.sampled_from([None, *MeterWork]))
    def the_grid_moves_the_date(self, shift: timedelta, work: MeterWork | None) -> None:
        self.grid.moved_to, self.grid.meter_work = self.case.state.effective_date + shift, work

    # What holds at any time

    @invariant()
    def an_ended_case_changes_no_more_and_wants_nothing(self) -> None:
        if self.ended_as is not None:
            assert self.case.state == self.ended_as
            assert (wanted_calls(self.ended_as), next_alarm(self.ended_as)) == ((), None)

    @invariant()
    def an_ended_case_leaves_nothing_at_the_grid_operator(self) -> None:
        if self.case.phase() in ENDED_BEFORE_MATCHING:
            assert self.grid.numbers(*THERE) == []

    @invariant()
    def what_is_at_the_grid_operator_is_followed(self) -> None:
        if not self.case.state.ended:
            followed = [
                application.number for application in self.case.state.applications if application.may_be_at_grid
            ]
            assert set(self.grid.numbers(*THERE)) <= set(followed)

    @invariant()
    def what_is_under_way_has_its_one_call(self) -> None:
        applications = self.case.state.applications
        under_way = (ApplicationState.SENDING, ApplicationState.CANCELLING)
        called = [call.application for call in application_calls(self.case.state)]
        taken_back = [application for application in applications if application.state is ApplicationState.CANCELLING]
        if len(taken_back) < 2:
            assert called == [application.kind for application in applications if application.state in under_way]
        else:  # what the grid operator holds first, and never what it may not hold beside that
            kinds_at_grid = [application.kind for application in taken_back if application.at_grid is AtGrid.YES]
            assert called == (kinds_at_grid or [taken_back[0].kind])
        if self.case.phase() is CasePhase.CANCELLING:
            assert called
            assert set(called) <= {application.kind for application in applications if application.may_be_at_grid}

    def teardown(self) -> None:
        """See that, whatever came before, a grid operator that works again brings the case to its end."""
        if not hasattr(self, "case"):
            return
        for _ in range(100):
            if self.case.state.ended:
                break
            self._everybody_does_their_part()
        else:
            raise AssertionError(f"the case does not end: {self.case.state}")
        for key in sorted(self.running):
            self._arrives(key, Verdict.SOUND, answer_is_lost=False)
        self.an_ended_case_leaves_nothing_at_the_grid_operator()

    def _everybody_does_their_part(self) -> None:
        self.commands_are_taken()
        if self.case.state.suspended and isinstance(self._happens(self.case.resumption()), Refusal):
            self._happens(self.case.command(CommandKind.CLOSE))
        if self.case.phase() is CasePhase.ONE_SIDE_DONE and not self.grid.numbers(ApplicationState.MATCHED):
            self._happens(self.case.command(CommandKind.CLOSE))
        for key in sorted(self.running):
            self._arrives(key, Verdict.SOUND, answer_is_lost=False)
        if self.grid.pair():
            self.grid.match(self.case.now)
        if self.case.now.date() > self.case.state.effective_date:
            for number in self.grid.numbers(ApplicationState.MATCHED):
                self.grid.applications[number].become(ApplicationState.COMPLETED, self.case.now)
        self.inbox += self._statuses("watch")
        self.news_is_taken()
        self.case.now += timedelta(days=1)
        self._ring_until(self.case.now)

    # How it is done

    def _store(self, command: Command, *, at_once: bool) -> None:
        self.stored.append(command)
        if at_once:
            self.commands_are_taken()

    def _happens(self, event: Event) -> object:
        before = self.case.state
        outcome = self.case.happens(event)
        after = self.case.state
        if isinstance(outcome, Transition):
            assert after.phase is before.phase or after.phase in NEXT_PHASES[before.phase]
            assert after.version - before.version in (0, 1)
            assert after.inquiry >= before.inquiry
        if after.ended and self.ended_as is None:
            self.ended_as = after
        self._follow_calls()
        return outcome

    def _follow_calls(self) -> None:
        wanted = {call.key: call for call in wanted_calls(self.case.state)}
        for key, running in self.running.items():
            running.wanted = key in wanted
        for key, call in wanted.items():
            self.running.setdefault(key, Running(call))

    def _ring_until(self, moment: datetime) -> None:
        rung = 0
        while (alarm := next_alarm(self.case.state)) is not None and alarm.at <= moment:
            if self.stored and self.stored[0].at < alarm.at:
                self._happens(self.stored.pop(0))  # in time is what was stored in time
            else:
                assert not isinstance(self._happens(TimePassed(moment)), NothingNew)
                rung += 1
                assert rung < 20, "an alarm that has rung stays in the past"

    def _arrives(self, key: str, verdict: Verdict, *, answer_is_lost: bool) -> None:
        running = self.running[key]
        if isinstance(running.call, InquiryCall):
            inquired = self.case.status(NewsKind.INQUIRED, START, inquiry=running.call.inquiry)
            all_news = [*self._statuses(key), inquired]
        else:
            all_news = [self._answer(running.call, verdict)]
        if running.wanted and answer_is_lost:
            return  # it is made again
        del self.running[key]
        if running.wanted:
            self.inbox += all_news
        self._follow_calls()

    def _answer(self, call: ApplicationCall, verdict: Verdict) -> GridNews:
        news = self.grid.answer(call, verdict, self.case.now)
        return GridNews(
            kind=news,
            application=call.application,
            application_number=call.application_number,
            cause=f"{call.key}-{news.value}",
            at=self.case.now,
        )

    def _statuses(self, cause: str) -> list[GridNews]:
        return [
            GridNews(
                kind=application.news,
                application=application.kind,
                application_number=number,
                cause=f"{cause}-{number}",
                at=self.case.now,
                occurred_at=application.changed_at,
                effective_date=self._date_told(application.news),
                meter_work=self.grid.meter_work if application.news is NewsKind.RECEIVED else None,
            )
            for number, application in self.grid.applications.items()
        ]

    def _recordable(self) -> list[GridNews]:
        return [news for news in self._statuses("by telephone") if news.kind in RECORDABLE]

    def _date_told(self, news: NewsKind) -> date | None:
        return self.grid.moved_to if news in (NewsKind.RECEIVED, NewsKind.MATCHED) else None


TestCase = CaseMachine.TestCase
