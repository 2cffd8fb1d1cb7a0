"""Mail after all that: every intent of the history there and sent, and under one Message-ID however often."""

from collections import defaultdict

from deploy.mail_sink.box import MailBox, ReceivedMail
from models.cases.queries import case_history
from rules.core import mails_for
from tests.support.case_steps import as_case
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.world import World

_Intent = tuple[str, int, str, str]


def no_mail_is_lost_and_none_has_two_names(world: World, case_numbers: list[str]) -> None:
    """Hold intents against the history, and mails against the intents."""
    assert {intent for intent in _intents(world) if intent[0] in case_numbers} == _expected(world, case_numbers)
    query = "SELECT count(*) FROM mail_intents WHERE sent_at IS NULL AND undeliverable_at IS NULL"
    until(lambda: rows(world.database, query) == [(0,)], within=60, instead=lambda: rows(world.database, query))
    ids = {str(one) for (one,) in rows(world.database, "SELECT id FROM mail_intents WHERE sent_at IS NOT NULL")}
    assert ids, "mails were to be sent"
    by_id: dict[str, list[ReceivedMail]] = defaultdict(list)
    for mail in MailBox(world.stack.mails).mails():
        by_id[mail.header("Message-ID").strip("<>").partition("@")[0]].append(mail)
    assert set(by_id) == ids
    for copies in by_id.values():
        assert len({(mail.header("To"), mail.header("Subject"), mail.text) for mail in copies}) == 1


def _intents(world: World) -> set[_Intent]:
    intents = rows(world.database, "SELECT case_number, step, kind, retailer_code FROM mail_intents")
    assert len(set(intents)) == len(intents)
    return {(number, step, kind, retailer) for number, step, kind, retailer in intents}


def _expected(world: World, case_numbers: list[str]) -> set[_Intent]:
    intents: set[_Intent] = set()
    with world.database.transaction() as session:
        for case_number in case_numbers:
            before = None
            for written in case_history(session, case_number=case_number):
                for mail in mails_for(before, written.line, as_case(written.state)):
                    intents.add((case_number, written.step, mail.kind.value, mail.to_retailer))
                before = as_case(written.state)
    return intents
