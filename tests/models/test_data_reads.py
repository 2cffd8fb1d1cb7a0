"""Who read what is on record."""

from sqlalchemy import select

from models.database import Database
from models.reads import DataRead, ReadRecorder
from tests.support.cases import CURRENT, NEW, consent


def test_a_read_is_kept_with_the_consent_it_declared(database: Database) -> None:
    with database.transaction() as session:
        ReadRecorder(
            retailer_code=NEW,
            interface_number="10110",
            message_id="M-1",
            source_address="192.0.2.1",
            consent=consent(),
        ).record(session, ["0310000000000000000001"])
    with database.transaction() as session:
        row = session.execute(
            select(DataRead.retailer_code, DataRead.subject, DataRead.consent, DataRead.source_address)
        ).one()

    assert tuple(row) == (NEW, "0310000000000000000001", consent(), "192.0.2.1")


def test_each_subject_of_one_request_has_its_line_and_an_empty_answer_none(database: Database) -> None:
    with database.transaction() as session:
        for subjects in (["SW1", "SW2"], []):
            ReadRecorder(
                retailer_code=CURRENT, interface_number="12310", message_id="M-1", source_address="192.0.2.1"
            ).record(session, subjects)
    with database.transaction() as session:
        rows = session.execute(select(DataRead.subject, DataRead.consent).order_by(DataRead.id)).all()

    assert [tuple(row) for row in rows] == [("SW1", None), ("SW2", None)]


def test_a_read_at_a_screen_names_the_person_and_the_purpose(database: Database) -> None:
    with database.transaction() as session:
        ReadRecorder(
            retailer_code=None, source_address="192.0.2.1", user_id="OCCTO00001", purpose="画面:案件詳細"
        ).record(session, ["SW1"])
    with database.transaction() as session:
        row = session.execute(select(DataRead.retailer_code, DataRead.user_id, DataRead.purpose)).one()

    assert tuple(row) == (None, "OCCTO00001", "画面:案件詳細")
