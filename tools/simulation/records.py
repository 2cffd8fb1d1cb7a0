"""What a simulation reads from the hub's database while it runs and when it judges."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.base import adapter
from models.cases.queries import case_history
from models.cases.read_model import WrittenLine
from models.clock import business_now
from models.database import Database
from models.messages.intervention import HUB_OPERATOR
from models.messages.queries import commands_given, given_command
from rules.core import Procedure, next_alarm
from rules.procedure.calls import wanted_calls
from rules.procedure.events import Command
from schemas.codes import Area, CasePhase
from tools.simulation.messages import Message

MailIntent = tuple[str, int, str, str]
"""Case, step, kind, retailer."""


_DISAGREEMENTS = """
    SELECT number, coalesce(here.state, '-'), coalesce(there.state, '-')
    FROM applications AS here FULL JOIN grid_stub.applications AS there USING (number)
    WHERE here.number IS NULL
       OR (here.state = 'completed') <> coalesce(there.state IN ('received', 'matched'), false)
    ORDER BY number
"""
"""What is complete there still says 受付 or マッチング成立; what stands there and is not complete is counted apart."""

_GHOSTS = """
    SELECT here.number, cases.phase, there.state
    FROM applications AS here
    JOIN cases ON cases.case_number = here.case_number
    JOIN grid_stub.applications AS there ON there.number = here.number
    WHERE cases.ended_at IS NOT NULL AND here.state <> 'completed' AND there.state IN ('received', 'matched')
    ORDER BY here.number
"""
_FILED_OTHERWISE = """
    SELECT here.number, coalesce(here.filed_under, '-'), there.retailer_code
    FROM applications AS here JOIN grid_stub.applications AS there USING (number)
    WHERE here.filed_under IS DISTINCT FROM there.retailer_code
    ORDER BY here.number
"""


@dataclass(frozen=True)
class Waiting:
    """What has not come to rest."""

    messages: int
    """Stored and not answered."""
    alarms: int
    """Of open procedures, whose moment has come and which have not rung."""
    calls: int
    """Of open procedures, wanted in areas that answer."""

    def __bool__(self) -> bool:
        return bool(self.messages or self.alarms or self.calls)


@dataclass(frozen=True)
class Records:
    """The hub's database, past its faces."""

    database: Database

    def waiting(self, *, silent: Iterable[Area]) -> Waiting:
        """Count what has not come to rest, leaving out calls to areas that answer nobody."""
        with self.database.transaction() as session:
            now = business_now(session)
        with self.database.plain_read() as cursor:
            cursor.execute("SELECT count(*) FROM messages WHERE answered_at IS NULL AND command IS NOT NULL")
            messages = _number(cursor.fetchone())
        states = self.open_states()
        alarms = [alarm for state in states if (alarm := next_alarm(state)) is not None]
        away = set(silent)
        calls = [call for state in states if state.area not in away for call in wanted_calls(state)]
        return Waiting(messages, sum(alarm.at <= now for alarm in alarms), len(calls))

    def open_states(self) -> list[Procedure]:
        """Give the procedures that have not ended."""
        with self.database.plain_read() as cursor:
            cursor.execute("SELECT state FROM cases WHERE ended_at IS NULL")
            return [adapter(Procedure).validate_python(state) for (state,) in cursor.fetchall()]

    def phases(self) -> dict[str, CasePhase]:
        """Give the phase of every procedure by its number."""
        with self.database.plain_read() as cursor:
            cursor.execute("SELECT case_number, phase FROM cases")
            return {number: CasePhase(phase) for number, phase in cursor.fetchall()}

    def history(self, number: str) -> list[WrittenLine]:
        with self.database.transaction() as session:
            return case_history(session, case_number=number)

    def histories(self) -> dict[str, list[WrittenLine]]:
        """Read the histories of all procedures, by their numbers."""
        return {number: self.history(number) for number in self.phases()}

    def commands(self, number: str, messages: Iterable[Message]) -> dict[str, Command]:
        """Find what a procedure was asked, by messages and by the hub itself, by its keys."""
        with self.database.transaction() as session:
            stored = (
                given_command(
                    session, retailer_code=message.retailer, case_number=number, message_id=message.message_id
                )
                for message in messages
            )
            all_commands = [message.command for message in stored if message is not None]
            all_commands += commands_given(session, retailer_code=HUB_OPERATOR, case_number=number)
            return {command.message_key: command for command in all_commands}

    def grid_disagreements(self) -> list[tuple[str, str, str]]:
        """List the applications that have ended differently at the stub: number, here, there.

        What is complete there must be complete here and the other way round, and nobody has one the other never knew.
        """
        return self._three(_DISAGREEMENTS)

    def ghosts(self) -> list[tuple[str, str, str]]:
        """List the applications that live on at the stub though their procedure has ended: number, end, state there."""
        return self._three(_GHOSTS)

    def filed_otherwise(self) -> list[tuple[str, str, str]]:
        """List the applications that the stub knows under another code than the hub thinks: number, here, there."""
        return self._three(_FILED_OTHERWISE)

    def _three(self, query: str) -> list[tuple[str, str, str]]:
        with self.database.plain_read() as cursor:
            cursor.execute(query)
            return [(str(number), str(here), str(there)) for number, here, there in cursor.fetchall()]

    def stored_messages(self) -> set[tuple[str, str]]:
        """List retailer and message id of all that is stored and answered."""
        with self.database.plain_read() as cursor:
            cursor.execute("SELECT retailer_code, message_id FROM messages WHERE answered_at IS NOT NULL")
            return set(cursor.fetchall())

    def mail_intents(self) -> dict[str, MailIntent]:
        """List the mails that were noted, by their ids."""
        with self.database.plain_read() as cursor:
            cursor.execute("SELECT id::text, case_number, step, kind, retailer_code FROM mail_intents")
            return {str(key): (number, step, kind, code) for key, number, step, kind, code in cursor.fetchall()}

    def mails_waiting(self) -> int:
        """Count the mails that are yet to be sent."""
        with self.database.plain_read() as cursor:
            cursor.execute("SELECT count(*) FROM mail_intents WHERE sent_at IS NULL")
            return _number(cursor.fetchone())


def _number(row: tuple[object, ...] | None) -> int:
    assert row is not None and isinstance(row[0], int), "a count is one number"
    return row[0]
