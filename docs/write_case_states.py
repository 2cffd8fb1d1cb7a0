"""``python -m docs.write_case_states``: write the page 案件状態の遷移 anew from the core."""

import sys
from collections.abc import Iterable
from pathlib import Path

from rules.switching.diagram import case_states_page
from rules.switching.reachable import Change, all_changes

PAGE = Path(__file__).with_name("case-states.md")


def write_page(changes: Iterable[Change]) -> tuple[str, ...]:
    """Write the page where it differs, and name it where it did."""
    drawn = case_states_page(changes)
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == drawn:
        return ()
    PAGE.write_text(drawn, encoding="utf-8")
    return (PAGE.name,)


if __name__ == "__main__":
    names = write_page(all_changes())
    sys.stdout.write(f"{PAGE.name}: {'written' if names else 'unchanged'}\n")
