"""Where a case can stand: one example of every phase with every state its applications can have in it.

``this`` is one of the two applications, and the other one follows from it: the core treats both alike.
"""

from collections.abc import Callable

from rules.procedure.events import CommandKind, NewsKind
from schemas.codes import ApplicationKind, Decision
from tests.support.core.switching_case import Switch, other_than
from tests.support.moments import day

Situation = Callable[[ApplicationKind], Switch]


def _accepted() -> Switch:
    return Switch().accepted()


def _both_received(this: ApplicationKind) -> Switch:
    return _accepted().filed(this, other_than(this)).received(this, other_than(this))


def _matched(this: ApplicationKind) -> Switch:
    return _both_received(this).matched()


def _past_cut_off(this: ApplicationKind) -> Switch:
    return _both_received(this).until(day("2026-08-04", "24:00"))


def _one_completed(this: ApplicationKind) -> Switch:
    return _matched(this).until(day("2026-08-07", "12:00")).told(NewsKind.COMPLETED, this)


def _one_side_done(this: ApplicationKind) -> Switch:
    return _one_completed(this).until(day("2026-08-07", "24:00"))


SITUATIONS: dict[str, Situation] = {
    "awaiting the decision": lambda this: Switch(),
    "accepted, nothing filed": lambda this: _accepted(),
    "this one on its way": lambda this: _accepted().filed(this),
    "this one received": lambda this: _accepted().filed(this).received(this),
    "this one defective": lambda this: _accepted().filed(this).defective(this),
    "this one defective, correction on its way": lambda this: _accepted().filed(this).defective(this).corrected(this),
    "this one received, correction on its way": lambda this: _accepted().filed(this).received(this).corrected(this),
    "this one received, correction defective": lambda this: (
        _accepted().filed(this).received(this).corrected(this).defective(this)
    ),
    "this one cancelled on its way": lambda this: _accepted().filed(this).cancelled(this),
    "this one being cancelled": lambda this: _accepted().filed(this).received(this).cancelled(this),
    "this one cancelled": lambda this: (
        _accepted().filed(this).received(this).cancelled(this).told(NewsKind.CANCELLED, this)
    ),
    "this one received, the other on its way": lambda this: (
        _accepted().filed(this).received(this).filed(other_than(this))
    ),
    "this one defective, the other received": lambda this: (
        _accepted().filed(this, other_than(this)).defective(this).received(other_than(this))
    ),
    "both received": _both_received,
    "both received, past the cut-off": _past_cut_off,
    "past the cut-off, this one being cancelled": lambda this: _past_cut_off(this).cancelled(this),
    "withdrawn, this one on its way": lambda this: _accepted().filed(this).withdrawn(),
    "withdrawn, both to be cancelled": lambda this: _both_received(this).withdrawn(),
    "cut off, this one to be cancelled": lambda this: (
        _accepted().filed(this).received(this).until(day("2026-08-04", "24:00"))
    ),
    "this one too late, the other to be cancelled": lambda this: _both_received(this).told(NewsKind.TOO_LATE, this),
    "matched": _matched,
    "matched, this one completed": _one_completed,
    "one side done, this one completed": _one_side_done,
    "one side done, the other cancelled by the grid": lambda this: _one_completed(this).told(
        NewsKind.CANCELLED, other_than(this)
    ),
    "awaiting the decision, deadlines suspended": lambda this: Switch().suspended(),
    "this one on its way, deadlines suspended": lambda this: _accepted().filed(this).suspended(),
    "both received, past the cut-off, deadlines suspended": lambda this: _past_cut_off(this).suspended(),
    "closed, this one to be cancelled": lambda this: (
        _accepted().filed(this).received(this).must(Switch().command(CommandKind.CLOSE))
    ),
    "completed": lambda this: _one_completed(this).told(NewsKind.COMPLETED, other_than(this)),
    "rejected": lambda this: Switch().must(Switch().decision(Decision.REJECT)),
    "withdrawn": lambda this: Switch().withdrawn(),
    "decision expired": lambda this: Switch().until(Switch().state.decision_due),
    "unmatched": lambda this: _accepted().until(day("2026-08-04", "24:00")),
    "closed": lambda this: Switch().must(Switch().command(CommandKind.CLOSE)),
    "cancelled by the grid": lambda this: _matched(this).told(NewsKind.CANCELLED, this),
}
"""By what people would say of it."""
