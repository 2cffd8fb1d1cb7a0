"""Records are searched by the hub operator; a retailer's administrator finds those of the own company alone."""

from dataclasses import replace

import pytest

from models.database import Database
from models.records.search import RecordFilter
from rules.access.rights import NotAllowed
from rules.access.standing import EVERY_HUB_ROLE, USUAL
from rules.records.seals import RecordKind
from schemas.codes import UserRole
from tests.support.anonymous_reader import RECORDER
from tests.support.cast import CURRENT, HUB_PERSON, NEW
from tests.support.database_contents import rows
from usecases.actors import HubOperator, Person, RetailerPerson
from usecases.records.searching import RecordSearchRequest, search_records

OPERATOR = HubOperator(HUB_PERSON, "192.0.2.9", capacity=EVERY_HUB_ROLE)
OF_CURRENT = RetailerPerson(CURRENT, "192.0.2.2", "1002mina01", USUAL[UserRole.RETAILER_DECIDER])
ADMINISTRATOR = RetailerPerson(CURRENT, "192.0.2.2", "1002kanri1", USUAL[UserRole.RETAILER_ADMINISTRATOR])
ALL = RecordFilter(kind=RecordKind.READ)


@pytest.fixture
def reads(retailers: Database) -> Database:
    with retailers.transaction() as session:
        RECORDER.record(session, ["SW1", "SW2"])
        replace(RECORDER, retailer_code=CURRENT).record(session, ["SW1"])
    return retailers


def found(database: Database, wanted: RecordFilter, *, by: Person) -> list[tuple[str | None, str]]:
    with database.transaction() as session:
        page = search_records(RecordSearchRequest(record_filter=wanted), actor=by, session=session)
    return [(line.retailer_code, line.subject) for line in page.items]


def test_the_hub_operator_finds_everybodys_the_newest_first(reads: Database) -> None:
    assert found(reads, ALL, by=OPERATOR) == [(CURRENT, "SW1"), (NEW, "SW2"), (NEW, "SW1")]


def test_a_retailers_people_find_nothing_without_the_right(reads: Database) -> None:
    with pytest.raises(NotAllowed):
        found(reads, ALL, by=OF_CURRENT)


@pytest.mark.parametrize("wanted", [ALL, replace(ALL, retailer_code=NEW), replace(ALL, number="SW1")])
def test_their_administrator_finds_their_own_companys_whatever_is_asked_for(
    reads: Database, wanted: RecordFilter
) -> None:
    assert found(reads, wanted, by=ADMINISTRATOR) == [(CURRENT, "SW1")]


def test_each_search_is_a_record_of_who_looked_from_where_and_for_what(reads: Database) -> None:
    found(reads, replace(ALL, number="SW1", user_id="1002mina01"), by=OPERATOR)

    assert rows(reads, "SELECT user_id, source_address, subject, purpose FROM data_reads ORDER BY id DESC LIMIT 1") == [
        (HUB_PERSON, "192.0.2.9", "SW1", "参照と変更の記録を探す: 参照、～、1002mina01")
    ]
