"""Mails to people's own addresses, and the password that they alone hear."""

import re
import threading
from dataclasses import replace

import pytest

from mail.sender import Sender
from models.database import Database
from models.users.changes import People
from models.users.passwords import password_fits
from models.users.queries import password_hash_of
from rules.user_entries import UserEntry
from schemas.codes import UserRole
from tests.support.cast import CURRENT, register_retailers
from tests.support.database_contents import rows
from tests.support.mail_server import MailServer
from tests.support.settings import Settings

RUNNING = threading.Event()
ENTRY = UserEntry(user_id="1002mina09", name="見本 花子", email="hanako@example.jp", role=UserRole.RETAILER_STAFF)


def act(database: Database, *acts: str, entry: UserEntry = ENTRY) -> None:
    with database.transaction() as session:
        people = People(session)
        for name in acts:
            match name:
                case "register":
                    register_retailers(session)
                    people.register(entry, retailer_code=CURRENT)
                case "change":
                    people.change(entry)
                case "reissue":
                    people.reissue_password(entry.user_id)
                case "remove":
                    people.remove(entry.user_id)


def password_in(text: str) -> str:
    (password,) = re.findall(r"^パスワード: (\S+)\r?$", text, re.MULTILINE)
    return str(password)


def fits(database: Database, password: str) -> bool:
    with database.transaction() as session:
        return password_fits(password, password_hash=password_hash_of(session, user_id=ENTRY.user_id))


def test_who_is_registered_hears_id_and_a_password_that_fits(
    database: Database, settings: Settings, post: MailServer
) -> None:
    act(database, "register")
    sender = Sender(database=database, settings=settings)

    assert (sender.send_due(RUNNING), sender.send_due(RUNNING)) == (1, 0)

    (mail,) = post.mails
    text = mail.get_content()
    assert (str(mail["To"]), mail["Subject"]) == (
        "hanako@example.jp",
        "【スイッチング支援システム】ユーザ登録のお知らせ",
    )
    assert "見本 花子 様" in text and "ユーザーID: 1002mina09" in text and "https://hub.example/login" in text
    assert len(password_in(text)) == 16
    assert fits(database, password_in(text))
    assert rows(database, "SELECT must_change_password FROM users") == [(True,)]


def test_no_password_stands_anywhere_but_in_the_mail(database: Database, settings: Settings, post: MailServer) -> None:
    act(database, "register")
    Sender(database=database, settings=settings).send_due(RUNNING)
    password = password_in(post.mails[0].get_content())

    for table in ("users", "user_mails", "data_changes"):
        assert password not in str(rows(database, f"SELECT * FROM {table}"))


def test_a_password_that_is_issued_anew_takes_the_place_of_the_one_before(
    database: Database, settings: Settings, post: MailServer
) -> None:
    sender = Sender(database=database, settings=settings)
    act(database, "register")
    sender.send_due(RUNNING)
    act(database, "reissue")
    sender.send_due(RUNNING)

    first, second = (password_in(mail.get_content()) for mail in post.mails)
    assert (fits(database, first), fits(database, second)) == (False, True)


def test_of_several_that_wait_the_last_password_fits(database: Database, settings: Settings, post: MailServer) -> None:
    act(database, "register", "reissue", "reissue")

    Sender(database=database, settings=settings).send_due(RUNNING)

    assert fits(database, password_in(post.mails[-1].get_content()))


def test_who_is_changed_hears_of_it_and_keeps_the_password(
    database: Database, settings: Settings, post: MailServer
) -> None:
    sender = Sender(database=database, settings=settings)
    act(database, "register")
    sender.send_due(RUNNING)
    act(database, "change", entry=replace(ENTRY, email="new@example.jp"))
    sender.send_due(RUNNING)

    first, second = post.mails
    assert (str(second["To"]), "パスワード" in second.get_content()) == ("new@example.jp", False)
    assert fits(database, password_in(first.get_content()))


def test_who_is_removed_before_the_mail_goes_out_gets_none(
    database: Database, settings: Settings, post: MailServer
) -> None:
    act(database, "register", "remove")

    assert Sender(database=database, settings=settings).send_due(RUNNING) == 0
    assert post.mails == []


@pytest.mark.parametrize("address", ["", "no address"])
def test_a_mail_without_an_address_is_put_off_and_keeps_no_other_back(
    database: Database, settings: Settings, post: MailServer, address: str
) -> None:
    act(database, "register", entry=replace(ENTRY, email=address))
    act(database, "register", entry=replace(ENTRY, user_id="1002mina08"))

    assert Sender(database=database, settings=settings).send_due(RUNNING) == 1

    assert rows(database, "SELECT user_id, attempts, sent_at IS NULL FROM user_mails ORDER BY user_id") == [
        ("1002mina08", 1, False),
        ("1002mina09", 1, True),
    ]
