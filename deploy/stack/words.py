"""What the stack tells the person at the terminal."""

import unicodedata
from collections.abc import Sequence

from deploy.stack.supervisor import PartState, Stack


def state_table(states: Sequence[PartState]) -> str:
    """This function will show how each part is doing, a line for each."""
    return "\n".join(_state(state) for state in states)


def urls(stack: Stack) -> str:
    """This function will list the addresses a person may want to open."""
    environment = stack.environment
    rows = [
        ("Web画面", f"http://localhost:{environment['HUB_WEB_PORT']}/"),
        ("WSDL", f"{environment['HUB_SOAP_PUBLIC_URL']}/soap/low_voltage?wsdl"),
        ("Temporal UI", environment["HUB_TEMPORAL_UI_URL"]),
        ("証明書", str(stack.certificates.folder)),
        ("ログ", str(stack.folder / "log")),
    ]
    return "\n".join(f"  {padded(label, 14)}{address}" for label, address in rows)


def padded(text: str, width: int) -> str:
    """This function will fill a text up with spaces; Japanese characters take two places."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, width - taken)


def _state(state: PartState) -> str:
    word = "停止" if state.pid is None else "稼働中" if state.ready else "応答なし"
    pid = "" if state.pid is None else f"pid {state.pid}"
    mark = "●" if state.ready else "○"
    return f"  {mark} {padded(state.part.label, 14)}{padded(word, 10)}{pid}"
