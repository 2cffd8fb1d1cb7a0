"""What a person reads when a page cannot be shown."""

from urllib.parse import urlsplit

import psycopg2
from flask.testing import FlaskClient
from pydantic import SecretStr

from models.database import Database
from rules.access.rights import Denial, NotAllowed
from rules.access.use_cases import UseCase
from tests.support.cast import COLLEAGUE
from tests.support.referrals import open_case
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.decision.test_decide import ACCEPT, SEND_OK, confirmed, decisions
from tests.web.pages import get, page_of, send, words


def test_an_unknown_address_gets_a_page_in_japanese(client: FlaskClient) -> None:
    page = get(client, "/nowhere", status=404)

    assert words(page, "//h1") == ["ページが見つかりません"]
    assert page.xpath("//main//a/@href") == ["/"]


def test_the_address_is_not_repeated_on_the_page(client: FlaskClient) -> None:
    assert "nowhere" not in get(client, "/nowhere", status=404).text_content()


def test_another_method_is_refused(client: FlaskClient) -> None:
    assert client.post("/").status_code == 405


def test_what_a_use_case_refuses_to_somebody_is_no_failure_of_the_page(
    settings: Settings, database: Database, application: Applications
) -> None:
    browsers = Browsers(application(settings), database)

    @browsers.app.get("/not-theirs")
    def not_theirs() -> str:
        raise NotAllowed(UseCase.INQUIRE_FACILITY, Denial.RIGHT)

    page = get(browsers.of(COLLEAGUE), "/not-theirs", status=403)

    assert words(page, "//h1") == ["この操作を行う権限がありません"]


def test_a_database_that_takes_no_writes_says_that_sending_again_is_safe_and_so_it_is(
    open_browsers: Browsers, database: Database, settings: Settings, application: Applications
) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, ACCEPT)
    standby = settings.model_copy(update={"database_url": _read_only(settings.database_url)})
    failed_over = application(standby).test_client()
    with client.session_transaction() as own, failed_over.session_transaction() as same:
        same.update(own)

    answer = send(failed_over, page, button=SEND_OK)

    shown_page = page_of(answer, status=503)
    assert answer.headers["Retry-After"] == "30"
    assert "二重に保存されることはありません。" in shown_page.text_content()
    assert send(client, page, button=SEND_OK).status_code == 303
    assert send(client, page, button=SEND_OK).status_code == 303
    assert decisions(database) == 1


def _read_only(address: SecretStr) -> SecretStr:
    """Open the same database for somebody whose connections take no writes, as those to a standby."""
    with psycopg2.connect(address.get_secret_value()) as connection, connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS reader")
        cursor.execute("CREATE ROLE reader LOGIN SUPERUSER PASSWORD 'reader'")
        cursor.execute("ALTER ROLE reader SET default_transaction_read_only = on")
    connection.close()
    parts = urlsplit(address.get_secret_value())
    return SecretStr(parts._replace(netloc=f"reader:reader@{parts.netloc.rpartition('@')[2]}").geturl())
