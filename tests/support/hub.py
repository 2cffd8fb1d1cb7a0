"""The hub from the stored message to the workflow, with real PostgreSQL and Temporal, for tests and recordings."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select, text, update
from temporalio.api.enums.v1 import EventType
from temporalio.api.failure.v1 import Failure
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus, WorkflowHistory
from temporalio.worker import Worker

from models.cases.commands import StoredMessage
from models.cases.queries import case_history
from models.cases.tables import CaseRow
from models.clock import business_now, move_clock
from models.database import Database, Session
from models.messages.queries import answer_of, unanswered
from rules.lone_application.state import LoneApplication
from rules.procedure.events import Command, CommandKind, GridNews, NewsKind
from rules.procedure.outcomes import HistoryKind
from rules.steps import CommandAnswer
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, Area, CasePhase
from temporal.gateway import TemporalAway, TemporalGateway
from temporal.handover import hand_over_case, handover
from temporal.names import grid_queue
from tests.support import case_applications, interventions, referrals
from tests.support.case_steps import case_state
from tests.support.lone_applications import lone_state
from tests.support.messages import KEY
from tests.support.processes import wait_until
from tests.support.sandbox import sandboxed_runner, with_patience
from tests.support.scripted_grid import ScriptedGrid
from tests.support.steps_in_histories import was_done
from tests.support.temporal import LoopThread, TemporalServer, TestedWorker, current_details, fast_forward
from usecases.actors import Maintainer
from usecases.hub import Hub as Parts
from usecases.hub import Systems
from usecases.waking import ClockMoveRequest, Woken, move_clock_and_wake, wake_cases
from worker import bulk_workers, case_worker, scheduled_activities, scheduled_worker

T = TypeVar("T")
Store = Callable[[Session, str], StoredMessage]


@dataclass
class Hub:
    """What stands between a face and the grid operator."""

    database: Database
    server: TemporalServer
    loop: LoopThread
    gateway: TemporalGateway
    worker: TestedWorker
    grid: ScriptedGrid

    @property
    def systems(self) -> Systems:
        """What the use cases that look after records work with."""
        return Systems(database=self.database, gateway=self.gateway)

    def open(self, **changes: object) -> str:
        """Register a referral, start its workflow, and give the case number."""
        case_number = referrals.open_case(self.database, **changes)
        self.hand_over(case_number)
        return case_number

    def store(self, case_number: str, command: Store) -> StoredMessage:
        """Store a command without delivering it."""
        with self.database.transaction() as session:
            return command(session, case_number)

    def hand_over(self, case_number: str, *, timeout: float = 20.0, gateway: TemporalGateway | None = None) -> None:
        """Deliver what is stored."""
        hand_over_case(
            database=self.database, gateway=gateway or self.gateway, case_number=case_number, timeout=timeout
        )

    def give(self, case_number: str, command: Store) -> CommandAnswer:
        """Store a command, deliver it, and give its answer."""
        stored = self.store(case_number, command)
        self.hand_over(case_number)
        return self.answer(stored)

    def intervene(self, case_number: str, kind: CommandKind, **fields: Any) -> CommandAnswer:
        """Have the hub operator intervene in a case, and give the answer."""
        return self.give(case_number, lambda session, number: interventions.intervene(session, number, kind, **fields))

    def answer(self, stored: StoredMessage) -> CommandAnswer:
        with self.database.transaction() as session:
            answer = answer_of(session, key=stored.key)
        assert answer is not None, "the command is not answered"
        return answer

    def state(self, case_number: str) -> SwitchingCase:
        """Give the case as its row stands."""
        with self.database.transaction() as session:
            return case_state(session, case_number)

    def lone(self, number: str) -> LoneApplication:
        """Give an application on its own as its row stands."""
        with self.database.transaction() as session:
            return lone_state(session, number)

    def lines(self, case_number: str) -> list[HistoryKind]:
        """Give what the lines of the 案件履歴 say."""
        with self.database.transaction() as session:
            return [written.line.kind for written in case_history(session, case_number=case_number)]

    def now(self) -> datetime:
        with self.database.transaction() as session:
            return business_now(session)

    def wait_for(self, case_number: str, phase: CasePhase) -> SwitchingCase:
        wait_until(
            lambda: self.state(case_number).phase is phase, what=f"{phase.label}: {self.state(case_number)}", within=20
        )
        return self.state(case_number)

    def wait_for_line(self, case_number: str, kind: HistoryKind, *, times: int = 1) -> None:
        """Wait until a line stands in the 案件履歴."""
        wait_until(
            lambda: self.lines(case_number).count(kind) >= times, what=f"{kind.label}: {self.lines(case_number)}"
        )

    def tell(self, case_number: str, kind: NewsKind, application: ApplicationKind, **more: object) -> None:
        """Tell a case news, as the status watch does."""
        self.gateway.signal_news(case_number, [self.news(case_number, kind, application, **more)])

    def news(self, case_number: str, kind: NewsKind, application: ApplicationKind, **more: object) -> GridNews:
        """Make news of an application, as the status watch does."""
        number = self.state(case_number).application(application).number
        assert number is not None
        return GridNews(kind, application, number, f"watch-{number}-{kind.value}", self.now(), **more)  # type: ignore[arg-type]

    def move_in_step(self, case_number: str, to: datetime) -> None:
        """Move the business clock and the workflow's own together, to just after a moment."""
        by = to - self.now() + timedelta(seconds=1)
        with self.database.transaction() as session:
            move_clock(session, by=by)
        self.move_workflow_alone(case_number, by=by)

    def move_clock_to(self, to: datetime) -> None:
        """Move the business clock to just after a moment and tell the open cases, as people do."""
        by = to - self.now() + timedelta(seconds=1)
        woken = move_clock_and_wake(ClockMoveRequest(by=by), actor=Maintainer(), hub=self.systems)
        assert woken.missed == []

    def wake(self) -> Woken:
        """Have all open cases look anew, as people do."""
        return wake_cases(actor=Maintainer(), hub=self.systems)

    def move_clock(self, to: datetime) -> None:
        """Move the business clock to just after a moment, and tell nobody."""
        with self.database.transaction() as session:
            move_clock(session, by=to - business_now(session) + timedelta(seconds=1))

    def move_workflow_alone(self, case_number: str, *, by: timedelta) -> None:
        """Move a workflow's own clock, and not the business clock."""
        self.loop.ask(lambda client: fast_forward(client, case_number, by))

    def history(self, case_number: str) -> WorkflowHistory:
        return self.loop.ask(lambda client: client.get_workflow_handle(case_number).fetch_history())

    def count(self, case_number: str, event_type: EventType.ValueType) -> int:
        """Count the events of a kind in the workflow's history."""
        return sum(event.event_type == event_type for event in self.history(case_number).events)

    def description(self, case_number: str) -> WorkflowExecutionDescription:
        """Give what Temporal says of the workflow."""
        return self.loop.ask(lambda client: client.get_workflow_handle(case_number).describe())

    def run_of(self, case_number: str) -> str:
        """Give the id of the workflow's newest run."""
        return self.description(case_number).run_id

    def status_of_run(self, case_number: str, run_id: str) -> WorkflowExecutionStatus | None:
        """Tell how one run of a case's workflow stands."""
        return self.loop.ask(lambda client: client.get_workflow_handle(case_number, run_id=run_id).describe()).status

    def why_it_failed(self, case_number: str) -> str:
        """Give what the history says of the failure that ended the workflow."""
        return self.history(case_number).events[-1].workflow_execution_failed_event_attributes.failure.message

    def last_failure(self, case_number: str) -> Failure | None:
        """Give why the workflow's activity failed the last time, as Temporal keeps it."""
        pending = self.description(case_number).raw_description.pending_activities
        return next((activity.last_failure for activity in pending if activity.HasField("last_failure")), None)

    def terminate(self, case_number: str) -> None:
        """End a case's run as an operator would by hand."""
        self.loop.ask(lambda client: client.get_workflow_handle(case_number).terminate("by hand"))

    def cancel(self, case_number: str) -> None:
        """Ask for the cancellation of a case's workflow, as the Temporal UI's button does."""
        self.loop.ask(lambda client: client.get_workflow_handle(case_number).cancel())

    def cancellation_was_heard(self, case_number: str) -> bool:
        """Tell whether the case looked at its row after a cancellation was asked for."""
        events = list(self.history(case_number).events)
        requested_at = [event.event_type for event in events].index(
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED
        )
        return any(was_done(event) for event in events[requested_at:])

    def is_taking(self, case_number: str, command: Command) -> bool:
        """Hand a command over without waiting for its answer, and tell whether its step is being written."""
        with suppress(TemporalAway):
            self.gateway.take_command(command, timeout=0.5)
        return bool(self.description(case_number).raw_description.pending_activities)

    def sql(self, statement: str, **values: Any) -> None:
        """Do to the database what no part of the hub would; triggers and foreign keys look away."""
        with self.database.transaction() as session:
            session.execute(text("SET LOCAL session_replication_role = replica"))
            session.execute(text(statement), values)

    def row(self, case_number: str) -> dict[str, Any]:
        """Give a case's row as it stands, to be put back later."""
        with self.database.transaction() as session:
            row = session.get_one(CaseRow, case_number)
            return {column.key: getattr(row, column.key) for column in CaseRow.__table__.columns}

    def put_row_back(self, case_number: str, columns: dict[str, Any]) -> None:
        """Put a case's row back, and its history, as a database that was put back has them."""
        self.sql("DELETE FROM case_history WHERE case_number = :n AND step > :s", n=case_number, s=columns["step"])
        with self.database.transaction() as session:
            session.execute(update(CaseRow).where(CaseRow.case_number == case_number).values(columns))

    def lose(self, case_number: str) -> None:
        """Have the database forget a case, as one that was put back to before its registration."""
        for table in ("mail_intents", "applications", "deliveries", "messages", "case_history", "cases"):
            self.sql(f"DELETE FROM {table} WHERE case_number = :n", n=case_number)

    @contextmanager
    def row_locked(self, case_number: str) -> Iterator[None]:
        """Hold a case's row, so that its steps wait."""
        with self.database.transaction() as session:
            session.execute(select(CaseRow.step).where(CaseRow.case_number == case_number).with_for_update())
            yield

    def stop_worker(self, case_number: str) -> None:
        """Stop the worker once it has nothing in its hands that would have to time out first."""
        self.wait_idle(case_number)
        self.worker.stop()

    def summary(self, case_number: str) -> str | None:
        """Give what the Temporal UI shows of the case in its list."""

        async def asked(client: Client) -> str | None:
            return await (await client.get_workflow_handle(case_number).describe()).static_summary()

        return self.loop.ask(asked)

    def current_details(self, case_number: str) -> str:
        """Give the text that the Temporal UI shows of the case, once its worker has caught up."""
        self.wait_idle(case_number)
        return self.loop.ask(lambda client: current_details(client, case_number))

    def details_at_work(self, case_number: str) -> str:
        """Give the same text while a call to the grid operator is under way."""
        return self.loop.ask(lambda client: current_details(client, case_number))

    def wait_closed(self, case_number: str) -> None:
        """Wait until the case's workflow has completed."""
        wait_until(
            lambda: self.description(case_number).status is WorkflowExecutionStatus.COMPLETED,
            what=f"the end of {case_number}",
        )

    def wait_idle(self, case_number: str) -> None:
        """Wait until a case's workflow waits for the world, and not for its worker."""

        def idle() -> bool:
            raw = self.description(case_number).raw_description
            return not raw.HasField("pending_workflow_task") and not raw.pending_activities

        wait_until(idle, what=f"{case_number} to be idle")

    def unanswered(self, case_number: str) -> list[Command]:
        """List the commands that wait for their answer."""
        with self.database.transaction() as session:
            return unanswered(session, case_number=case_number)

    def apply_both(self, case_number: str) -> None:
        """File both applications and wait until the grid operator has received them."""
        self.give(case_number, case_applications.file_start)
        self.wait_for_line(case_number, HistoryKind.RECEIVED)
        self.give(case_number, case_applications.file_end)
        self.wait_for_line(case_number, HistoryKind.RECEIVED, times=2)


def make_workers(database: Database, grid: ScriptedGrid, gateway: TemporalGateway) -> Callable[[Client], list[Worker]]:
    """Give what makes the hub's workers for a client, Tokyo's calls going to ``grid``.

    :param gateway: what the rows of bulk files reach their cases by.
    """
    parts = Parts(
        database=database,
        gateway=gateway,
        message_key=KEY,
        hand_over=handover(database=database, gateway=gateway, timeout=20.0),
    )

    def make(client: Client) -> list[Worker]:
        calls = Worker(
            client,
            task_queue=grid_queue(Area.TOKYO),
            activities=[grid.call_grid],
            activity_executor=ThreadPoolExecutor(4),
            max_concurrent_activities=4,
        )
        cases = case_worker(client, database, cached_cases=500, runner=sandboxed_runner())
        files = bulk_workers(client, parts, slots=2, runner=sandboxed_runner())
        scheduled = scheduled_worker(
            client, scheduled_activities(parts, unused_days=90, personal_data_days=1826), runner=sandboxed_runner()
        )
        return [with_patience(cases), calls, *map(with_patience, files), with_patience(scheduled)]

    return make
