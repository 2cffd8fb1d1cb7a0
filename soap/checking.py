"""Holding responses to the XML Schema that was promised."""

import threading
from typing import Any

from lxml import etree

from soap.polish import schema_of


class InvalidResponse(Exception):
    """A response that its own WSDL forbids. Names the element, never the value."""


class ResponseCheck:
    """Validates elements against the schema of one WSDL.

    One validator for all threads, under a lock: libxml2's verdicts are right without it, but its
    words would be those about another caller's message.
    """

    def __init__(self, wsdl: bytes) -> None:
        self._schema = schema_of(wsdl)
        self._lock = threading.Lock()

    def __call__(self, element: etree._Element) -> None:
        """Raise InvalidResponse where the schema does not allow the element."""
        with self._lock:
            if self._schema.validate(element):
                return
            log: Any = self._schema.error_log
            place = f"{log[0].type_name} at {log[0].path}"
        raise InvalidResponse(place)
