"""Who read what is on record."""

import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy import select

from models.cases import queries, screens
from models.database import Database
from models.reads import DataRead, ReadRecorder
from schemas.contract import holds_personal_data
from tests.support.cast import CURRENT, NEW, consent


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


READS = {
    name: function
    for room in (queries, screens)
    for name, function in vars(room).items()
    if name in room.__all__ and inspect.isfunction(function)
}
PERSONAL_PAGES = (screens.CasePage, screens.ApplicationPage)


def gives_personal_data(function: Callable[..., Any]) -> bool:
    return any(
        kind in PERSONAL_PAGES or (is_dataclass(kind) and is_message(kind) and holds_personal_data(kind))
        for kind in types_in(get_type_hints(function)["return"])
    )


def types_in(hint: Any) -> list[type]:
    return (
        [hint]
        if isinstance(hint, type) and not get_args(hint)
        else [t for argument in get_args(hint) for t in types_in(argument)]
    )


def is_message(kind: type) -> bool:
    return kind.__module__.startswith("schemas.interfaces.")


def test_such_reads_are_known_by_what_they_give() -> None:
    assert {name for name, function in READS.items() if gives_personal_data(function)} == {
        "application_page",
        "case_page",
        "chosen_referrals",
        "incoming_referrals",
        "referral_results",
        "wanted_referrals",
    }


@pytest.mark.parametrize("name", [name for name, function in READS.items() if gives_personal_data(function)])
def test_what_gives_personal_data_cannot_be_read_without_a_recorder(name: str) -> None:
    recorder = inspect.signature(READS[name]).parameters["recorder"]

    assert get_type_hints(READS[name])["recorder"] is ReadRecorder
    assert recorder.default is inspect.Parameter.empty
