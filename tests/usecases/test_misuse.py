"""What retailers did is counted from the records and the cases, and what is unusual of it is said."""

from datetime import date, timedelta

import pytest

from models.clock import business_now
from models.database import Database
from models.reads import ReadRecorder
from rules.access.rights import NotAllowed
from rules.access.standing import EVERY_HUB_ROLE, USUAL
from rules.access.use_cases import UseCase
from rules.calendar import JST, day_of
from rules.misuse import Habits, SignKind
from schemas.codes import UserRole
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, HUB_PERSON, NEW, POINT
from tests.support.decisions import reject
from tests.support.referrals import open_case, withdraw
from usecases.actors import HubOperator, RetailerPerson
from usecases.recorders import screen_purpose
from usecases.records.misuse import Misuse, MisuseRequest, see_misuse

OPERATOR = HubOperator(HUB_PERSON, capacity=EVERY_HUB_ROLE)


def read(database: Database, *subjects: str, by: str, user_id: str | None = None, what: str = "") -> None:
    recorder = ReadRecorder(
        retailer_code=by,
        source_address="",
        interface_number=what if user_id is None else "",
        user_id=user_id,
        purpose=what if user_id else None,
    )
    with database.transaction() as session:
        recorder.record(session, subjects)


def today(database: Database) -> date:
    with database.transaction() as session:
        return day_of(business_now(session))


def seen(database: Database, *, days_ago: int = 0) -> Misuse:
    day = today(database) - timedelta(days=days_ago)
    with database.transaction() as session:
        return see_misuse(MisuseRequest(first=day, last=day), actor=OPERATOR, session=session)


def habits(database: Database, code: str) -> Habits:
    (found,) = [each for each in seen(database).market if each.retailer_code == code]
    return found


def test_inquiries_of_systems_and_of_people_count_and_other_reads_do_not(retailers: Database) -> None:
    open_case(retailers)
    for interface in ("10110", "F10110", "K10310", "12210"):
        read(retailers, POINT, by=NEW, what=interface)
    read(retailers, POINT, by=NEW, user_id="1001aozo01", what=screen_purpose(UseCase.INQUIRE_FACILITY))
    read(retailers, POINT, by=NEW, user_id="1001aozo01", what="画面:案件詳細")

    assert (habits(retailers, NEW).inquiries, habits(retailers, NEW).switches) == (4, 1)
    assert habits(retailers, CURRENT) == Habits(retailer_code=CURRENT)


def test_a_referral_counts_once_it_waits_no_longer_and_was_read_by_whom_it_came_in_for(retailers: Database) -> None:
    judged, left, waiting, unread = (open_case(retailers, point_number=f"03{number:020d}") for number in range(4))
    with retailers.transaction() as session:
        reject(session, judged)
        obey_all(session, judged)
        withdraw(session, left)
        obey_all(session, left)
        withdraw(session, unread)
        obey_all(session, unread)
    for number in (judged, left, left, waiting):
        read(retailers, number, by=CURRENT, what="12310")
    read(retailers, unread, by=NEW, what="12210")

    found = habits(retailers, CURRENT)

    assert (found.referrals_read, found.referrals_unjudged) == (2, 1)


def test_reads_of_people_are_counted_by_person_and_hour_of_japan(retailers: Database) -> None:
    with retailers.transaction() as session:
        hour = business_now(session).astimezone(JST).hour
    read(retailers, "SW1", "SW2", by=NEW, user_id="1001aozo01", what="画面:案件詳細")
    read(retailers, "SW1", by=NEW, user_id="1001aozo02", what="画面:案件詳細")
    read(retailers, "SW1", by=NEW, what="12210")

    found = habits(retailers, NEW)

    assert found.reads_by_person == {"1001aozo01": 2, "1001aozo02": 1}
    assert found.reads == 3
    assert sum(found.reads_by_hour[each % 24] for each in (hour, hour + 1)) == 3


def test_other_days_do_not_count(retailers: Database) -> None:
    read(retailers, POINT, by=NEW, what="10110")

    assert not any(each.inquiries for each in seen(retailers, days_ago=1).market)


def test_who_inquires_without_switching_is_seen(retailers: Database) -> None:
    open_case(retailers, retailer=CURRENT, current_retailer_code=NEW)
    read(retailers, *[POINT] * 60, by=NEW, what="10110")

    (sign,) = seen(retailers).signs

    assert (sign.kind, sign.retailer_code, sign.value) == (SignKind.INQUIRIES_WITHOUT_SWITCHES, NEW, 60)


def test_it_is_the_hub_operators_alone(retailers: Database) -> None:
    person = RetailerPerson(NEW, "", "1001aozo01", USUAL[UserRole.RETAILER_DECIDER])
    with retailers.transaction() as session, pytest.raises(NotAllowed):
        see_misuse(MisuseRequest(first=date.min, last=date.min), actor=person, session=session)
