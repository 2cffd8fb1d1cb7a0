"""The refusals that all procedures share, each with its rule and field."""

from rules.procedure.application import Application
from schemas.codes import ApplicationState, Segment
from schemas.fields import POINT_NUMBER
from schemas.findings import Finding, Refusal, refuse
from schemas.refusal_codes import RefusalCode


def business(*findings: Finding) -> Refusal:
    """Refuse for business reasons, with every one of them."""
    return Refusal(RefusalCode.BUSINESS, findings)


def no_such_application() -> Refusal:
    """Refuse what names no application of the asking retailer's."""
    return refuse(RefusalCode.NO_SUCH_APPLICATION, rule="own-application", field="applicationNumber", label="申請番号")


def unlike_number(application: Application, number: str | None) -> Refusal | None:
    """Refuse a command that names another application than the one there is."""
    if application.number is not None and application.number == number:
        return None
    return no_such_application()


def not_in(application: Application, states: tuple[ApplicationState, ...], *, rule: str) -> Refusal | None:
    """Refuse a command that an application takes only in certain states."""
    if application.state in states:
        return None
    return refuse(
        RefusalCode.WRONG_STATE,
        rule=rule,
        field="applicationNumber",
        label="申請番号",
        message=f"申請状態「{application.state.label}」では受け付けられません。",
        action="申請の処理状況を確認してください。",
    )


def point_label(segment: Segment) -> str:
    """Give the Japanese name of a point number in a segment."""
    return POINT_NUMBER.in_segment(segment).label


def no_such_case() -> Refusal:
    """Refuse what names no case of the asking retailer's: a foreign one answers as one that does not exist."""
    return refuse(RefusalCode.NO_SUCH_CASE, rule="own-case", field="caseNumber", label="廃止取次番号")
