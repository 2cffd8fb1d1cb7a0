"""The rules on deadlines that the hub operator sets: from when they hold, and for what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from models.cases.operations import RegistrationResult
from models.clock import business_now, move_clock
from models.database import Database, Session
from models.deadlines.operations import NotToCome, set_deadline_rule
from models.deadlines.queries import SetRule, deadline_rules, rules_to_come
from rules.calendar import add_business_days, day_of, end_of, start_of
from rules.deadlines import DEADLINE_PROFILES, DEADLINE_RULES, DeadlineRules, DeadlineTopic, Period, WrongValue
from schemas.codes import Segment
from tests.support.case_steps import case_state
from tests.support.cast import SECOND_POINT, register_retailers
from tests.support.lone_applications import lone_state, open_end
from tests.support.moments import CALENDAR
from tests.support.referrals import open_case, register

LOW, HIGH = Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE
DECISION, MONTHS = DeadlineTopic.DECISION, DeadlineTopic.LATEST_EFFECTIVE_MONTHS


def today(session: Session) -> date:
    return day_of(business_now(session))


def set_rule(session: Session, value: Period | int, *, topic: DeadlineTopic = DECISION, in_days: int = 1) -> SetRule:
    """Set a rule for 低圧託送."""
    return set_deadline_rule(
        session,
        segment=LOW,
        topic=topic,
        value=value,
        valid_from=today(session) + timedelta(days=in_days),
        citation="規程第3条",
        reason="改定",
    )


def rules_in(session: Session, days: int, *, segment: Segment = LOW, profile: str = "standard") -> DeadlineRules:
    """Give the rules of a day to come."""
    return deadline_rules(session, segment=segment, on=today(session) + timedelta(days=days), profile=profile)


def move_days(database: Database, days: int) -> None:
    with database.transaction() as session:
        tomorrow = start_of(today(session) + timedelta(days=days))
        move_clock(session, by=tomorrow - business_now(session) + timedelta(hours=1))


@pytest.mark.parametrize("profile", sorted(DEADLINE_PROFILES))
def test_where_none_was_set_those_of_the_profile_hold(database: Database, profile: str) -> None:
    with database.transaction() as session:
        assert rules_in(session, 0, profile=profile) == DEADLINE_PROFILES[profile][LOW]


def test_a_rule_holds_from_its_day_on_for_its_segment(database: Database) -> None:
    with database.transaction() as session:
        set_rule(session, Period(3), in_days=10)
        own = DEADLINE_RULES[LOW]

        assert rules_in(session, 9) == own
        for later in (10, 400):
            assert rules_in(session, later) == own.with_value(DECISION, Period(3), citation="規程第3条")
        assert rules_in(session, 10, segment=HIGH) == DEADLINE_RULES[HIGH]


def test_rules_on_several_topics_hold_together_and_each_until_the_next(database: Database) -> None:
    with database.transaction() as session:
        set_rule(session, Period(3), in_days=10)
        set_rule(session, 4, topic=MONTHS, in_days=20)
        set_rule(session, Period(1), in_days=30)

        rules_by_day = [rules_in(session, days) for days in (10, 20, 30)]

    assert [(rules.decision, rules.latest_effective_months) for rules in rules_by_day] == [
        (Period(3), 6),
        (Period(3), 4),
        (Period(1), 4),
    ]


def test_of_two_rules_for_a_day_the_one_set_last_holds(database: Database) -> None:
    with database.transaction() as session:
        set_rule(session, Period(3), in_days=10)
        last = set_rule(session, Period(4, 1), in_days=10)

        assert rules_in(session, 10).decision == Period(4, 1)
        assert rules_to_come(session, after=today(session)) == [last]


def test_what_is_to_come_is_listed_by_its_day(database: Database) -> None:
    with database.transaction() as session:
        later = set_rule(session, Period(3), in_days=10)
        sooner = set_rule(session, 4, topic=MONTHS, in_days=2)

        assert rules_to_come(session, after=today(session)) == [sooner, later]
        assert rules_to_come(session, after=sooner.valid_from) == [later]


@pytest.mark.parametrize("in_days", [0, -1, -400])
def test_a_day_that_is_not_to_come_is_refused(database: Database, in_days: int) -> None:
    with database.transaction() as session:
        with pytest.raises(NotToCome, match=today(session).isoformat()):
            set_rule(session, Period(3), in_days=in_days)

        assert rules_in(session, 400) == DEADLINE_RULES[LOW]


def test_a_number_is_no_period(database: Database) -> None:
    with database.transaction() as session, pytest.raises(WrongValue):
        set_rule(session, 3)


@pytest.mark.parametrize("change", ["UPDATE deadline_rules SET business_days = 9", "DELETE FROM deadline_rules"])
def test_a_rule_that_was_set_can_be_neither_changed_nor_deleted(database: Database, change: str) -> None:
    with database.transaction() as session:
        set_rule(session, Period(3))

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(change))


def test_a_case_keeps_the_rules_of_the_day_it_was_registered_on(database: Database) -> None:
    before = open_case(database)
    with database.transaction() as session:
        set_rule(session, Period(5))
    same_day = open_case(database, point_number=SECOND_POINT)

    move_days(database, 1)
    after = open_case(database, point_number="0310000000000000000003")

    with database.transaction() as session:
        former = [case_state(session, number) for number in (before, same_day)]
        new = case_state(session, after)
    assert [state.rules for state in former] == [DEADLINE_RULES[LOW]] * 2
    registered_on = day_of(new.registered_at)
    assert new.decision_due == end_of(add_business_days(registered_on, 5, CALENDAR))
    assert new.rules == replace(DEADLINE_RULES[LOW], decision=Period(5), citations=new.rules.citations)


def test_an_application_on_its_own_keeps_them_too(database: Database) -> None:
    with database.transaction() as session:
        set_rule(session, Period(7), topic=DeadlineTopic.CORRECTION)
    before = open_end(database)
    move_days(database, 1)
    after = open_end(database, point_number=SECOND_POINT)

    with database.transaction() as session:
        corrections = [lone_state(session, number).rules.correction for number in (before, after)]
    assert corrections == [Period(5), Period(7)]


def test_a_registration_is_refused_by_the_rules_of_its_day(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)
        set_rule(session, 1, topic=MONTHS)
    refused: list[RegistrationResult] = []
    for _ in range(2):
        with database.transaction() as session:
            wished = today(session) + timedelta(days=60)
            refused.append(register(session, wished_date=wished, point_number=f"03{len(refused):020d}"))
        move_days(database, 1)

    assert refused[0].refusal is None
    assert refused[1].refusal is not None
    assert [finding.rule for finding in refused[1].refusal.findings] == ["latest-effective-date"]
