"""The refusals that all procedures share, each with its rule and field."""

from rules.procedure.application import Application
from schemas.codes import ApplicationState, Segment
from schemas.fields import POINT_NUMBER
from schemas.findings import Finding, FindingRule, Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
OWN_APPLICATION = RULES.declare(
    "own-application", ("applicationNumber", "申請番号"), code=RefusalCode.NO_SUCH_APPLICATION
)
OWN_CASE = RULES.declare("own-case", ("caseNumber", "廃止取次番号"), code=RefusalCode.NO_SUCH_CASE)


def business(*findings: Finding) -> Refusal:
    """Refuse for business reasons, with every one of them."""
    return Refusal(RefusalCode.BUSINESS, findings)


def no_such_application() -> Refusal:
    """Refuse what names no application of the asking retailer's."""
    return OWN_APPLICATION.refusal()


def unlike_number(application: Application, number: str | None) -> Refusal | None:
    """Refuse a command that names another application than the one there is."""
    if application.number is not None and application.number == number:
        return None
    return no_such_application()


def state_rule(rules: Rulebook, rule: str) -> FindingRule:
    """Declare that a command is taken only in certain states of an application (:func:`not_in`)."""
    return rules.declare(
        rule,
        ("applicationNumber", "申請番号"),
        code=RefusalCode.WRONG_STATE,
        message="申請状態「{state}」では受け付けられません。",
        action="申請の処理状況を確認してください。",
    )


def not_in(application: Application, states: tuple[ApplicationState, ...], *, rule: FindingRule) -> Refusal | None:
    """Refuse a command that an application takes only in certain states."""
    return None if application.state in states else rule.refusal(state=application.state.label)


def point_label(segment: Segment) -> str:
    """Give the Japanese name of a point number in a segment."""
    return POINT_NUMBER.in_segment(segment).label


def no_such_case() -> Refusal:
    """Refuse what names no case of the asking retailer's: a foreign one answers as one that does not exist."""
    return OWN_CASE.refusal()
