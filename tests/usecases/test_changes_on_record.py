"""Every change is on record: who, from where, what for, and what; that of a case by the statement that stores it."""

from datetime import timedelta
from typing import Any

import pytest

from models.clock import business_now
from models.database import Database
from rules.access.standing import EVERY_HUB_ROLE
from rules.calendar import day_of
from rules.deadlines import DeadlineTopic
from schemas.codes import Area, Segment
from schemas.findings import Refused
from tests.support.callers import NEW_RETAILER, ask
from tests.support.cast import CURRENT, HUB_PERSON, NEW, POINT
from tests.support.database_contents import rows
from tests.support.moments import soon
from tests.support.referrals import open_case, referral_request
from usecases.actors import HubOperator, Maintainer
from usecases.areas import AreaChange, change_area
from usecases.deadline_rules import DeadlineRuleRequest, set_deadline_rule
from usecases.hub import Hub
from usecases.interventions import InterventionRequest, suspend
from usecases.records.rebuilding import RebuildingRequest, rebuild
from usecases.referral import register_referral
from usecases.retailers import LeavingRequest, end_participation

OPERATOR = HubOperator(HUB_PERSON, "192.0.2.9", capacity=EVERY_HUB_ROLE)


def changes(database: Database) -> list[tuple[Any, ...]]:
    columns = "retailer_code, user_id, source_address, interface_number, subject, purpose"
    return rows(database, f"SELECT {columns} FROM data_changes ORDER BY id")


def test_a_command_is_on_record_once_with_the_address_it_came_from(parts: Hub) -> None:
    with parts.database.transaction() as session:
        request = referral_request(wished_date=soon(session))

    number = [ask(register_referral, request, NEW_RETAILER, parts) for _ in range(2)][0].case_number

    assert changes(parts.database) == [(NEW, None, "127.0.0.1", "12110", number, None)]
    assert rows(parts.database, "SELECT message_id, what FROM data_changes") == rows(
        parts.database, "SELECT message_id, digest FROM messages"
    )


def test_a_registration_that_is_refused_is_on_record_too(parts: Hub) -> None:
    open_case(parts.database)
    with parts.database.transaction() as session:
        request = referral_request(wished_date=soon(session), point_number=POINT)

    with pytest.raises(Refused):
        ask(register_referral, request, NEW_RETAILER, parts)

    assert changes(parts.database)[-1] == (NEW, None, "127.0.0.1", "12110", "", None)


def test_an_intervention_is_the_persons_of_the_hub_operator(parts: Hub) -> None:
    number = open_case(parts.database)

    with pytest.raises(Refused):  # its outcome is open: nobody works on the case here
        suspend(InterventionRequest(case_number=number, reason="点検"), actor=OPERATOR, hub=parts)

    assert changes(parts.database)[-1] == (None, HUB_PERSON, "192.0.2.9", "intervention", number, None)


def test_what_is_set_for_all_is_on_record_with_its_reason(parts: Hub) -> None:
    with parts.database.transaction() as session:
        today = day_of(business_now(session))
    rule = DeadlineRuleRequest(
        segment=Segment.LOW_VOLTAGE,
        topic=DeadlineTopic.CORRECTION,
        business_days=3,
        valid_from=today + timedelta(days=1),
        citation="別表",
        reason="改定",
    )
    leaving = LeavingRequest(retailer_code=CURRENT, last_day=today + timedelta(days=9), reason="廃業")

    change_area(AreaChange(area=Area.KANSAI, pause=True, reason="工事"), actor=Maintainer(), hub=parts)
    set_deadline_rule(rule, actor=OPERATOR, hub=parts)
    end_participation(leaving, actor=OPERATOR, hub=parts)

    of_operator = (None, HUB_PERSON, "192.0.2.9", "")
    assert changes(parts.database) == [
        (None, None, "", "", "06", "エリアの呼び出し方を変える"),
        (*of_operator, "correction", "期限の規則を定める"),
        (*of_operator, CURRENT, "小売電気事業者の退出"),
    ]
    reasons = ("工事", "改定", "廃業")
    said = rows(parts.database, "SELECT what FROM data_changes ORDER BY id")
    assert all(reason in what for reason, (what,) in zip(reasons, said, strict=True))


def test_a_case_that_is_written_anew_is_on_record(parts: Hub) -> None:
    number = open_case(parts.database)

    list(rebuild(RebuildingRequest([number]), actor=Maintainer(), hub=parts))

    assert changes(parts.database)[-1] == (None, None, "", "", number, "読み取り用の記録の書き直し")
