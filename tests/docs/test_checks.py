"""入力チェック仕様書: the rules it names are those that the code applies, with the words that it says."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from docs.specification_pages.checks import UNKNOWN, groups
from docs.specification_pages.form_checks import form_rules, rules_of
from docs.specification_pages.interfaces import Specified, all_specified
from rules.deadlines import DEADLINE_RULES
from rules.lone_application.registration import area_findings
from rules.point_order import OpenProcedure
from rules.procedure.events import CommandKind
from rules.switching.core import SWITCHING
from rules.switching.decision_form import decision_form_findings
from rules.switching.reachable import first_state
from rules.switching.registration import Registration, check_registration
from schemas.codes import ApplicationKind, Decision, RejectionReason, Segment
from schemas.findings import Finding, Refusal
from schemas.refusal_codes import RefusalCode
from tests.schemas.test_interfaces import wrong_values
from tests.support.cast import NEW, SUCCESSOR
from tests.support.commands import command_of
from tests.support.core.registrations import referral_registration
from tests.support.moments import CALENDAR, MORNING

SPECIFIED = list(all_specified())
EACH = pytest.mark.parametrize("specified", SPECIFIED, ids=[specified.number for specified in SPECIFIED])


@EACH
def test_it_names_every_rule_that_a_wrong_value_breaks(specified: Specified) -> None:
    for row in specified.request:
        if row.member.item is None:
            broken = {rule for _, rule in wrong_values(row.member)}
            assert set(rules_of(row)) - {"required", "not-for-this-process-kind", "max-items"} == broken, row.path


def test_every_rule_of_an_element_is_explained() -> None:
    used = {rule for specified in SPECIFIED for row in specified.request for rule in rules_of(row)}
    explained = [rule.name for rule in form_rules()]

    assert used <= set(explained)
    assert len(explained) == len(set(explained))


def registering(registration: Registration, *, open_procedures: tuple[OpenProcedure, ...] = ()) -> Refusal:
    refusal = check_registration(
        registration,
        current_retailer_active=False,
        open_procedures=open_procedures,
        rules=DEADLINE_RULES[Segment.LOW_VOLTAGE],
        calendar=CALENDAR,
    )
    assert refusal is not None
    return refusal


def commanding(kind: CommandKind, **content: Any) -> Refusal:
    state = first_state(CALENDAR)
    command = command_of(kind, case_number=state.case_number, message_key="message", at=MORNING, **content)
    outcome = SWITCHING.advance(state, command, calendar=CALENDAR)
    assert isinstance(outcome, Refusal)
    return outcome


def findings(code: RefusalCode, *found: Finding) -> Refusal:
    return Refusal(code, found)


_EARLY, _LATE = MORNING.date(), MORNING.date() + timedelta(days=300)
REFUSALS = {
    "too-early": lambda: registering(referral_registration(wished_date=_EARLY, consent_obtained_on=_LATE)),
    "too-late": lambda: registering(referral_registration(wished_date=_LATE)),
    "own": lambda: registering(referral_registration(current_retailer=NEW)),
    "amending": lambda: commanding(
        CommandKind.AMEND, wished_date=_EARLY, point_number="03", current_retailer=SUCCESSOR
    ),
    "version": lambda: commanding(CommandKind.DECIDE, version=7, decision=Decision.ACCEPT),
    "phase": lambda: commanding(CommandKind.FILE_START, point_number="03", effective_date=_EARLY),
    "decision": lambda: findings(
        RefusalCode.FORM,
        *decision_form_findings(decision=Decision.ACCEPT, reasons=(RejectionReason.NO_SUCH_CONTRACT,) * 2, text="理由"),
    ),
    "area": lambda: findings(
        RefusalCode.BUSINESS, *area_findings(ApplicationKind.AMPERE_CHANGE, "0610000000000000000001")
    ),
}


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_what_the_core_says_stands_on_the_page(name: str) -> None:
    refusal = REFUSALS[name]()

    assert refusal.findings
    for finding in refusal.findings:
        assert any(
            (said.code, said.rule) == (refusal.code, finding.rule)
            and alike(said.message, finding.message)
            and alike(said.action, finding.action)
            and alike(said.field, finding.field)
            for group in groups()
            for said in group.checks
        ), finding


def alike(template: str, said: str) -> bool:
    """Tell whether what the page says fits what is said; 〔…〕 stands for anything."""
    pattern = ".+".join(re.escape(part) for part in template.split(UNKNOWN))
    return re.fullmatch(pattern, said) is not None


def test_every_check_stands_on_the_page(files: Mapping[str, bytes]) -> None:
    page = unescape(files["checks.html"].decode())

    for check in (check for group in groups() for check in group.checks):
        assert f"<code>{check.rule}</code>" in page
        assert check.message in page


def test_every_rule_has_a_name_on_the_page() -> None:
    unnamed = [said for group in groups() for said in group.checks if UNKNOWN in said.rule or "{" in said.rule]
    assert unnamed == [], "say in checks._shown which rules these are"


def test_each_element_of_each_request_is_listed(files: Mapping[str, bytes]) -> None:
    page = files["checks.html"].decode()
    for entry in SPECIFIED:
        section = re.search(rf'<h3 id="IF{entry.number}">.*?</table>', page, re.DOTALL)
        assert section is not None
        assert re.findall(r'<th scope="row"><code>([^<]+)</code>', section[0]) == [row.path for row in entry.request]
