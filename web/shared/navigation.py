"""The screens that stand in the navigation, in its order."""

from dataclasses import dataclass

from models.users.queries import Viewer
from web.shared.access import OPEN_ENDPOINTS, Permission, may


@dataclass(frozen=True)
class Screen:
    """One entry of the navigation."""

    endpoint: str
    label: str
    needs: Permission | None = None
    others: tuple[str, ...] = ()
    """Further endpoints that belong to this entry: it is marked as open on them too."""


_INBOX = ("inbox.open", "inbox.send", "inbox.compare", "inbox.decide", "inbox.outcomes")
_DECISION = ("decision.show", "decision.check", "decision.confirm", "decision.send", "decision.result")
_USERS = (
    *("users.new", "users.register", "users.show", "users.edit", "users.save", "users.rights", "users.set_rights"),
    *("users.ask", "users.roles", "users.new_role", "users.edit_role", "users.save_role", "users.file", "users.check"),
)

HOME = "home.show"
"""Where people begin."""

SCREENS = (
    Screen(HOME, "ホーム"),
    Screen("inbox.show", "受信箱", needs=Permission.SEE_INBOX, others=(*_INBOX, *_DECISION)),
    Screen("cases.show", "申込内容一覧", others=("case.show",)),
    Screen("inquiries.index", "照会", needs=Permission.INQUIRE, others=("inquiries.show", "inquiries.ask")),
    Screen(
        "requests.index",
        "手続き",
        needs=Permission.SEND,
        others=("requests.show", "requests.check", "requests.confirm", "requests.send", "requests.result"),
    ),
    Screen(
        "bulk.index",
        "一括処理",
        needs=Permission.SEE_FILES,
        others=("bulk.show", "bulk.upload", "bulk.files", "bulk.file", "bulk.rows", "bulk.confirm", "bulk.ask_to_stop"),
    ),
    Screen("volumes.show", "集計", needs=Permission.SEE_VOLUMES),
    Screen("records.show", "記録", needs=Permission.SEARCH_RECORDS, others=("records.misuse", "records.seals")),
    Screen("users.index", "利用者", needs=Permission.MANAGE_USERS, others=_USERS),
    Screen("front.show", "稼働状況"),
)


def screens_for(viewer: Viewer | None) -> list[Screen]:
    """List the screens a person may open; without a login, the open ones."""
    if viewer is None:
        return [screen for screen in SCREENS if screen.endpoint in OPEN_ENDPOINTS]
    return [screen for screen in SCREENS if screen.needs is None or may(viewer, screen.needs)]
