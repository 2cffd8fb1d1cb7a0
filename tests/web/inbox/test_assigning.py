"""A referral taken by oneself or given to a colleague: shown, and no lock."""

import pytest

from deploy.samples import Person
from models.database import Database
from models.users.operations import register_user
from schemas.codes import UserRole
from tests.support.case_stages import accept, complete_switch
from tests.support.cast import COLLEAGUE, CURRENT, DECIDER, NEW_SIDE, OPERATOR, SECOND_POINT, register_cast
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, send, words

SECOND = Person("1002mina03", "森 あかり", UserRole.RETAILER_DECIDER, CURRENT, "demo-minato-3")
MINE, GIVE = "自分が担当する", "担当を決める"
ASSIGNED = "SELECT case_number, retailer_code, user_id, given_by FROM case_assignments"


@pytest.fixture
def case_number(database: Database) -> str:
    """Have a referral come in where two may decide."""
    with database.transaction() as session:
        register_cast(session)
        register_user(
            session,
            user_id=SECOND.user_id,
            name=SECOND.name,
            role=SECOND.role,
            retailer_code=CURRENT,
            password_hash="x",
        )
    return open_case(database)


def hands(browsers: Browsers, case_number: str) -> tuple[str, str]:
    """Read in whose hands a referral is, beside the list and in it."""
    page = get(browsers.of(COLLEAGUE), f"/inbox/{case_number}")
    (row,) = page.xpath(f"//tbody/tr[th/a[text()='{case_number}']]")
    return words(page, "//div[@class='assign']/p/strong")[0], words(row, "td[3]")[0]


def test_it_is_taken_and_that_is_shown_to_the_company(browsers: Browsers, database: Database, case_number: str) -> None:
    client = browsers.of(DECIDER)
    assert hands(browsers, case_number) == ("なし", "－")

    answer = send(client, get(client, f"/inbox/{case_number}?area=03"), button=MINE)

    assert (answer.status_code, answer.location) == (303, f"/inbox/{case_number}?area=03#referral")
    assert hands(browsers, case_number) == (DECIDER.name, DECIDER.name)
    assert rows(database, ASSIGNED) == [(case_number, CURRENT, DECIDER.user_id, DECIDER.user_id)]
    assert MINE not in get(client, answer.location).text_content()


def test_it_is_given_to_a_colleague_and_taken_away_again(
    browsers: Browsers, database: Database, case_number: str
) -> None:
    client = browsers.of(DECIDER)
    page = get(client, f"/inbox/{case_number}")

    for user_id, name in ((SECOND.user_id, SECOND.name), (SECOND.user_id, SECOND.name), ("", "なし")):
        send(client, page, {"user_id": user_id}, button=GIVE)
        assert hands(browsers, case_number)[0] == name
    assert rows(database, ASSIGNED) == []


def test_only_those_who_may_decide_are_offered(browsers: Browsers, case_number: str) -> None:
    page = get(browsers.of(DECIDER), f"/inbox/{case_number}")

    offered = page.xpath("//select[@id='user_id']/option/@value")
    assert (offered[0], set(offered[1:])) == ("", {DECIDER.user_id, SECOND.user_id})
    assert get(browsers.of(COLLEAGUE), f"/inbox/{case_number}").xpath("//div[@class='assign']//form") == []


def test_the_list_is_filtered_by_hands(browsers: Browsers, database: Database, case_number: str) -> None:
    other = open_case(database, point_number=SECOND_POINT)
    client = browsers.of(DECIDER)
    send(client, get(client, f"/inbox/{case_number}"), button=MINE)

    def listed(person: Person, query: str) -> list[str]:
        return words(get(browsers.of(person), f"/inbox?hands={query}"), "//tbody//th/a")

    assert (listed(DECIDER, "mine"), listed(DECIDER, "none")) == ([case_number], [other])
    assert (listed(SECOND, "mine"), listed(SECOND, "none")) == ([], [other])


def test_it_is_no_lock(open_browsers: Browsers, database: Database, case_number: str) -> None:
    taker, other = open_browsers.of(DECIDER), open_browsers.of(SECOND)
    send(taker, get(taker, f"/inbox/{case_number}"), button=MINE)

    send(other, get(other, f"/inbox/{case_number}"), button="承諾を送信する")

    assert len(rows(database, "SELECT 1 FROM messages WHERE interface_number = '12410'")) == 1


def test_it_ends_with_the_case(browsers: Browsers, database: Database, case_number: str) -> None:
    client, second = browsers.of(DECIDER), open_case(database, point_number=SECOND_POINT)
    send(client, get(client, f"/inbox/{case_number}"), button=MINE)
    with database.transaction() as session:
        accept(session, case_number)
    assert words(get(client, "/inbox?phase=awaiting_applications"), "//tbody/tr/td[3]") == [DECIDER.name]
    with database.transaction() as session:
        complete_switch(session, case_number)

    assert words(get(client, "/inbox?phase=completed"), "//tbody/tr/td[3]") == ["－"]
    send(client, get(client, f"/inbox/{second}"), button=MINE)
    assert [number for number, *_ in rows(database, ASSIGNED)] == [second], "what had ended is cleared away"


@pytest.mark.parametrize(
    ("person", "status"), [(COLLEAGUE, 403), (NEW_SIDE, 404), (OPERATOR, 403)], ids=["colleague", "new side", "hub"]
)
def test_nobody_else_assigns_it(
    person: Person, status: int, browsers: Browsers, database: Database, case_number: str
) -> None:
    client = browsers.of(person)
    token = get(client, "/").xpath("string(//input[@name='csrf_token']/@value)")

    answer = client.post(f"/inbox/{case_number}/assignee", data={"csrf_token": token, "user_id": person.user_id})

    page_of(answer, status=status)
    assert rows(database, ASSIGNED) == []


@pytest.mark.parametrize("user_id", [COLLEAGUE.user_id, NEW_SIDE.user_id, OPERATOR.user_id, "x", "\x00", "9" * 500])
def test_it_goes_to_nobody_who_may_not_decide_on_it(
    user_id: str, browsers: Browsers, database: Database, case_number: str
) -> None:
    client = browsers.of(DECIDER)
    token = get(client, "/").xpath("string(//input[@name='csrf_token']/@value)")

    page_of(client.post(f"/inbox/{case_number}/assignee", data={"csrf_token": token, "user_id": user_id}), status=400)
    assert rows(database, ASSIGNED) == []


def test_a_form_without_its_token_is_refused(browsers: Browsers, database: Database, case_number: str) -> None:
    page_of(browsers.of(DECIDER).post(f"/inbox/{case_number}/assignee", data={"user_id": ""}), status=400)
