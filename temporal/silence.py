"""Whether anybody takes commands: what is known of it from those who wait, and who need not wait any more.

A state and what becomes of it, with time passed in; :mod:`temporal.attendance` keeps one for each process.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class SilenceRules:
    """When it is too quiet to wait."""

    few: int = 3
    """So many cases in a row that found nobody, and the next callers hear so at once. Cases, and not calls: one that is
    wedged, however often it is asked, says nothing of the others."""
    patience: float = 2.0
    """Seconds after which a caller that waits has found nobody, so far."""
    remembered: float = 30.0
    """Seconds after which it is forgotten that callers found nobody: whoever comes then finds out anew."""


@dataclass(frozen=True)
class Waiting:
    """A caller that waits for the workflow of a case."""

    ticket: int
    case_number: str
    since: float


@dataclass(frozen=True)
class Silence:
    """Who waits, and what was heard last."""

    waiting: tuple[Waiting, ...] = ()
    """The longest wait first."""
    missed: frozenset[str] = frozenset()
    """Cases whose callers gave up since anybody was answered."""
    missed_at: float = float("-inf")
    """When the last of them gave up."""
    heard_at: float = float("-inf")


def too_quiet(silence: Silence, *, now: float, rules: SilenceRules) -> bool:
    """Tell whether enough have found nobody for the others not to try."""
    since_heard = (caller for caller in silence.waiting if now - max(caller.since, silence.heard_at) >= rules.patience)
    missed = silence.missed if now - silence.missed_at < rules.remembered else frozenset()
    return len(missed | {caller.case_number for caller in since_heard}) >= rules.few


def may_wait(silence: Silence, *, now: float, rules: SilenceRules, ticket: int | None = None) -> bool:
    """Tell whether a caller may begin to wait, or one that waits (``ticket``) may go on.

    Where it is too quiet one does, always: it hears at once when somebody is there again.
    """
    if not too_quiet(silence, now=now, rules=rules):
        return True
    return not silence.waiting if ticket is None else silence.waiting[0].ticket == ticket


def begun(silence: Silence, caller: Waiting) -> Silence:
    """Add a caller that waits from now on."""
    return replace(silence, waiting=(*silence.waiting, caller))


def heard(silence: Silence, *, now: float) -> Silence:
    """Note that somebody was answered."""
    return replace(silence, missed=frozenset(), heard_at=now)


def gone(silence: Silence, ticket: int, *, missed: bool, now: float) -> Silence:
    """Take away a caller that waits no more, and note its case where it found nobody."""
    case = {caller.case_number for caller in silence.waiting if caller.ticket == ticket and missed}
    left = tuple(caller for caller in silence.waiting if caller.ticket != ticket)
    if not case:
        return replace(silence, waiting=left)
    return replace(silence, waiting=left, missed=silence.missed | case, missed_at=now)
