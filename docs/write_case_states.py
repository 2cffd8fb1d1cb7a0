"""``python -m docs.write_case_states``: write the page 案件状態の遷移 anew from the core."""

import sys
from pathlib import Path

from rules.calendar import JapaneseCalendar
from rules.case.diagram import case_states_page
from rules.case.reachable import changes

PAGE = Path(__file__).with_name("case-states.md")

if __name__ == "__main__":
    PAGE.write_text(case_states_page(changes(JapaneseCalendar())), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: written\n")
