"""A case whose record holds something that nobody can show: its page says so, and so does the log."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import render_template

from runtime.logs import logger

_log = logger(__name__)
_HEADING = "この案件は表示できません"
_ADVICE = (
    "この案件の記録には、読み取れない値があります。広域機関ヘルプデスクへ廃止取次番号または申請番号をお知らせください。"
)

Asked = ParamSpec("Asked")
Shown = TypeVar("Shown")


def says_what_it_cannot_show(view: Callable[Asked, Shown]) -> Callable[Asked, Shown | tuple[str, int]]:
    """Answer with a page of its own where a record cannot be read or reckoned with. Goes below the route decorator."""

    @wraps(view)
    def shown(*arguments: Asked.args, **named: Asked.kwargs) -> Shown | tuple[str, int]:
        try:
            return view(*arguments, **named)
        except (ValueError, OverflowError) as problem:
            _log.error("case-not-shown", exc_info=problem, **{name: str(value) for name, value in named.items()})
            return render_template("error.html", heading=_HEADING, advice=_ADVICE), 500

    return shown
