"""What the stack tells the person at the terminal."""

import unicodedata
from collections.abc import Sequence

from deploy.samples import PEOPLE, RETAILERS, Person
from deploy.stack.states import PartState
from deploy.stack.supervisor import Stack
from schemas.codes import HubRole


def state_table(states: Sequence[PartState]) -> str:
    """Show how each part is doing, a line for each."""
    return "\n".join(_state(state) for state in states)


def summary(states: Sequence[PartState]) -> str:
    """Say in one sentence whether everything runs, and what does not."""
    away = [state.part.label for state in states if state.pid is None]
    unwell = [state.part.label for state in states if state.pid is not None and not state.ready]
    if not away and not unwell:
        remarks = any(state.remark for state in states)
        return "すべての部品が動いています" + ("が、足りないものがあります。" if remarks else "。")
    sentences = [f"動いていない部品: {'、'.join(away)}。"] if away else []
    sentences += [f"働けない部品: {'、'.join(unwell)}。"] if unwell else []
    return "".join(sentences)


def urls(stack: Stack) -> str:
    """List the addresses a person may want to open."""
    environment = stack.environment
    rows = [
        ("Web画面", f"http://localhost:{environment['HUB_WEB_PORT']}/"),
        ("WSDL", f"{environment['HUB_SOAP_PUBLIC_URL']}/soap/low_voltage?wsdl"),
        ("Temporal UI", environment["HUB_TEMPORAL_UI_URL"]),
        *([("届いたメール", f"http://localhost:{stack.ports.mail_page}/")] if stack.own_mail_sink else []),
        ("証明書", str(stack.certificates.folder)),
        ("ログ", str(stack.folder / "log")),
    ]
    return "\n".join(f"  {padded(label, 14)}{address}" for label, address in rows)


def logins() -> str:
    """List who of the samples may log in to the screens, with their passwords."""
    lines = ["  画面のログイン（ユーザーIDとパスワード。見本の利用者）"]
    for person in PEOPLE:
        company = RETAILERS.get(person.retailer_code or "", "")
        line = f"{padded(person.name, 14)}{padded(company, 26)}{_role(person)}"
        lines.append(f"    {person.user_id}  {padded(person.password, 16)}{line}")
    return "\n".join(lines)


def _role(person: Person) -> str:
    if person.contract is not None:
        return f"{person.role.label}、受託者（{person.contract.company}、{person.contract.until:%Y年%m月%d日}まで）"
    if person.hub_roles and person.hub_roles != frozenset(HubRole):
        return "・".join(role.label for role in HubRole if role in person.hub_roles)
    return person.role.label


def padded(text: str, width: int) -> str:
    """Fill a text up with spaces; Japanese characters take two places."""
    used_width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, width - used_width)


def _state(state: PartState) -> str:
    word = "停止" if state.pid is None else "稼働中" if state.ready else "不調" if state.remark else "応答なし"
    pid = "" if state.pid is None else f"pid {state.pid}"
    mark = "●" if state.ready else "○"
    return f"  {mark} {padded(state.part.label, 14)}{padded(word, 10)}{padded(pid, 14)}{state.remark}".rstrip()
