"""What is said against a message is declared: nothing is refused but by a rule of a rulebook, with all its values."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest

from docs.specification_pages import checks
from docs.specification_pages.form_checks import form_rules
from schemas.findings import Finding, FindingRule, Refusal, Rulebook
from schemas.refusal_codes import RefusalCode
from tests.support.sources import sources

SOURCES = sources(".py")
HANDED_ON = {("rules/procedure/refusals.py", "rule.refusal"), ("docs/specification_pages/checks.py", "rule.finding")}
"""Where a function takes the rule from its caller, so that the source does not show which it is."""


def module_of(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


RULEBOOKS: dict[str, Rulebook] = {
    module_of(path): import_module(module_of(path)).RULES
    for path, text in SOURCES.items()
    if re.search(r"^RULES = Rulebook\(", text, re.MULTILINE)
}
DECLARED = [
    pytest.param(rule, id=f"{module} {rule.rule} {number}")
    for module, rulebook in RULEBOOKS.items()
    for number, rule in enumerate(rulebook, start=1)
]


def test_a_rule_says_what_it_is_given_under_its_code() -> None:
    rule = Rulebook().declare("first-day", ("{path}", "異動日"), message="{day}以降です。", action="{day}に。")

    finding = rule.finding(path="a/b", day="2026-08-12")

    assert finding == Finding("a/b", "異動日", "first-day", "2026-08-12以降です。", "2026-08-12に。")
    assert rule.refusal(path="a/b", day="2026-08-12") == Refusal(RefusalCode.BUSINESS, (finding,))
    assert rule.names == {"path", "day"}


def test_a_value_that_looks_like_a_name_is_said_as_it_is() -> None:
    rule = Rulebook().declare("rule", message="{given}です。")
    assert rule.finding(given="{day}").message == "{day}です。"


@pytest.mark.parametrize("rule", DECLARED)
def test_every_rule_can_be_said(rule: FindingRule) -> None:
    finding = rule.finding(**dict.fromkeys(rule.names, "値"))

    assert not any(brace in text for text in vars(finding).values() for brace in "{}")
    assert finding.rule and finding.message and finding.action
    assert finding.message != "値" or rule.rule == "{rule}"


def test_every_rulebook_is_its_modules_rules() -> None:
    modules = [module_of(path) for path, _, name in calls() if name == "Rulebook"]
    assert sorted(modules) == sorted(RULEBOOKS)


def test_nothing_is_found_but_by_a_declared_rule() -> None:
    paths = {path for path, _, name in calls() if name == "Finding"}
    assert paths == {"schemas/findings.py"}


def test_every_rule_is_given_the_values_that_it_names() -> None:
    seen = 0
    for path, call, name in calls():
        if name not in ("finding", "refusal") or path == "schemas/findings.py":
            continue
        assert isinstance(call.func, ast.Attribute)
        if (path, ast.unparse(call.func)) in HANDED_ON:
            continue
        for rule in rules_named(call.func.value, module_of(path)):
            where = f"{path}:{call.lineno}"
            assert {keyword.arg for keyword in call.keywords} == rule.names, where
            seen += 1
    assert seen > 60


def test_no_rule_is_declared_in_vain() -> None:
    code = "\n".join(text for path, text in SOURCES.items() if not path.startswith("docs/"))
    named = Counter(re.findall(r"\b[A-Z][A-Z_]+\b", code))
    constants = [constant for module in RULEBOOKS for constant in vars(import_module(module)).items()]
    assert [name for name, value in constants if isinstance(value, FindingRule) and named[name] < 2] == []


def rules_named(node: ast.expr, module: str) -> Iterator[FindingRule]:
    """List the rules that an expression can come to, by the names of its module."""
    if isinstance(node, ast.IfExp):
        yield from rules_named(node.body, module)
        yield from rules_named(node.orelse, module)
        return
    value = eval(ast.unparse(node), dict(vars(import_module(module))))  # a name, or one of a module's
    assert isinstance(value, FindingRule), ast.unparse(node)
    yield value


@cache
def calls() -> list[tuple[str, ast.Call, str]]:
    return [
        (path, node, ast.unparse(node.func).rpartition(".")[2])
        for path, text in SOURCES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
    ]


def test_every_rule_of_the_hub_is_in_the_documents() -> None:
    shown = {id(rule) for _, _, rules in checks.CHECKS for rule in rules}
    said_as_form = ("schemas.reading", "schemas.checks")
    left_out = [
        f"{module} {rule.rule}"
        for module, rulebook in RULEBOOKS.items()
        if module not in said_as_form and not module.startswith("grid_stub.")
        for rule in rulebook
        if id(rule) not in shown
    ]
    assert left_out == []
    by_example = {rule.name for rule in form_rules()}
    assert by_example == {rule.rule for module in said_as_form for rule in RULEBOOKS[module]}
