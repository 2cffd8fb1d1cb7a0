"""What a call to a grid operator goes by is of its own case and its own message."""

from uuid import uuid4

import pytest

from models.cases.operations import AnotherCase, NoSuchCase
from models.cases.queries import CallBasis, NoSuchMessage, call_basis
from models.clock import business_now
from models.database import Database
from schemas.interfaces.applications import StartApplicationRequest
from tests.support.case_stages import send_both
from tests.support.case_steps import case_state
from tests.support.referrals import open_case

ANOTHER_ORIGIN = "another-registration"


@pytest.fixture
def number(database: Database) -> str:
    """Give a case that has filed both applications."""
    number = open_case(database)
    with database.transaction() as session:
        send_both(session, number)
    return number


def basis_of(database: Database, number: str, *, origin: str | None = None, key: str | None = None) -> CallBasis:
    with database.transaction() as session, database.plain_read() as line:
        known = origin or case_state(session, number).origin
        return call_basis(line, case_number=number, origin=known, content_key=key)


def test_the_message_comes_with_the_id_that_its_retailer_gave_it(database: Database, number: str) -> None:
    with database.transaction() as session:
        state, earlier = case_state(session, number), business_now(session)

    basis = basis_of(database, number, key=state.start.content_key)

    assert isinstance(basis.content, StartApplicationRequest)
    assert basis.message_id == basis.content.message_id
    assert (basis.case, basis.point_is_free) == (state, True)
    assert basis.at >= earlier


def test_a_call_that_sends_nothing_has_no_message(database: Database, number: str) -> None:
    basis = basis_of(database, number)

    assert (basis.content, basis.message_id) == (None, None)


def test_a_message_that_was_lost_is_no_call_without_one(database: Database, number: str) -> None:
    with pytest.raises(NoSuchMessage):
        basis_of(database, number, key=str(uuid4()))


def test_another_case_under_the_number_is_none_of_its_own(database: Database, number: str) -> None:
    with pytest.raises(AnotherCase):
        basis_of(database, number, origin=ANOTHER_ORIGIN)
    with pytest.raises(NoSuchCase):
        basis_of(database, number[:-1] + "X", origin=ANOTHER_ORIGIN)
