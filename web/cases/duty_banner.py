"""What stands on top of a page where somebody has to act: what is wrong, what to do by which way, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.cases.screens import ApplicationPage, ApplicationView, CasePage
from rules.duties import duty
from rules.procedure.alarms import AlarmRule
from rules.procedure.duties import Duty
from rules.switching.visibility import OWN_APPLICATION, Side
from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationKind, ApplicationState, ProcessKind, Segment
from web.cases.actions import Action, action_on
from web.cases.case_words import Deadline
from web.cases.defects import field_label
from web.shared.labels import interface_label, interface_number

_BY = "--by ユーザーID --reason '理由'"


@dataclass(frozen=True)
class DutyBanner:
    """Words for a duty; what a person decides at a screen has its own."""

    heading: str
    advice: str
    deadline: Deadline | None = None
    findings: tuple[tuple[str, str], ...] = ()
    """What the grid operator found wrong: the item and the words."""
    commands: tuple[str, ...] = ()
    """For the hub operator, who acts by commands."""
    action: Action | None = None
    """For a retailer's person: what leads to the screen that it is sent from."""


def case_duty_banner(
    page: CasePage, *, deadlines: Iterable[Deadline], actions: Iterable[Action], today: date
) -> DutyBanner | None:
    """Say what the viewer's company has to do about a case, where no screen leads to it."""
    duty_now = duty(page.state, side=page.side, today=today)
    if duty_now is None or duty_now is Duty.DECIDE:
        return None
    if page.side is Side.OPERATOR:
        return _of_operator(duty_now, page.case_number, page.applications)
    own = next(application for application in page.applications if application.kind is OWN_APPLICATION[page.side])
    return _of_applicant(duty_now, own, page.state.segment, actions, deadline=_until(deadlines, AlarmRule.CUT_OFF))


def application_duty_banner(
    page: ApplicationPage, *, deadlines: Iterable[Deadline], actions: Iterable[Action], today: date
) -> DutyBanner | None:
    """Say what the viewer's company has to do about an application on its own."""
    duty_now = duty(page.state, side=page.side, today=today)
    if duty_now is None:
        return None
    if page.side is Side.OPERATOR:
        return _of_operator(duty_now, page.case_number, (page.application,))
    until = _until(deadlines, AlarmRule.CORRECTION, AlarmRule.CUT_OFF)
    return _of_applicant(duty_now, page.application, page.state.segment, actions, deadline=until)


def _until(deadlines: Iterable[Deadline], *rules: AlarmRule) -> Deadline | None:
    return min((one for one in deadlines if one.left and one.rule in rules), key=lambda one: one.at, default=None)


def _of_applicant(
    duty_now: Duty,
    application: ApplicationView,
    segment: Segment,
    actions: Iterable[Action],
    *,
    deadline: Deadline | None,
) -> DutyBanner:
    way = _way(application.kind, segment)
    if duty_now is Duty.FILE:
        return DutyBanner(
            f"貴社の{application.kind.label}を登録してください。",
            f"画面から登録するか、貴社のシステムから{way}（処理区分「登録」）を送信してください。"
            "期限までに両社の申請が揃わないと、マッチング不成立で終了します。",
            deadline,
            action=action_on(actions, application.kind, ProcessKind.REGISTER),
        )
    return DutyBanner(
        f"貴社の{application.kind.label}に不備があります。訂正してください。",
        f"下の指摘を直し、画面から、または貴社のシステムから{way}を処理区分「訂正」、申請番号{application.number}で送信してください。"
        "期限までに直らないと、この手続きは終了します。",
        deadline,
        tuple(
            (field_label(application.kind, finding.field, segment), finding.message) for finding in application.findings
        ),
        action=action_on(actions, application.kind, ProcessKind.AMEND),
    )


def _way(kind: ApplicationKind, segment: Segment) -> str:
    number = interface_number(
        next(interface.number for interface in INTERFACES if interface.applies_for is kind), segment
    )
    return f"{number} {interface_label(number)}"


def _of_operator(duty_now: Duty, case_number: str, applications: Iterable[ApplicationView]) -> DutyBanner:
    def command(name: str, options: str = "") -> str:
        return f".venv/bin/python -m upkeep case {name} {case_number} {options}{_BY}"

    close = command("close")
    if duty_now is Duty.RELEASE:
        return DutyBanner(
            "停止している期限について、承継、再開、終了のいずれかを行ってください。",
            "停止している間は期限切れで終了せず、両社は判断や申請を続けられます。",
            commands=(command("resume"), command("succeed", "--leaving 退出者 --successor 承継者 "), close),
        )
    records = tuple(
        command("record", f"--application {application.number} --news completed ")
        for application in applications
        if application.state not in (None, ApplicationState.COMPLETED) and application.number is not None
    )
    if duty_now is Duty.SETTLE:
        return DutyBanner(
            "片側だけが完了したまま、異動日を過ぎています。",
            "完了していない側を一般送配電事業者に確かめ、完了していれば処理完了を記録し、取り消されていれば取消を記録して終了してください。",
            commands=(*records, close),
        )
    return DutyBanner(
        "異動日を過ぎましたが、処理完了の知らせがありません。",
        "一般送配電事業者に確かめ、処理完了または取消を記録してください。",
        commands=records,
    )
