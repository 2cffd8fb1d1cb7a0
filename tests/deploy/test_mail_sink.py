"""The mail sink: keeps every mail as a file before it says yes, and shows it in the browser."""

import smtplib
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from deploy.mail_sink.box import MailBox
from deploy.mail_sink.pages import pages
from deploy.stack.environment import base_environment
from tests.support.database import free_port
from tests.support.processes import running_module, wait_until


def _mail(subject: str, text: str = "本文です。") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "hub@hub.example", "kekka@minato.example", subject
    mail["Message-ID"] = "<1@hub.example>"
    mail.set_content(text)
    return mail


@dataclass
class Sink:
    """A running sink."""

    smtp: int
    page: int
    folder: Path


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sink]:
    folder = tmp_path_factory.mktemp("sink")
    new_sink = Sink(free_port(), free_port(), folder / "mail")
    environment = base_environment() | {"HUB_SMTP_PORT": str(new_sink.smtp), "HUB_MAIL_PAGE_PORT": str(new_sink.page)}
    arguments = ("deploy.mail_sink", str(new_sink.folder))
    with running_module(*arguments, port=new_sink.page, log=folder / "log", environment=environment):
        yield new_sink


def test_what_it_said_yes_to_is_a_file_and_on_its_page(sink: Sink) -> None:
    with smtplib.SMTP("127.0.0.1", sink.smtp, timeout=10) as connection:
        connection.send_message(_mail("廃止取次が届きました"))

    (mail,) = MailBox(sink.folder).mails()
    assert (mail.header("Subject"), mail.text) == ("廃止取次が届きました", "本文です。\n")
    with urllib.request.urlopen(f"http://127.0.0.1:{sink.page}/", timeout=10) as page:
        assert "廃止取次が届きました" in page.read().decode()


def test_it_ends_when_told_to(tmp_path: Path) -> None:
    ports = {"HUB_SMTP_PORT": str(free_port()), "HUB_MAIL_PAGE_PORT": str(free_port())}
    log = tmp_path / "log"
    with running_module(
        "deploy.mail_sink",
        str(tmp_path / "mail"),
        port=int(ports["HUB_MAIL_PAGE_PORT"]),
        log=log,
        environment=base_environment() | ports,
    ) as process:
        process.terminate()
        wait_until(lambda: process.poll() is not None, what="the end of the sink", within=15)

    assert process.returncode == 0


@pytest.fixture
def box(tmp_path: Path) -> MailBox:
    return MailBox(tmp_path / "mail")


@pytest.fixture
def client(box: MailBox) -> FlaskClient:
    return pages(box).test_client()


def test_an_empty_box_says_so(client: FlaskClient) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert "まだ届いていません" in answer.get_data(as_text=True)


def _matches(client: FlaskClient, path: str, expression: str) -> list[str]:
    matches = html.document_fromstring(client.get(path).get_data(as_text=True)).xpath(expression)
    assert isinstance(matches, list)
    return [str(match) for match in matches]


def test_the_newest_mail_stands_first_and_leads_to_its_text(client: FlaskClient, box: MailBox) -> None:
    box.keep(_mail("一通目").as_bytes())
    box.keep(_mail("二通目", "http://localhost:8080/cases/SW1").as_bytes())

    assert _matches(client, "/", "//tbody//a/text()") == ["二通目", "一通目"]
    newest = _matches(client, "/", "//tbody//a/@href")[0]
    assert _matches(client, newest, "//h1/text()") == ["二通目"]
    assert _matches(client, newest, "//pre/a/@href") == ["http://localhost:8080/cases/SW1"]


def test_what_stands_in_a_mail_cannot_act_in_the_browser(client: FlaskClient, box: MailBox) -> None:
    box.keep(_mail("<script>alert(1)</script>", "<script>alert(2)</script>").as_bytes())
    (mail,) = box.mails()

    for path in ("/", f"/mails/{mail.name}"):
        answer = client.get(path)
        assert "<script" not in answer.get_data(as_text=True)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_many_mails_are_listed_page_by_page(client: FlaskClient, box: MailBox) -> None:
    box.folder.mkdir()
    for number in range(1, 121):
        name = f"20261124-100000-000000-{number:06d}.eml"
        (box.folder / name).write_bytes(_mail(f"{number}通目").as_bytes())

    pages = [_matches(client, f"/?page={page}", "//tbody//a/text()") for page in (1, 2, 3)]

    assert [len(mails) for mails in pages] == [50, 50, 20]
    assert sum(pages, []) == [f"{number}通目" for number in range(120, 0, -1)]
    assert "120通" in client.get("/").get_data(as_text=True)
    assert _matches(client, "/", "//nav//a/@href") == ["/?page=2"]
    assert _matches(client, "/?page=2", "//nav//a/@href") == ["/?page=1", "/?page=3"]
    assert [client.get(f"/?page={page}").status_code for page in ("0", "4", "-1")] == [404, 404, 404]


def test_only_the_mails_of_the_page_are_read(client: FlaskClient, box: MailBox) -> None:
    # So that the page comes as fast with ten thousand as with fifty: the older ones here cannot even be read.
    box.folder.mkdir()
    for number in range(60):
        (box.folder / f"20261123-100000-000000-{number:06d}.eml").mkdir()
    for number in range(50):
        (box.folder / f"20261124-100000-000000-{number:06d}.eml").write_bytes(_mail("読む").as_bytes())

    assert len(_matches(client, "/", "//tbody//a/text()")) == 50


@pytest.mark.parametrize("name", ["20261124-100000-000000-000001", "..%2F..%2Fmessage-key", ".hidden"])
def test_what_is_no_mail_of_its_own_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/mails/{name}").status_code == 404
