"""The hub operator's people: they intervene in cases (広域機関の措置) as ``python -m upkeep case`` does."""

import time
from collections.abc import Mapping
from itertools import count

from models.database import Database
from models.messages.intervention import HUB_OPERATOR, INTERVENTION, intervention
from rules.access.roles import Role
from rules.procedure.commands import CommandContent
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from temporal.gateway import TemporalGateway
from temporal.handover import handover
from tools.simulation.messages import Desks, Message, NeverAnswered
from usecases.commands import carry_out
from usecases.hub import Hub

_PERSON = "OCCTO00001"
_REASON = "小売電気事業の廃止のため"
_PATIENCE = 90.0
"""Seconds (real time) after which they would call somebody."""


class HubOperator:
    """May be used by several threads. What they ask for goes on record with the retailers' messages."""

    def __init__(
        self, database: Database, gateway: TemporalGateway, desks: Desks, environment: Mapping[str, str]
    ) -> None:
        within = float(environment["HUB_ANSWER_WITHIN"])
        hand_over = handover(database=database, gateway=gateway, timeout=within)
        self._hub = Hub(database=database, message_key=environment["HUB_MESSAGE_KEY"].encode(), hand_over=hand_over)
        self._desks = desks
        self._serial = count(1)

    def intervene(self, content: CommandContent, *, script: int) -> bool:
        """Have an intervention carried out; False where the core refuses it.

        :raises NeverAnswered: when no final answer comes in time.
        """
        message = Message(script, HUB_OPERATOR, INTERVENTION, f"H{script}-{next(self._serial)}", {})
        refusal = self._settle(message, content)
        self._desks.note(message, refused=refusal)
        return refusal is None

    def _settle(self, message: Message, content: CommandContent) -> RefusalCode | None:
        """Give the code of a final refusal; None where it was carried out."""
        end, key = time.monotonic() + _PATIENCE, self._hub.message_key
        command = intervention(content, message_id=message.message_id, by=_PERSON, reason=_REASON, key=key)
        while True:
            try:
                carry_out(command, content, role=Role.HUB_OPERATOR, hub=self._hub)
            except Refused as refused:
                code = refused.refusal.code
                if code is not RefusalCode.OUTCOME_OPEN:
                    return code
                if time.monotonic() > end:
                    raise NeverAnswered(str(message)) from refused
            else:
                return None
