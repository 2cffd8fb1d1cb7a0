"""What a function that answers an interface looks like, and what it is called."""

import re
from collections.abc import Callable
from typing import Any

from schemas.contract import Interface
from soap_api.callers import Caller
from soap_api.parts import Parts

Handler = Callable[[Any, Caller, Parts], Any]
"""Takes the interface's request, who asks, and the parts; gives the interface's response, or raises Refused."""


def function_name(interface: Interface) -> str:
    """Name the function that answers an interface, after its operation."""
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", interface.operation)
