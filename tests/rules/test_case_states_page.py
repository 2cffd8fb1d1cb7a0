"""The page 案件状態の遷移 says what the core does."""

from docs.write_case_states import PAGE
from rules.switching.diagram import case_states_page
from rules.switching.reachable import all_changes


def test_the_committed_page_is_the_one_the_core_draws() -> None:
    drawn = case_states_page(all_changes())
    assert PAGE.read_text(encoding="utf-8") == drawn, "write it anew: python -m docs.write_case_states"
