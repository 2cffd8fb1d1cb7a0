"""What a person sees of cases, and that it is on record."""

import pytest

from models.cases.screens import CaseFilter, InboxFilter, find_cases
from models.database import Database
from models.users.queries import Viewer
from rules.access.function_groups import Access, FunctionGroup
from rules.access.standing import EVERY_HUB_ROLE, USUAL, Grant, Standing
from schemas.codes import Segment, UserRole
from tests.support.cast import CURRENT, NEW, OTHER
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from usecases.actors import person
from usecases.cases import PageRequest, StandingRequest, scope_of, see_case, see_standing
from usecases.referral_inbox import (
    ChosenReferralsRequest,
    WantedReferralsRequest,
    see_chosen_referrals,
    see_wanted_referrals,
)


def somebody(retailer: str | None) -> Viewer:
    role = UserRole.HUB_OPERATOR if retailer is None else UserRole.RETAILER_STAFF
    standing = EVERY_HUB_ROLE if retailer is None else USUAL[role]
    return Viewer("user", "見本 太郎", role, retailer, standing=standing)


@pytest.fixture
def case_number(retailers: Database) -> str:
    return open_case(retailers)


def reads(database: Database) -> list[tuple[object, ...]]:
    return rows(database, "SELECT retailer_code, user_id, subject, purpose, source_address FROM data_reads")


@pytest.mark.parametrize("retailer", [NEW, CURRENT, None])
def test_who_has_a_part_in_a_case_sees_it_and_that_is_on_record(
    retailers: Database, case_number: str, retailer: str | None
) -> None:
    actor = person(somebody(retailer), source_address="192.0.2.7")

    with retailers.transaction() as session:
        page = see_case(PageRequest(number=case_number, purpose="画面:見本"), actor=actor, session=session)

    assert page is not None and page.case_number == case_number
    assert reads(retailers) == [(retailer, "user", case_number, "画面:見本", "192.0.2.7")]


@pytest.mark.parametrize("number", ["foreign", "no number of ours", "SW03L20260101999999990"])
def test_what_is_not_there_for_a_person_is_neither_seen_nor_on_record(
    retailers: Database, case_number: str, number: str
) -> None:
    actor, wanted_number = person(somebody(OTHER)), case_number if number == "foreign" else number

    with retailers.transaction() as session:
        assert see_case(PageRequest(number=wanted_number, purpose="画面:見本"), actor=actor, session=session) is None
        assert see_standing(StandingRequest(case_number=wanted_number), actor=actor, session=session) is None

    assert reads(retailers) == []


def test_how_a_case_stands_is_no_personal_data(retailers: Database, case_number: str) -> None:
    with retailers.transaction() as session:
        standing = see_standing(StandingRequest(case_number=case_number), actor=person(somebody(NEW)), session=session)

    assert standing is not None and standing.state.new_retailer == NEW
    assert reads(retailers) == []


def of_retailer(retailer: str, *grants: Grant) -> Viewer:
    return Viewer("user", "見本 太郎", UserRole.RETAILER_OWN, retailer, standing=Standing(grants=frozenset(grants)))


LOW, HIGH = Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE


@pytest.mark.parametrize(
    ("retailer", "grant", "sees"),
    [
        (CURRENT, Grant(FunctionGroup.INBOX, LOW, Access.READ), True),
        (CURRENT, Grant(FunctionGroup.INBOX, HIGH, Access.READ), False),
        (CURRENT, Grant(FunctionGroup.REFERRAL, LOW, Access.ACT), False),
        (NEW, Grant(FunctionGroup.REFERRAL, LOW, Access.READ), True),
        (NEW, Grant(FunctionGroup.APPLICATION, LOW, Access.READ), True),
        (NEW, Grant(FunctionGroup.REFERRAL, HIGH, Access.READ), False),
        (NEW, Grant(FunctionGroup.INBOX, LOW, Access.READ), False),
    ],
)
def test_a_case_is_seen_from_the_side_and_in_the_segment_that_ones_rights_are_of(
    retailers: Database, case_number: str, retailer: str, grant: Grant, sees: bool
) -> None:
    actor = person(of_retailer(retailer, grant))

    with retailers.transaction() as session:
        page = see_case(PageRequest(number=case_number, purpose="画面:見本"), actor=actor, session=session)
        listed = find_cases(session, scope=scope_of(actor), case_filter=CaseFilter()).items

    assert ((page is not None), bool(listed)) == (sees, sees)
    assert len(reads(retailers)) == sees


@pytest.mark.parametrize(("segment", "sees"), [(LOW, True), (HIGH, False)])
def test_what_came_in_is_read_in_the_segments_that_ones_rights_are_of(
    retailers: Database, case_number: str, segment: Segment, sees: bool
) -> None:
    actor = person(of_retailer(CURRENT, Grant(FunctionGroup.INBOX, segment, Access.READ)))
    chosen = ChosenReferralsRequest(case_numbers=[case_number], purpose="画面:見本")
    wanted = WantedReferralsRequest(inbox_filter=InboxFilter(), cursor=None, limit=9, purpose="画面:見本")

    with retailers.transaction() as session:
        taken = see_chosen_referrals(chosen, actor=actor, session=session)
        listed, _ = see_wanted_referrals(wanted, actor=actor, session=session)

    assert (bool(taken), bool(listed)) == (sees, sees)


def test_the_hub_operator_alone_sees_the_cases_of_all() -> None:
    assert [scope_of(person(somebody(one))).retailer_code for one in (None, NEW)] == [None, NEW]
