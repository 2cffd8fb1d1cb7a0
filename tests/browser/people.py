"""Whom the screens are shown to: people of the samples, by what the tests call them."""

from dataclasses import dataclass

from deploy.samples import PEOPLE
from tests.browser.window import Window


@dataclass(frozen=True)
class Person:
    """A person who logs in."""

    user_id: str
    words: str
    """Who this is to the cases of the tests."""

    @property
    def password(self) -> str:
        """The one that the samples gave them."""
        return next(person.password for person in PEOPLE if person.user_id == self.user_id)


OWNER = Person("1002mina01", "現小売の担当者（取次判断可）")
"""Of the retailer whose inbox the referrals came into."""
COLLEAGUE = Person("1002mina02", "現小売の担当者（照会のみ）")
NEW_SIDE = Person("1001aozo01", "新小売の担当者（取次判断可）")
OTHER = Person("1003yama01", "別の小売の担当者")
OPERATOR = Person("OCCTO00001", "広域機関")

EVERYBODY = (OWNER, COLLEAGUE, NEW_SIDE, OTHER, OPERATOR)


def log_in(window: Window, person: Person) -> None:
    """Log a person in, as a person does. The pages on the way are looked at elsewhere."""
    window.page.goto(f"{window.base_url}/login")
    window.page.get_by_label("ユーザーID").fill(person.user_id)
    window.page.get_by_label("パスワード").fill(person.password)
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="ログイン", exact=True).click()
    assert window.page.get_by_role("button", name="ログアウト").is_visible()
