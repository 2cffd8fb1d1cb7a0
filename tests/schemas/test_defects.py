"""The rules that applications are found to break have words, so that a case says in words what is wrong."""

import re

from deploy.stack.supervisor import ROOT
from rules import contract_basis, supply_terms
from rules.lone_application import dates, registration
from schemas import checks, reading
from schemas.defects import DEFECT_RULES, defect_words
from schemas.grid import TOO_LATE_RULE

_TAKEN_OVER = (*dates.RULES, *registration.RULES, *supply_terms.RULES, *contract_basis.RULES)
"""What a grid operator makes its own (grid_stub.examination)."""


def named_by_grid_operators() -> set[str]:
    """List what the stub says in so many words, besides what it takes over."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "grid_stub").glob("*.py")]
    return {rule for source in sources for rule in re.findall(r"GridFinding\([^)]*?rule=\"([a-z0-9-]+)\"", source)}


def test_every_rule_that_makes_an_application_defective_has_words() -> None:
    names = {rule.rule for rule in (*_TAKEN_OVER, *reading.RULES, *checks.RULES)}
    rules = {rule for rule in names | named_by_grid_operators() if re.fullmatch(r"[a-z0-9-]+", rule)}

    assert len(rules) > 20
    assert rules - set(DEFECT_RULES) == set()
    assert TOO_LATE_RULE in DEFECT_RULES


def test_words_stand_behind_the_code_and_a_code_without_words_stands_alone() -> None:
    assert defect_words(("unknown-point", "their-own")) == "unknown-point（この地点がない）、their-own"
