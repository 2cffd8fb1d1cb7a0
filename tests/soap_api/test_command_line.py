"""The retailers' command line: what the hub said decides the status, and an id stays until its answer was shown."""

import io
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.authority import Issued, issue_client_certificate, make_authority
from deploy.stack.supervisor import ROOT
from models.database import Database
from schemas.reading import RawValue
from switching_hub_client.command_line import main
from tests.support.cast import NEW
from tests.support.certificates import client_certificate, register_issued
from tests.support.database import free_port
from tests.support.database_contents import rows
from tests.support.middlebox import Instead, Middlebox, middlebox
from tests.support.processes import wait_until
from tests.support.raw_requests import registration
from tests.support.soap_server import SoapServer

ANSWERED, REFUSED, WRONG_USE, OPEN = 0, 1, 2, 3
NO_CERTIFICATE = Path("no-such-certificate.pem")
_INTERRUPTIBLE = ("/usr/bin/env", "--default-signal=INT")
"""What a shell runs behind it ignores interrupts, and so does all that it starts."""


@dataclass(frozen=True)
class Done:
    """How the command ended, and what it said."""

    status: int
    output: str
    errors: str


@dataclass
class Desk:
    """Where a retailer's clerk works: a file with a message, and the command."""

    file: Path
    url: str
    certificate: Path
    authority: Path
    database: Database

    @property
    def kept(self) -> Path:
        return self.file.with_name(f"{self.file.name}.message-id")

    def arguments(self, *more: str, number: str = "12110") -> tuple[str, ...]:
        options = ("--certificate", str(self.certificate), "--authority", str(self.authority), "--patience", "0")
        return (number, str(self.file), "--url", self.url, *options, *more)

    def run(self, *more: str, number: str = "12110") -> Done:
        output, errors = io.StringIO(), io.StringIO()
        status = main(self.arguments(*more, number=number), standard_output=output, standard_error=errors)
        return Done(status, output.getvalue(), errors.getvalue())

    def start(self, **options: Any) -> "subprocess.Popen[bytes]":
        command = (sys.executable, "-m", "switching_hub_client", *self.arguments())
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, **options)

    def write(self, values: Mapping[str, RawValue]) -> None:
        self.file.write_text(yaml.safe_dump(dict(values), allow_unicode=True), encoding="utf-8")

    def registered(self) -> int:
        ((count,),) = rows(self.database, "SELECT count(*) FROM cases")
        return int(count)


@pytest.fixture
def issued(soap_process: SoapServer, retailers: Database, tmp_path: Path) -> Issued:
    issued_now = client_certificate(soap_process.certificates, f"clerk-{tmp_path.name}")
    register_issued(retailers, issued_now, retailer=NEW)
    return issued_now


@pytest.fixture
def values(retailers: Database) -> dict[str, RawValue]:
    referral = registration(retailers)
    del referral["messageId"]
    return referral


@pytest.fixture
def desk(
    soap_process: SoapServer, retailers: Database, issued: Issued, values: dict[str, RawValue], tmp_path: Path
) -> Desk:
    url = f"https://localhost:{soap_process.port}"
    new_desk = Desk(tmp_path / "referral.yaml", url, issued.path, soap_process.certificates.authority, retailers)
    new_desk.write(values)
    return new_desk


@pytest.fixture
def box(desk: Desk, soap_process: SoapServer) -> Iterator[Middlebox]:
    with middlebox(soap_process, certificate=desk.certificate) as standing:
        desk.url = standing.url
        yield standing


class TestWhatTheHubAccepted:
    """…is never told as refused, and can be asked for again until it was shown."""

    @pytest.mark.parametrize("encoding", ["ascii", "euc_jp", "cp932"])
    def test_is_shown_where_letters_cannot_be_written(self, desk: Desk, encoding: str) -> None:
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        with desk.start(stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
            output, errors = process.communicate(timeout=60)

        assert (process.returncode, desk.registered()) == (ANSWERED, 1), errors
        assert yaml.safe_load(output.decode(encoding))["casePhaseName"] == "判断待ち"
        assert not desk.kept.exists()

    def test_stays_accepted_where_nobody_takes_the_answer(self, desk: Desk) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        with desk.start(stdout=writing, stderr=subprocess.PIPE) as process:
            os.close(writing)
            _, errors = process.communicate(timeout=60)

        assert (process.returncode, desk.registered()) == (ANSWERED, 1), errors
        assert "受け付けられましたが、応答を表示しきれませんでした" in errors.decode()
        assert "Traceback" not in errors.decode() and "BrokenPipe" not in errors.decode()
        assert desk.kept.exists()

        again = desk.run()
        assert (again.status, desk.registered()) == (ANSWERED, 1), again.errors
        assert yaml.safe_load(again.output)["caseNumber"]
        assert not desk.kept.exists()

    def test_stays_accepted_where_the_disk_is_full(self, desk: Desk) -> None:
        with open("/dev/full", "wb") as full, desk.start(stdout=full, stderr=subprocess.PIPE) as process:
            _, errors = process.communicate(timeout=60)

        assert (process.returncode, desk.registered(), desk.kept.exists()) == (ANSWERED, 1, True), errors

    def test_stays_accepted_where_not_even_that_can_be_told(self, desk: Desk) -> None:
        with open("/dev/full", "wb") as full, desk.start(stdout=full, stderr=full) as process:
            assert process.wait(60) == ANSWERED

    def test_does_not_hold_up_the_next_message_in_the_file(self, desk: Desk, values: dict[str, RawValue]) -> None:
        with open("/dev/full", "wb") as full, desk.start(stdout=full, stderr=full) as process:
            process.wait(60)
        desk.write(values | {"pointNumber": "0310000000000000000777"})

        assert desk.run().status == ANSWERED
        assert desk.registered() == 2

    @pytest.mark.parametrize(
        "instead",
        [
            pytest.param(Instead(200, b"<html>maintenance"), id="no-xml"),
            pytest.param(Instead(200, b"<html/>"), id="no-envelope"),
            pytest.param(Instead(502, b"<html/>"), id="xhtml-502"),
            pytest.param(Instead(504), id="504"),
            pytest.param(Instead(202), id="nothing-but-202"),
            pytest.param(Instead(200, b"<a", length=100), id="cut-off"),
            pytest.param(Instead(408), id="408"),
        ],
    )
    def test_is_open_while_something_before_the_hub_answers(self, desk: Desk, box: Middlebox, instead: Instead) -> None:
        box.says.append(instead)

        first = desk.run()
        assert (first.status, desk.kept.exists(), desk.registered()) == (OPEN, True, 1), first.errors
        assert "もう一度実行" in first.errors

        again = desk.run()
        assert (again.status, desk.registered()) == (ANSWERED, 1), again.errors
        assert not desk.kept.exists()

    def test_stays_open_where_the_next_try_is_turned_away_before_the_message(self, desk: Desk, box: Middlebox) -> None:
        box.says += [Instead(504), Instead(403, passed_on=False)]

        assert [desk.run().status, desk.run().status] == [OPEN, OPEN]
        assert desk.kept.exists()
        assert (desk.run().status, desk.registered()) == (ANSWERED, 1)

    def test_stays_open_where_the_file_is_changed_before_it_is_known(
        self, desk: Desk, box: Middlebox, values: dict[str, RawValue]
    ) -> None:
        box.says.append(Instead(504))
        assert desk.run().status == OPEN
        desk.write(values | {"pointNumber": "0310000000000000000777"})

        changed = desk.run()

        assert (changed.status, desk.registered(), desk.kept.exists()) == (WRONG_USE, 1, True)
        assert "結果がまだ分からないまま" in changed.errors
        desk.write(values)
        assert (desk.run().status, desk.registered()) == (ANSWERED, 1)

    def test_is_open_after_an_interrupt(self, desk: Desk, box: Middlebox) -> None:
        box.says += [Instead(504)] * 100
        with subprocess.Popen(
            (*_INTERRUPTIBLE, sys.executable, "-m", "switching_hub_client", *desk.arguments("--patience", "60")),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            wait_until(lambda: len(box.says) < 100, what="a first try")
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)

        assert (process.returncode, desk.kept.exists()) == (OPEN, True)
        assert "中断しました" in errors.decode() and "Traceback" not in errors.decode()


class TestWhatTheHubRefused:
    def test_is_told_and_its_id_dropped(self, desk: Desk, values: dict[str, RawValue]) -> None:
        desk.write(values | {"wishedDate": "1999-01-01"})

        done = desk.run()

        assert (done.status, desk.kept.exists()) == (REFUSED, False)
        assert "HUB-" in done.errors

    def test_stays_refused_where_it_cannot_be_told(self, desk: Desk, values: dict[str, RawValue]) -> None:
        desk.write(values | {"wishedDate": "1999-01-01"})
        with open("/dev/full", "wb") as full, desk.start(stdout=full, stderr=full) as process:
            assert process.wait(60) == REFUSED
        assert desk.kept.exists()

    def test_a_first_try_that_is_turned_away_is_a_refusal(self, desk: Desk, box: Middlebox) -> None:
        box.says.append(Instead(403, passed_on=False))

        assert (desk.run().status, desk.kept.exists()) == (REFUSED, False)


class TestWhatCannotBeSent:
    """…is told in words, with nothing sent and no id left behind."""

    def assert_not_sent(self, desk: Desk, done: Done, words: str) -> None:
        assert (done.status, words in done.errors, done.output) == (WRONG_USE, True, ""), done.errors
        assert "何も送っていません" in done.errors
        assert not desk.kept.exists()
        assert desk.registered() == 0

    def test_a_nested_element_is_missing(self, desk: Desk, values: dict[str, RawValue]) -> None:
        consent = values["consent"]
        assert isinstance(consent, Mapping)
        desk.write(values | {"consent": {name: value for name, value in consent.items() if name != "obtainedOn"}})

        self.assert_not_sent(desk, desk.run(), "obtainedOn")

    def test_a_nested_element_is_no_group(self, desk: Desk, values: dict[str, RawValue]) -> None:
        desk.write(values | {"consent": "yes"})

        self.assert_not_sent(desk, desk.run(), "consent")

    @pytest.mark.parametrize("name", ["bogus", "message_id", "tried", "number"])
    def test_an_element_that_the_wsdl_has_not(self, desk: Desk, values: dict[str, RawValue], name: str) -> None:
        desk.write(values | {name: "1"})

        self.assert_not_sent(desk, desk.run(), name)

    def test_a_control_character(self, desk: Desk, values: dict[str, RawValue]) -> None:
        desk.file = desk.file.with_suffix(".json")
        desk.file.write_text(json.dumps(values | {"address": "東京\u0007都"}))

        self.assert_not_sent(desk, desk.run(), "XML")

    @pytest.mark.parametrize("which", ["certificate", "authority"])
    @pytest.mark.parametrize("content", [None, b"no PEM"], ids=["missing", "no-pem"])
    def test_a_certificate_file_cannot_be_used(
        self, desk: Desk, tmp_path: Path, which: str, content: bytes | None
    ) -> None:
        file = tmp_path / "unusable.pem"
        if content is not None:
            file.write_bytes(content)
        setattr(desk, which, file)

        self.assert_not_sent(desk, desk.run(), str(file))

    def test_the_hub_is_not_who_the_authority_vouches_for(self, desk: Desk, issued: Issued) -> None:
        desk.authority = issued.path

        self.assert_not_sent(desk, desk.run(), "認証局")

    @pytest.mark.parametrize("url", ["hub.example:8443", "http://localhost:8080", "https://", "https://localhost:hub"])
    def test_an_address_that_is_none(self, desk: Desk, url: str) -> None:
        desk.url = url

        self.assert_not_sent(desk, desk.run(), "アドレス")

    def test_an_interface_that_the_hub_has_not(self, desk: Desk) -> None:
        self.assert_not_sent(desk, desk.run(number="99999"), "99999")

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("broken.json", b'{"caseNumber": '),
            ("deep.json", b"[" * 100_000),
            ("list.json", b"[]"),
            ("broken.yaml", b"a: [1"),
            ("tagged.yaml", b"a: !!python/object:os.system {}"),
            ("unnamed.yaml", b"{? [1] : 2}"),
            ("latin.yaml", b"a: \xe9"),
        ],
    )
    def test_a_file_that_cannot_be_read(self, desk: Desk, name: str, content: bytes) -> None:
        desk.file = desk.file.with_name(name)
        desk.file.write_bytes(content)

        self.assert_not_sent(desk, desk.run(), name)

    def test_a_file_that_is_not_there(self, desk: Desk) -> None:
        desk.file.unlink()

        self.assert_not_sent(desk, desk.run(), "referral.yaml")

    @pytest.mark.parametrize("patience", ["nan", "-1", "long"])
    def test_a_patience_that_never_ends_or_is_none(self, desk: Desk, patience: str) -> None:
        with pytest.raises(SystemExit) as ended:
            desk.run("--patience", patience)

        assert ended.value.code == WRONG_USE

    def test_an_id_cannot_be_kept(self, desk: Desk) -> None:
        desk.kept.with_name(f"{desk.kept.name}.new").mkdir()  # as a full disk would: nothing can be written there

        self.assert_not_sent(desk, desk.run(), "控えを書けません")

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[1]", b"20261130-AAAA", b'{"message_id": ""}'])
    def test_a_kept_id_cannot_be_read(self, desk: Desk, content: bytes) -> None:
        desk.kept.write_bytes(content)

        done = desk.run()

        assert (done.status, desk.registered()) == (WRONG_USE, 0)
        assert "控えを読めません" in done.errors
        assert desk.kept.read_bytes() == content, "it may be all that is left of a message under way"

    def test_an_id_of_an_earlier_run_outlives_a_certificate_that_is_missing(self, desk: Desk, box: Middlebox) -> None:
        box.says.append(Instead(504))
        assert desk.run().status == OPEN
        certificate, desk.certificate = desk.certificate, NO_CERTIFICATE

        assert (desk.run().status, desk.kept.exists()) == (WRONG_USE, True)
        desk.certificate = certificate
        assert (desk.run().status, desk.registered()) == (ANSWERED, 1)


def test_a_hub_that_is_away_leaves_the_outcome_open(desk: Desk) -> None:
    desk.url = f"https://localhost:{free_port()}"

    assert (desk.run().status, desk.kept.exists()) == (OPEN, True)


def test_who_shows_a_certificate_of_another_authority_hears_where_to_look(desk: Desk, tmp_path: Path) -> None:
    desk.certificate = tmp_path / "foreign.pem"
    issue_client_certificate(make_authority(tmp_path / "other"), desk.certificate, common_name="1001")

    done = desk.run()

    assert (done.status, desk.registered()) == (OPEN, 0)
    assert "自社の証明書の認証局と用途" in done.errors


def test_the_help_can_be_read_where_its_letters_cannot_be_written() -> None:
    command = (sys.executable, "-m", "switching_hub_client", "--help")

    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"})

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "IF番号: 指定してください"),
        (("12110",), "ファイル: 指定してください"),
        (("12110", "a.yaml", "b.yaml"), "余分な指定があります: b.yaml"),
        (("12110", "a.yaml", "--jason"), "--jason: このようなオプションはありません"),
        (("12110", "a.yaml", "--patience", "long"), "--patience: 0以上の秒数を指定してください: long"),
        (("12110", "a.yaml", "--patience"), "--patience: 値が要るかどうかを --help で確かめてください"),
        (("12110", "a.yaml"), "--url: 指定してください"),
    ],
    ids=str,
)
def test_arguments_that_cannot_be_read_are_said_in_japanese(arguments: tuple[str, ...], words: str) -> None:
    options = () if words.startswith("--url") else ("--url", "u", "--certificate", "c", "--authority", "a")
    errors = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        main((*options, *arguments), standard_output=io.StringIO(), standard_error=errors)

    assert ended.value.code == WRONG_USE
    assert words in errors.getvalue()
    assert "Error" not in errors.getvalue()


def test_where_the_hub_is_may_stand_in_the_environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCHING_HUB_URL", desk.url)
    monkeypatch.setenv("SWITCHING_HUB_CERTIFICATE", str(desk.certificate))
    monkeypatch.setenv("SWITCHING_HUB_AUTHORITY", str(desk.authority))

    status = main(("12110", str(desk.file)), standard_output=io.StringIO(), standard_error=io.StringIO())

    assert (status, desk.registered()) == (ANSWERED, 1)


def test_an_id_that_the_file_gives_is_used_and_nothing_is_kept(desk: Desk, values: dict[str, RawValue]) -> None:
    desk.write(values | {"messageId": "OUR-OWN-1"})

    assert [desk.run().status, desk.run().status] == [ANSWERED, ANSWERED]
    assert (desk.registered(), desk.kept.exists()) == (1, False)
    assert rows(desk.database, "SELECT message_id FROM messages") == [("OUR-OWN-1",)]


def test_nobody_else_can_read_the_kept_id(desk: Desk) -> None:
    desk.url = f"https://localhost:{free_port()}"
    desk.run()

    assert not desk.kept.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    assert "東京" not in desk.kept.read_text()
