"""What a workflow does concerns its own case alone, not another that has its number since a database was put back."""

from collections.abc import Iterator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from models.cases.operations import AnotherCase, NoSuchCase
from models.cases.queries import NoSuchMessage
from runtime.logs import logger
from temporal.names import NOT_THIS_CASE

_WORDS: dict[type[Exception], str] = {
    NoSuchCase: "この案件の記録がありません",
    AnotherCase: "この番号で、ほかの案件が記録されています",
    NoSuchMessage: "この呼び出しの電文がありません",
}

_log = logger(__name__)


@contextmanager
def only_this_case() -> Iterator[None]:
    """Have an activity fail for good where the database has no row of the case, so that its workflow ends.

    A message that is not there is as much: the case's row stands elsewhere, and the workflow looks at it.

    A row is committed before its workflow starts: where it is not there, it is not there any more.
    """
    try:
        yield
    except (NoSuchCase, NoSuchMessage) as problem:
        _log.error("not-this-case", reason=type(problem).__name__)
        raise ApplicationError(
            f"データベースに{_WORDS[type(problem)]}（データベースが戻されました）。何も書きません。",
            type=NOT_THIS_CASE,
            non_retryable=True,
        ) from None
