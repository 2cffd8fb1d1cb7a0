"""What a person reads when a page cannot be shown."""

from flask.testing import FlaskClient

from tests.web.pages import get, words


def test_an_unknown_address_gets_a_page_in_japanese(client: FlaskClient) -> None:
    page = get(client, "/nowhere", status=404)

    assert words(page, "//h1") == ["ページが見つかりません"]
    assert page.xpath("//main//a/@href") == ["/"]


def test_the_address_is_not_repeated_on_the_page(client: FlaskClient) -> None:
    assert "nowhere" not in get(client, "/nowhere", status=404).text_content()


def test_another_method_is_refused(client: FlaskClient) -> None:
    assert client.post("/").status_code == 405
