"""``python -m upkeep certificates``: by the file of a certificate, or by what an application says of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from pydantic import SecretStr

from deploy.authority import Issued, issue_client_certificate, make_authority
from models.database import Database
from runtime.settings.processes import UpkeepSettings
from tests.support.cast import CURRENT, DECIDER, NEW, OPERATOR, register_cast
from tests.support.data_keys import KEYS_OF_TESTS
from upkeep.__main__ import main

Say = Callable[..., tuple[int, list[str]]]
WHY = ("--by", OPERATOR.user_id, "--reason", "利用申請")
USED = (
    *("--id", "JN-0001", "--source", "203.0.113.7", "--source", "198.51.100.0/24"),
    *("--device", "連携サーバー", "--holder", "システム部"),
)


@pytest.fixture
def say(database: Database, database_url: str, capsys: pytest.CaptureFixture[str]) -> Say:
    """Carry out a command line; give its status and the lines it said."""
    with database.transaction() as session:
        register_cast(session)
    configured = UpkeepSettings.model_construct(
        database_url=SecretStr(database_url),
        message_key=SecretStr("for tests"),
        data_keys=SecretStr(KEYS_OF_TESTS),
        deadline_profile="standard",
    )

    def said(*arguments: str) -> tuple[int, list[str]]:
        status = main(("certificates", *arguments), configured=configured)
        return status, capsys.readouterr().out.splitlines()

    return said


@pytest.fixture
def issued(tmp_path: Path) -> Issued:
    return issue_client_certificate(make_authority(tmp_path), tmp_path / "new.pem", common_name=NEW)


def register(say: Say, issued: Issued) -> tuple[int, list[str]]:
    return say("register", "--retailer", NEW, "--purpose", "api", "--file", str(issued.path), *USED, *WHY)


def test_one_is_registered_by_its_file_and_seen_with_what_was_done_to_it(say: Say, issued: Issued) -> None:
    status, (line,) = register(say, issued)

    assert (status, issued.serial in line, NEW in line) == (0, True, True)
    assert say("list")[1][-1] == "1 件"
    status, lines = say("show", issued.serial)
    assert status == 0
    assert "  接続元: 203.0.113.7 198.51.100.0/24" in lines
    whole = x509.load_pem_x509_certificate(issued.path.read_bytes())
    assert f"  指紋（SHA-256）: {whole.fingerprint(SHA256()).hex()}" in lines
    assert any("クライアント証明書の登録  OCCTO00001" in line and line.endswith("理由: 利用申請") for line in lines)


def test_one_is_registered_by_what_an_application_says_in_whatever_form(say: Say) -> None:
    told = (
        "--new-issuer",
        "O = Switching Hub, CN=Field",
        "--new-serial",
        "00:A1:B2",
        "--new-expires",
        "2099-04-01T00:00",
    )

    assert say("register", "--retailer", NEW, "--purpose", "api", *told, *USED, *WHY)[0] == 0

    status, lines = say("show", "a1b2")
    assert (status, "  発行者: O=Switching Hub,CN=Field" in lines) == (0, True)


def test_one_is_replaced_and_its_successor_lives_on(say: Say, issued: Issued, tmp_path: Path) -> None:
    register(say, issued)
    renewed = issue_client_certificate(make_authority(tmp_path), tmp_path / "next.pem", common_name=NEW)

    status, (line,) = say("replace", issued.serial, "--beside", "14d", "--file", str(renewed.path), *USED, *WHY)

    assert (status, f"{renewed.serial} に更新" in line) == (0, True)
    assert say("list", "--retailer", NEW)[1][-1] == "2 件"
    assert say("list", "--retailer", CURRENT)[1] == ["0 件"]


def test_one_is_revoked_once_somebody_has_agreed(say: Say, issued: Issued) -> None:
    register(say, issued)

    assert say("revoke", issued.serial, *WHY)[0] == 3  # there is no terminal to agree at
    assert "失効" not in say("list")[1][0]

    assert say("revoke", issued.serial, "--yes", *WHY)[0] == 0
    assert "失効" in say("list")[1][0]


def test_addresses_are_changed(say: Say, issued: Issued) -> None:
    register(say, issued)

    assert say("change", issued.serial, "--source", "::ffff:192.0.2.1", *WHY)[0] == 0

    assert "  接続元: 192.0.2.1" in say("show", issued.serial)[1]


def test_the_first_day_of_the_api_is_set(say: Say) -> None:
    assert say("api-start", NEW, "--from", "2027-04-01", *WHY) == (
        0,
        [f"小売電気事業者 {NEW} のAPI利用開始日を 2027-04-01 としました。"],
    )
    assert say("api-start", "1009", "--from", "2027-04-01", *WHY)[0] == 3


def test_all_of_a_retailers_are_stopped_and_allowed_again(say: Say, issued: Issued) -> None:
    register(say, issued)

    assert say("stop", NEW, *WHY)[0] == 3  # there is no terminal to agree at
    assert say("stop", NEW, "--yes", *WHY)[0] == 0
    assert "利用停止中" in say("list")[1][0]
    assert say("allow", NEW, *WHY)[0] == 0
    assert "利用停止中" not in say("list")[1][0]
    status, lines = say("stop", "1009", "--yes", *WHY)
    assert (status, lines[-1]) == (3, "行いませんでした: 小売電気事業者 1009 は事業者一覧にありません。")


@pytest.mark.parametrize("person", [DECIDER.user_id, "nobody0000"])
def test_nobody_else_than_the_hub_operators_people_does(say: Say, issued: Issued, person: str) -> None:
    register(say, issued)

    for command in (("revoke", issued.serial, "--yes"), ("change", issued.serial, "--device", "別の装置")):
        status, lines = say(*command, "--by", person, "--reason", "試し")
        assert (status, lines) == (3, [f"行いませんでした: {person} は広域機関の利用者ではありません。"])


def test_why_it_was_not_done_is_said(say: Say, issued: Issued) -> None:
    register(say, issued)

    assert "登録済み" in register(say, issued)[1][0]
    assert "登録されていません" in say("revoke", "dead", "--yes", *WHY)[1][0]
    elsewhere = ("--retailer", CURRENT, "--purpose", "api", "--file", str(issued.path))
    assert f"事業者 {NEW} のもの" in say("register", *elsewhere, *USED, *WHY)[1][0]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--new-serial", "xyz"),
        ("--new-issuer", "nobody"),
        ("--new-serial", "a1"),
        ("--source", "office"),
        ("--file", "/nowhere.pem"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_done(say: Say, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        say("register", "--retailer", NEW, "--purpose", "api", *wrong, *USED, *WHY)
    assert say("list")[1] == ["0 件"]
