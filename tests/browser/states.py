"""Which state of which kind of page axe is shown: the name of a screen, or the reason why there is none."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a page can be like, beside the usual."""

    EMPTY = "empty"
    ERRORS = "errors"
    PARTIAL = "partial"
    NOT_ALLOWED = "not allowed"
    LONG_NAMES = "names of 60 letters"
    MANY_ROWS = "100,000 rows"


@dataclass(frozen=True)
class Without:
    """No screen, and why."""

    reason: str


@dataclass(frozen=True)
class Missing:
    """A state that there is, and that no screen shows yet. What is listed so is to be done."""

    what: str


Shown = str | Without | Missing

_NO_FIELDS = Without("nothing is typed on it")
_OPEN_TO_ALL = Without("whoever is logged in may see it")
_FROM_OWN_RECORD = Without("it is read from the hub's own record, whole or not at all")
_NEVER_EMPTY = Without("it is of one thing, which is there")
_FROM_PARTS = Missing("a case whose holder has 60 letters; only the parts at /design are shown so")
_NO_NAMES = Without("no name of a customer stands on it")
_FEW = Without("it grows with no number of rows")
_FULL_PAGE = Missing("a full page with others after it")
_FORM = Without("a form starts with nothing in it")

STATES: dict[str, dict[State, Shown]] = {
    "bulk": {
        State.EMPTY: "bulk-files-none",
        State.ERRORS: "bulk-all-faulty",
        State.PARTIAL: "bulk-stopped",
        State.NOT_ALLOWED: "bulk-forbidden",
        State.LONG_NAMES: "bulk-finished",
        State.MANY_ROWS: "bulk-paused",
    },
    "cases": {
        State.EMPTY: "cases-none",
        State.ERRORS: "cases-bad-filter",
        State.PARTIAL: Missing("a list that leaves older cases out and says so"),
        State.NOT_ALLOWED: "case-foreign",
        State.LONG_NAMES: _FROM_PARTS,
        State.MANY_ROWS: _FULL_PAGE,
    },
    "decision": {
        State.EMPTY: _FORM,
        State.ERRORS: "decision-without-reason",
        State.PARTIAL: Missing("a decision stored whose outcome is open"),
        State.NOT_ALLOWED: "decision-forbidden",
        State.LONG_NAMES: _FROM_PARTS,
        State.MANY_ROWS: _FEW,
    },
    "front": {
        State.EMPTY: _NEVER_EMPTY,
        State.ERRORS: _NO_FIELDS,
        State.PARTIAL: Missing("an area that is held"),
        State.NOT_ALLOWED: Without("it is public"),
        State.LONG_NAMES: _NO_NAMES,
        State.MANY_ROWS: _FEW,
    },
    "home": {
        State.EMPTY: Missing("a role for which nothing waits"),
        State.ERRORS: _NO_FIELDS,
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: _OPEN_TO_ALL,
        State.LONG_NAMES: _NO_NAMES,
        State.MANY_ROWS: Missing("counts of 100,000"),
    },
    "inbox": {
        State.EMPTY: "inbox-none",
        State.ERRORS: "inbox-opened-error",
        State.PARTIAL: "inbox-outcomes",
        State.NOT_ALLOWED: "inbox-opened-colleague",
        State.LONG_NAMES: _FROM_PARTS,
        State.MANY_ROWS: _FULL_PAGE,
    },
    "inquiries": {
        State.EMPTY: Missing("an answer with no rows"),
        State.ERRORS: "inquiry-empty",
        State.PARTIAL: Missing("an answer from the hub's own record, while the area is away"),
        State.NOT_ALLOWED: "inquiry-forbidden",
        State.LONG_NAMES: _FROM_PARTS,
        State.MANY_ROWS: _FULL_PAGE,
    },
    "login": {
        State.EMPTY: "login-empty",
        State.ERRORS: "login-wrong",
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: Without("it is public"),
        State.LONG_NAMES: _NO_NAMES,
        State.MANY_ROWS: _FEW,
    },
    "points": {
        State.EMPTY: _NEVER_EMPTY,
        State.ERRORS: _NO_FIELDS,
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: "point-foreign",
        State.LONG_NAMES: _FROM_PARTS,
        State.MANY_ROWS: _FULL_PAGE,
    },
    "preferences": {
        State.EMPTY: _FORM,
        State.ERRORS: Missing("a setting that is refused"),
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: _OPEN_TO_ALL,
        State.LONG_NAMES: _NO_NAMES,
        State.MANY_ROWS: _FEW,
    },
    "records": {
        State.EMPTY: "records",
        State.ERRORS: "records-bad",
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: Missing("a colleague's look at the records"),
        State.LONG_NAMES: _NO_NAMES,
        State.MANY_ROWS: _FULL_PAGE,
    },
    "requests": {
        State.EMPTY: _FORM,
        State.ERRORS: "request-empty",
        State.PARTIAL: Missing("a request stored whose outcome is open"),
        State.NOT_ALLOWED: "request-forbidden",
        State.LONG_NAMES: _FROM_PARTS,
        State.MANY_ROWS: _FEW,
    },
    "search": {
        State.EMPTY: "search-none",
        State.ERRORS: Without("what is no number is a number that is not found"),
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: _OPEN_TO_ALL,
        State.LONG_NAMES: _NO_NAMES,
        State.MANY_ROWS: _FEW,
    },
    "users": {
        State.EMPTY: "users-roles",
        State.ERRORS: "users-bad-filter",
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: Missing("a colleague's look at the users"),
        State.LONG_NAMES: Missing("a person whose name has 60 letters"),
        State.MANY_ROWS: _FULL_PAGE,
    },
    "volumes": {
        State.EMPTY: "volumes-none",
        State.ERRORS: "volumes-bad",
        State.PARTIAL: _FROM_OWN_RECORD,
        State.NOT_ALLOWED: _OPEN_TO_ALL,
        State.LONG_NAMES: _NO_NAMES,
        State.MANY_ROWS: Missing("charts of 100,000 cases"),
    },
}
"""By the room of ``web/`` that has the pages."""
