"""Cases that a list had to leave out, because nobody can tell what their record holds."""

from collections.abc import Iterable

from runtime.logs import logger

_log = logger(__name__)


def note_not_shown(case_numbers: Iterable[str]) -> None:
    """Put on record which cases are left out, as the screens do."""
    for case_number in case_numbers:
        _log.error("case-not-shown", case_number=case_number)
