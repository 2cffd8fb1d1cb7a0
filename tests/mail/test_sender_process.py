"""The sender's process: killed between the mail server's yes and its own commit, it sends the same mail again."""

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.database import Database
from models.mail.queries import waiting_mail
from tests.mail.conftest import ADDRESSES
from tests.support.case_stages import accept
from tests.support.cast import CURRENT, NEW
from tests.support.database import free_port
from tests.support.database_contents import rows
from tests.support.mail_server import MailServer
from tests.support.processes import ROOT, wait_until
from tests.support.settings import Settings, environment_for

_LISTENS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN mail_noted'"


@contextmanager
def _sender(settings: Settings, folder: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = environment_for(settings, folder=folder) | more
    environment.pop("HUB_SMTP_AUTHORITY", None)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mail.sender"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def _waiting(database: Database) -> int:
    with database.transaction() as session:
        return waiting_mail(session).count


def _lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "log").read_text().splitlines()]


def test_killed_after_the_mail_was_taken_it_sends_the_same_mail_again(
    database: Database, settings: Settings, post: MailServer, case: str, tmp_path: Path
) -> None:
    faults = tmp_path / "faults"
    faults.mkdir()
    (faults / "send-mail:after-acceptance").touch()

    with _sender(settings, tmp_path, HUB_FAULT_FOLDER=str(faults)) as killed:
        assert killed.wait(30) == -signal.SIGKILL
    assert (len(post.mails), _waiting(database)) == (1, 1)

    with _sender(settings, tmp_path):
        wait_until(lambda: _waiting(database) == 0, what="the mail to be sent")

    first, second = post.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()


def test_killed_after_its_commit_it_sends_nothing_twice(
    database: Database, settings: Settings, post: MailServer, case: str, tmp_path: Path
) -> None:
    faults = tmp_path / "faults"
    faults.mkdir()
    (faults / "send-mail:after-commit").touch()

    with _sender(settings, tmp_path, HUB_FAULT_FOLDER=str(faults)) as killed:
        assert killed.wait(30) == -signal.SIGKILL

    assert (len(post.mails), _waiting(database)) == (1, 0)


def test_it_tells_how_it_is_logs_lines_and_ends_when_told_to(
    database: Database, settings: Settings, post: MailServer, case: str, tmp_path: Path
) -> None:
    port = free_port()

    with _sender(settings, tmp_path, HUB_MAIL_METRICS_PORT=str(port)) as process:
        post.wait_for(1)
        wait_until(lambda: b'hub_mails_total{outcome="sent"} 1.0' in _get(port, "/metrics"), what="the figure")
        health = json.loads(_get(port, "/healthz"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0

    assert health["status"] == "ok"
    sent = next(line for line in _lines(tmp_path) if line["event"] == "mail-sent")
    assert (sent["case_number"], sent["process"], sent["notice"]) == (case, "mail", "arrived")
    assert sent["mail_id"] in post.ids[0]
    assert "kekka@" not in (tmp_path / "log").read_text()


def test_a_mail_goes_out_at_once_however_seldom_it_looks_by_itself(
    database: Database, settings: Settings, post: MailServer, case: str, tmp_path: Path
) -> None:
    with _sender(settings, tmp_path, HUB_MAIL_EVERY="3600"):
        post.wait_for(1)
        wait_until(lambda: rows(database, _LISTENS), what="it to listen")

        with database.transaction() as session:
            accept(session, case)

        post.wait_for(2)
        assert [str(mail["To"]) for mail in post.mails] == [ADDRESSES[CURRENT], ADDRESSES[NEW]]


def test_what_waits_is_told_while_the_mail_server_is_away(
    database: Database, settings: Settings, case: str, tmp_path: Path
) -> None:
    port = free_port()
    nobody = {"HUB_SMTP_PORT": str(free_port()), "HUB_MAIL_METRICS_PORT": str(port)}

    with _sender(settings, tmp_path, **nobody):
        wait_until(lambda: "mail-server-away" in (tmp_path / "log").read_text(), what="it to miss the mail server")

        assert b"hub_mails_waiting 1.0" in _get(port, "/metrics")


@pytest.mark.parametrize("wrong", [{"HUB_SMTP_SECURITY": "ssl"}])
def test_a_wrong_setting_is_named_at_start(settings: Settings, tmp_path: Path, wrong: dict[str, str]) -> None:
    with _sender(settings, tmp_path, **wrong) as process:
        assert process.wait(20) == 1

    assert "HUB_SMTP_SECURITY" in (tmp_path / "log").read_text()


def _get(port: int, path: str) -> bytes:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            body: bytes = answer.read()
            return body
    except OSError:
        return b""
