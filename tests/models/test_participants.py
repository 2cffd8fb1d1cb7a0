"""Participants."""

from datetime import date

import pytest

from models.database import Database
from models.participants.operations import (
    DayOutOfReach,
    leave_market,
    register_participant,
)
from models.participants.queries import (
    all_participants,
    is_active_retailer,
)
from schemas.codes import Area, ParticipantRole
from schemas.interfaces.participants import Participant
from tests.support.cast import NEW, register_retailers


def test_the_list_names_retailers_and_grid_operators_by_code(database: Database) -> None:
    grid = Participant(
        code="0103",
        name="東京電力パワーグリッド株式会社",
        role=ParticipantRole.GRID_OPERATOR,
        area=Area.TOKYO,
        valid_from=date(2016, 4, 1),
        valid_to=None,
    )
    with database.transaction() as session:
        register_retailers(session)
        register_participant(
            session, code=grid.code, name=grid.name, role=grid.role, area=grid.area, valid_from=grid.valid_from
        )
        participants = all_participants(session)

    assert participants[0] == grid
    assert [participant.code for participant in participants] == ["0103", "1001", "1002", "1003"]


def test_registering_again_brings_a_participant_up_to_date(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)
        register_participant(
            session,
            code=NEW,
            name="新あおぞら電力株式会社",
            role=ParticipantRole.RETAILER,
            area=None,
            valid_from=date(2016, 4, 1),
            valid_to=date(2026, 12, 31),
        )
        (registered,) = [participant for participant in all_participants(session) if participant.code == NEW]

    assert (registered.name, registered.valid_to) == ("新あおぞら電力株式会社", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("on", "active"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_retailer_is_active_from_its_first_to_its_last_day(database: Database, on: date, active: bool) -> None:
    with database.transaction() as session:
        register_participant(
            session,
            code="1009",
            name="あかつき電力株式会社",
            role=ParticipantRole.RETAILER,
            area=None,
            valid_from=date(2026, 4, 1),
            valid_to=date(2026, 12, 31),
        )
        assert is_active_retailer(session, code="1009", on=on) is active


def test_a_grid_operator_and_an_unknown_code_are_no_active_retailers(database: Database) -> None:
    with database.transaction() as session:
        register_participant(
            session,
            code="9103",
            name="東京",
            role=ParticipantRole.GRID_OPERATOR,
            area=Area.TOKYO,
            valid_from=date(2016, 4, 1),
        )
        for code in ("9103", "9999"):
            assert not is_active_retailer(session, code=code, on=date(2026, 8, 12))


@pytest.mark.parametrize("year", [1, 2000, 2199, 9999])
def test_a_last_day_that_nothing_can_be_reckoned_from_is_refused_whoever_asks(database: Database, year: int) -> None:
    last_day = date(year, 12, 31)
    with database.transaction() as session:
        register_participant(
            session, code="1790", name="試し", role=ParticipantRole.RETAILER, area=None, valid_from=date(2026, 1, 1)
        )
    with pytest.raises(DayOutOfReach), database.transaction() as session:
        leave_market(session, code="1790", last_day=last_day)
    with pytest.raises(DayOutOfReach), database.transaction() as session:
        register_participant(
            session,
            code="1790",
            name="試し",
            role=ParticipantRole.RETAILER,
            area=None,
            valid_from=date(2026, 1, 1),
            valid_to=last_day,
        )
