"""People of the cast as they log in with a browser."""

from deploy.samples import Person
from tests.browser.window import Window
from tests.support.cast import ADMINISTRATOR, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER

DESCRIPTIONS = {
    NEW_SIDE: "新小売の担当者（取次判断可）",
    DECIDER: "現小売の担当者（取次判断可）",
    COLLEAGUE: "現小売の担当者（照会のみ）",
    ADMINISTRATOR: "現小売の管理者",
    STRANGER: "別の小売の担当者",
    OPERATOR: "広域機関",
}
"""Who each is to the cases of the tests."""


def log_in(window: Window, person: Person) -> None:
    """Log a person in, as a person does. The pages on the way are looked at elsewhere."""
    window.page.goto(f"{window.base_url}/login")
    window.page.get_by_label("ユーザーID").fill(person.user_id)
    window.page.get_by_label("パスワード").fill(person.password)
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="ログイン", exact=True).click()
    assert window.page.get_by_role("button", name="ログアウト").is_visible()
