"""The rules on deadlines (期限の規則) that hold and will hold, and setting one from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.clock import business_now
from models.database import Session
from models.deadlines import operations
from models.deadlines.queries import SetRule, deadline_rules, rules_to_come
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.calendar import day_of
from rules.deadlines import DeadlineRules, DeadlineTopic, Period, WrongValue
from schemas.codes import Segment
from usecases.actors import Operator
from usecases.hub import Hub
from usecases.recorders import record_change


@dataclass(frozen=True)
class DeadlineRuleList:
    """What holds for what is registered on a day, and what will hold later."""

    on: date
    holding: Mapping[Segment, DeadlineRules]
    to_come: tuple[SetRule, ...]


@dataclass(frozen=True, kw_only=True)
class DeadlineRuleRequest:
    """A rule that is to hold from a day on: a period by its days, or a number."""

    segment: Segment
    topic: DeadlineTopic
    business_days: int | None = None
    calendar_days: int | None = None
    amount: int | None = None
    valid_from: date
    citation: str
    reason: str = field(repr=False)

    def value(self) -> Period | int:
        """Give the value that the rule sets.

        :raises WrongValue: where neither or both kinds are given.
        """
        is_period = self.business_days is not None or self.calendar_days is not None
        if self.amount is not None and not is_period:
            return self.amount
        if self.amount is not None or not is_period:
            raise WrongValue(self.topic)
        return Period(self.business_days or 0, self.calendar_days or 0)


def list_deadline_rules(*, actor: Operator, hub: Hub) -> DeadlineRuleList:
    """Tell what holds today, and what was set for days to come."""
    demand(UseCase.SEE_DEADLINE_RULES, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        today = day_of(business_now(session))
        holding = {
            segment: deadline_rules(session, segment=segment, on=today, profile=hub.deadline_profile)
            for segment in Segment
        }
        return DeadlineRuleList(today, holding, tuple(rules_to_come(session, after=today)))


def set_deadline_rule(request: DeadlineRuleRequest, *, actor: Operator, hub: Hub) -> SetRule:
    """Set a rule for what is registered from a day on.

    :raises WrongValue: where the value is not of the kind that the rule has; NotToCome: where the day is not to come.
    """
    demand(UseCase.SET_DEADLINE_RULE, capacity=actor.capacity, segment=None)
    value = request.value()

    def write(session: Session) -> SetRule:
        rule = operations.set_deadline_rule(
            session,
            segment=request.segment,
            topic=request.topic,
            value=value,
            valid_from=request.valid_from,
            citation=request.citation,
            reason=request.reason,
        )
        what = f"{request.segment.label} {value} {request.valid_from}から（{request.citation}）{request.reason}"
        record_change(session, UseCase.SET_DEADLINE_RULE, actor=actor, subject=request.topic.value, what=what)
        return rule

    return hub.database.run(write)
