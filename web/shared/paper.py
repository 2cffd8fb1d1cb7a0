"""The view of a page for paper, complete without navigation: its address, and the way back."""

from typing import Any

from flask import request, url_for

_VIEW, _PRINT = "view", "print"


def on_paper() -> bool:
    """Tell whether the page of this request is shown as on paper; only one that has an address can be."""
    return request.method == "GET" and request.endpoint is not None and request.args.get(_VIEW) == _PRINT


def address_on_paper() -> str:
    """Give where this page is shown as on paper."""
    return _address({_VIEW: _PRINT})


def address_on_screen() -> str:
    """Give where this page is shown as usual."""
    return _address({})


def _address(also: dict[str, Any]) -> str:
    given = {name: values for name, values in request.args.to_dict(flat=False).items() if name != _VIEW}
    values: dict[str, Any] = {**given, **(request.view_args or {}), **also}
    return url_for(request.endpoint or "", **values)
