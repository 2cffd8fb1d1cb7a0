"""``python -m docs.write_test_patterns``: write the page 送配電スタブの試験パターン anew from the stub's table."""

import sys
from pathlib import Path

from grid_stub.patterns_page import patterns_page

PAGE = Path(__file__).with_name("test-patterns.md")

if __name__ == "__main__":
    PAGE.write_text(patterns_page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: written\n")
