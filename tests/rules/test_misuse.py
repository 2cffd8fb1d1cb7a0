"""What is unusual in what a retailer reads, beside all others together and among colleagues."""

from dataclasses import replace

import pytest

from rules.misuse import HOURS, LEAST_READS, Habits, Sign, SignKind, signs

USUAL = Habits(
    retailer_code="1001",
    inquiries=150,
    switches=10,
    referrals_read=100,
    referrals_unjudged=5,
    reads_by_hour=tuple(10 if hour in range(8, 20) else 0 for hour in range(HOURS - 1)) + (2,),
    reads_by_person={"a": 40, "b": 41, "c": 41},
)
MARKET = [USUAL, replace(USUAL, retailer_code="1002"), replace(USUAL, retailer_code="1003")]
NIGHTS = tuple(60 if hour == 3 else 5 for hour in range(HOURS))


def kinds(odd: Habits) -> list[SignKind]:
    found = signs([*MARKET, odd])
    assert {sign.retailer_code for sign in found} <= {"1009"}
    return [sign.kind for sign in found]


def odd(**changes: object) -> Habits:
    return replace(USUAL, retailer_code="1009", **changes)  # type: ignore[arg-type]


def test_who_does_what_all_do_gives_no_sign() -> None:
    assert signs(MARKET) == []
    assert kinds(odd()) == []
    assert signs([]) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"switches": 3}, SignKind.INQUIRIES_WITHOUT_SWITCHES),
        ({"switches": 0}, SignKind.INQUIRIES_WITHOUT_SWITCHES),
        ({"referrals_unjudged": 60}, SignKind.READING_WITHOUT_JUDGING),
        ({"reads_by_hour": NIGHTS}, SignKind.ODD_HOURS),
        ({"reads_by_person": {"a": 210, "b": 41, "c": 40}}, SignKind.ONE_PERSON),
    ],
)
def test_each_sign_is_seen_by_itself(changes: dict[str, object], kind: SignKind) -> None:
    assert kinds(odd(**changes)) == [kind]


@pytest.mark.parametrize(
    "changes",
    [
        {"switches": 4},
        {"inquiries": LEAST_READS - 1, "switches": 0},
        {"referrals_unjudged": 14},
        {"reads_by_person": {"a": 400, "b": 41}},
        {"reads_by_person": {"a": LEAST_READS - 1, "b": 1, "c": 1}},
    ],
    ids=["little more", "too few", "few", "one colleague alone", "few reads"],
)
def test_where_there_is_little_to_go_by_there_is_none(changes: dict[str, object]) -> None:
    assert kinds(odd(**changes)) == []


def test_one_that_stands_alone_is_beside_nobody() -> None:
    assert signs([odd(switches=0)]) == []


def test_a_sign_tells_how_it_is_and_how_it_is_elsewhere() -> None:
    found = signs([*MARKET, odd(switches=3, reads_by_person={"a": 410, "b": 41, "c": 40})])

    assert found == [
        Sign(kind=SignKind.ONE_PERSON, retailer_code="1009", value=410, usual=40.5, user_id="a"),
        Sign(kind=SignKind.INQUIRIES_WITHOUT_SWITCHES, retailer_code="1009", value=50, usual=15),
    ]
