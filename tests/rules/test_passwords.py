"""Which passwords are taken."""

import pytest

from rules.passwords import password_fault

ABOUT = ("1002mina01", "水野 かおる", "みなと電気株式会社")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "P8Mee5rnE2nhfzuj",
        "きょうの昼は鯖の味噌煮定食でした",
        "x7-Qv!p2Lm#9",
        "long enough that nobody guesses it, and longer still" * 2,
    ],
)
def test_what_is_long_and_nobody_guesses_is_taken(password: str) -> None:
    assert password_fault(password, about=ABOUT) is None


@pytest.mark.parametrize("password", ["", "x7-Qv!p2Lm#", "x" * 129])
def test_length_goes_over_kinds_of_characters(password: str) -> None:
    assert "12文字以上128文字以内" in (password_fault(password, about=ABOUT) or "")


@pytest.mark.parametrize("password", ["password1234", "qwertyuiopasdf", "aaaaaaaaaaaa", "123456789012", "iloveyou2026"])
def test_what_is_common_is_refused(password: str) -> None:
    assert "推測されやすい" in (password_fault(password, about=ABOUT) or "")


@pytest.mark.parametrize("password", ["x7-Qv!1002MINA01", "みなと電気株式会社のあいことば"])
def test_what_others_know_of_the_person_may_not_be_in_it(password: str) -> None:
    assert "含むパスワードは使えません" in (password_fault(password, about=ABOUT) or "")
