"""Mails that are to be sent: noted with the step that is their cause, once, and found until they are sent."""

from datetime import date, timedelta

import pytest

from models.cases.operations import record_step
from models.database import Database, Session
from models.mail.operations import note_not_sent, note_sent, note_undeliverable
from models.mail.queries import MailIntent, claim_mails, mail_of_case, waiting_mail
from models.messages.queries import unanswered
from models.participants.operations import register_participant
from rules.procedure.mails import MailKind
from rules.switching.state import SwitchingCase
from schemas.codes import CasePhase, ParticipantRole
from tests.support.case_stages import accept, complete_switch
from tests.support.case_steps import step_for
from tests.support.cast import CURRENT, NEW, register_retailers
from tests.support.database_contents import rows
from tests.support.decisions import decide
from tests.support.referrals import open_case, register


class Changed(Exception):
    """Ends a transaction before it is committed."""


def _noted(database: Database) -> list[tuple[int, str, str]]:
    return rows(database, "SELECT step, kind, retailer_code FROM mail_intents ORDER BY step, retailer_code")


def _with_address(session: Session, code: str, address: str | None) -> None:
    register_participant(
        session,
        code=code,
        name="みなと電気株式会社",
        role=ParticipantRole.RETAILER,
        area=None,
        valid_from=date(2016, 4, 1),
        result_mail=address,
    )


def _claimed(session: Session) -> MailIntent:
    (intent,) = claim_mails(session, at_most=1).readable
    return intent


class TestNoting:
    def test_a_registration_is_noted_with_the_case(self, database: Database) -> None:
        open_case(database)

        assert _noted(database) == [(1, "arrived", CURRENT)]

    def test_a_whole_switch_tells_each_side_its_part(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            complete_switch(session, number)

        last = rows(database, "SELECT step FROM cases")[0][0]
        assert _noted(database) == [
            (1, "arrived", CURRENT),
            (2, "accepted", NEW),
            (last, "completed", NEW),
            (last, "completed", CURRENT),
        ]

    def test_a_step_that_is_rolled_back_leaves_none(self, database: Database) -> None:
        number = open_case(database)

        with pytest.raises(Changed), database.transaction() as session:
            accept(session, number)
            assert session.connection().exec_driver_sql("SELECT count(*) FROM mail_intents").scalar_one() == 2
            raise Changed

        assert _noted(database) == [(1, "arrived", CURRENT)]

    def test_a_registration_that_is_rolled_back_leaves_none(self, database: Database) -> None:
        with pytest.raises(Changed), database.transaction() as session:
            register_retailers(session)
            register(session)
            raise Changed

        assert _noted(database) == []

    def test_a_repeat_of_a_step_notes_none_twice(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = step_for(session, number, unanswered(session, case_number=number)[0])
        for _ in range(2):
            with database.transaction() as session:
                record_step(session, step=step)

        assert _noted(database) == [(1, "arrived", CURRENT), (2, "accepted", NEW)]


class TestClaiming:
    def test_it_brings_the_case_as_the_step_left_it_and_the_address_of_now(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            accept(session, number)
            _with_address(session, CURRENT, "kekka@minato.example")

        with database.transaction() as session:
            intent = _claimed(session)

        assert (intent.kind, intent.retailer_code, intent.address) == (
            MailKind.ARRIVED, CURRENT, "kekka@minato.example"
        )  # fmt: skip
        assert isinstance(intent.about, SwitchingCase)
        assert (intent.about.case_number, intent.about.phase) == (number, CasePhase.AWAITING_DECISION)

    def test_what_one_sender_has_in_hand_no_other_takes(self, database: Database) -> None:
        open_case(database)

        with database.transaction() as session, database.transaction() as other:
            assert claim_mails(session, at_most=1)
            assert not claim_mails(other, at_most=1)

    def test_two_senders_share_what_there_is(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            accept(session, number)

        with database.transaction() as session, database.transaction() as other:
            kinds = [intent.kind for line in (session, other) for intent in claim_mails(line, at_most=1).readable]

        assert kinds == [MailKind.ARRIVED, MailKind.ACCEPTED]

    def test_what_was_in_hand_is_free_again_when_nothing_was_noted(self, database: Database) -> None:
        open_case(database)
        with database.transaction() as session:
            first = _claimed(session).id

        with database.transaction() as session:
            assert _claimed(session).id == first

    def test_what_was_sent_is_not_found_again(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            note_sent(session, addresses={_claimed(session).id: "kekka@minato.example"})

        with database.transaction() as session:
            assert not claim_mails(session, at_most=1)
            (noted,) = mail_of_case(session, case_number=number)
            assert (noted.kind, noted.retailer_code, noted.attempts) == (MailKind.ARRIVED, CURRENT, 1)
            assert noted.sent_at is not None
            assert waiting_mail(session).count == 0

    def test_what_failed_comes_back_later_and_later(self, database: Database) -> None:
        open_case(database)
        with database.transaction() as session:
            intent = _claimed(session).id
            tries = [note_not_sent(session, intent=intent, address="a@b.example", error="451") for _ in range(3)]

        assert tries == [1, 2, 3]
        with database.transaction() as session:
            assert not claim_mails(session, at_most=1)
            assert waiting_mail(session).count == 1
        ((pause,),) = rows(database, "SELECT next_try_at - clock_timestamp() FROM mail_intents")
        assert timedelta(seconds=3) < pause <= timedelta(seconds=4)

    def test_without_an_address_it_is_marked_and_not_found_again(self, database: Database) -> None:
        open_case(database)
        with database.transaction() as session:
            intent = _claimed(session)
            assert intent.address is None
            note_undeliverable(session, intent=intent.id)

        with database.transaction() as session:
            assert not claim_mails(session, at_most=1)
            waiting = waiting_mail(session)
            assert (waiting.count, waiting.undeliverable) == (0, 1)

    def test_the_oldest_that_waits_is_told(self, database: Database) -> None:
        open_case(database)
        rows(database, "UPDATE mail_intents SET created_at = created_at - interval '1 hour' RETURNING id")

        with database.transaction() as session:
            waiting = waiting_mail(session)

        assert waiting.count == 1
        assert timedelta(hours=1) <= waiting.oldest < timedelta(hours=1, minutes=2)


def test_a_retailer_sees_its_own_mails_alone(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        accept(session, number)

    with database.transaction() as session:
        own = [mail.kind for mail in mail_of_case(session, case_number=number, retailer_code=NEW)]
        everyone = [mail.kind for mail in mail_of_case(session, case_number=number)]

    assert (own, everyone) == ([MailKind.ACCEPTED], [MailKind.ARRIVED, MailKind.ACCEPTED])
