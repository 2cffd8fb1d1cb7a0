"""Forms that were not made here for this browser are refused, with words that help."""

from tests.support.cast import COLLEAGUE, DECIDER
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, words

_TOKEN = "string(//input[@name='csrf_token']/@value)"


def test_a_form_without_token_changes_nothing(browsers: Browsers) -> None:
    client = browsers.of(DECIDER)

    page = page_of(client.post("/logout"), status=400)

    assert words(page, "//h1") == ["操作の有効期限が切れました"]
    assert "何も変更していません。" in words(page, "//main")[0]
    assert words(get(client, "/"), "//button") == ["探す", "ログアウト"]


def test_the_token_of_another_browser_is_worth_nothing(browsers: Browsers) -> None:
    client, other = browsers.of(DECIDER), browsers.of(COLLEAGUE)
    get(client, "/")

    answer = client.post("/logout", data={"csrf_token": get(other, "/").xpath(_TOKEN)})

    assert answer.status_code == 400


def test_its_own_token_is_taken_over_https_without_referer(browsers: Browsers) -> None:
    # Our pages tell browsers to send none.
    client = browsers.of(DECIDER)
    token = get(client, "/").xpath(_TOKEN)

    answer = client.post("/logout", data={"csrf_token": token}, base_url="https://localhost")

    assert answer.status_code == 303
