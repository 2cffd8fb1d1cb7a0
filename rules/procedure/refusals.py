"""The refusals that all procedures share, each with its rule and field."""

from rules.procedure.application import Application
from schemas.codes import ApplicationState, Segment
from schemas.fields import POINT_NUMBER
from schemas.findings import Finding, FindingRule, Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

CASE = ("caseNumber", "廃止取次番号")
NUMBER = ("applicationNumber", "申請番号")
EFFECTIVE = ("effectiveDate", "異動日")
AWAIT_CANCELLATION = "取消手続の結果が出るまでお待ちください。"
ASK_GRID_OPERATOR = "マッチング成立後の変更は、一般送配電事業者へ直接ご相談ください。"

RULES = Rulebook()
OWN_APPLICATION = RULES.declare("own-application", NUMBER, code=RefusalCode.NO_SUCH_APPLICATION)
OWN_CASE = RULES.declare("own-case", CASE, code=RefusalCode.NO_SUCH_CASE)


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
        NUMBER,
        code=RefusalCode.WRONG_STATE,
        message="申請状態「{state}」では受け付けられません。",
        action="申請の処理状況を確認してください。",
    )


def cut_off_rule(rules: Rulebook, where: tuple[str, str]) -> FindingRule:
    """Declare that nothing is filed or corrected any more from the cut-off on.

    :param where: path and label of the number that a command of the kind names.
    """
    return rules.declare(
        "application-cut-off", where, code=RefusalCode.DEADLINE_PASSED, message="申請期限を過ぎています。"
    )


def standard_period_rule(rules: Rulebook, *, action: str) -> FindingRule:
    """Declare that meter work, as a message declares it, needs more time than the effective date leaves."""
    return rules.declare(
        "standard-period",
        ("meterWork", "計器工事の要否"),
        message="計器工事を「要」とすると、異動日までに標準処理期間が足りません（省略は「要」として扱います）。",
        action=action,
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
