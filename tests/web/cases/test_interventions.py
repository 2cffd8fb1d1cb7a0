"""What the screens say of an intervention: that deadlines stand still, and why the hub operator stepped in."""

from typing import Any

import pytest

from deploy.samples import Person
from models.database import Database
from rules.procedure.events import CommandKind
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, DECIDER, NEW, NEW_SIDE, OPERATOR, OTHER, STRANGER
from tests.support.interventions import intervene
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, words

STANDS_STILL = "期限停止中（広域機関）"
ANNOUNCED = "期限は、広域機関が停止しています。"
REASON = "小売電気事業の廃止のため"


def intervened(database: Database, kind: CommandKind, **fields: Any) -> str:
    case_number = open_case(database)
    with database.transaction() as session:
        intervene(session, case_number, kind, reason=REASON, **fields)
        obey_all(session, case_number)
    return case_number


@pytest.mark.parametrize("person", [NEW_SIDE, DECIDER, OPERATOR], ids=lambda person: person.user_id)
def test_all_who_take_part_read_that_deadlines_stand_still_and_why(
    browsers: Browsers, database: Database, person: Person
) -> None:
    case_number = intervened(database, CommandKind.SUSPEND)

    text = get(browsers.of(person), f"/cases/{case_number}").text_content()

    assert ANNOUNCED in text and STANDS_STILL in text and REASON in text and "期限を停止" in text


def test_whoever_has_to_decide_is_asked_to_and_by_no_deadline(browsers: Browsers, database: Database) -> None:
    case_number = intervened(database, CommandKind.SUSPEND)

    (banner,) = words(get(browsers.of(DECIDER), f"/cases/{case_number}"), "//div[.//a][starts-with(@class, 'banner ')]")
    form = get(browsers.of(DECIDER), f"/cases/{case_number}/decision").text_content()

    assert "貴社の判断を待っています" in banner
    assert "残り" not in banner and "異動日" not in banner
    assert STANDS_STILL in form and "残り" not in form


def test_of_deadlines_that_go_on_nothing_is_announced(browsers: Browsers, database: Database) -> None:
    case_number = intervened(database, CommandKind.SUSPEND)
    with database.transaction() as session:
        intervene(session, case_number, CommandKind.RESUME, reason=REASON)
        obey_all(session, case_number)

    assert ANNOUNCED not in get(browsers.of(NEW_SIDE), f"/cases/{case_number}").text_content()


def test_lists_say_so_in_the_place_of_a_deadline(browsers: Browsers, database: Database) -> None:
    intervened(database, CommandKind.SUSPEND)

    for person, page in ((DECIDER, "/inbox"), (NEW_SIDE, "/cases"), (OPERATOR, "/cases")):
        assert STANDS_STILL in get(browsers.of(person), page).text_content()


def test_the_successor_sees_the_case_and_the_one_that_left_does_not(browsers: Browsers, database: Database) -> None:
    case_number = intervened(database, CommandKind.SUCCEED, leaving=CURRENT, successor=OTHER)

    assert case_number in get(browsers.of(STRANGER), "/inbox").text_content()
    assert browsers.of(DECIDER).get(f"/cases/{case_number}").status_code == 404


def test_who_follows_a_new_retailer_is_told_to_the_new_side_alone(browsers: Browsers, database: Database) -> None:
    case_number = intervened(database, CommandKind.SUCCEED, leaving=NEW, successor=OTHER)

    assert "承継した事業者" in get(browsers.of(STRANGER), f"/cases/{case_number}").text_content()
    assert "承継した事業者" not in get(browsers.of(DECIDER), f"/cases/{case_number}").text_content()


def test_a_closed_case_says_who_ended_it(browsers: Browsers, database: Database) -> None:
    case_number = intervened(database, CommandKind.CLOSE)

    text = get(browsers.of(NEW_SIDE), f"/cases/{case_number}").text_content()

    assert "広域機関による終了" in text and REASON in text
