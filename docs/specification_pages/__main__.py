"""``python -m docs.specification_pages``: write all documents anew, and the page of case states for developers."""

import sys

from docs.specification_pages.building import write
from docs.write_case_states import write_page
from rules.switching.reachable import all_changes

if __name__ == "__main__":
    changed = (*write(), *write_page(all_changes()))
    sys.stdout.write("".join(f"{name}: written\n" for name in changed) or "unchanged\n")
