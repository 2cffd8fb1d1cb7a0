"""Holding responses to the XML Schema that was promised."""

import threading
from typing import Any

from lxml import etree

from soap.polish import schema_of


class InvalidResponse(Exception):
    """A response that its own WSDL forbids. Names the element, never the value."""


class ResponseCheck:
    """Validates elements against the schema of one WSDL.

    Threads share a validator and wait for none: libxml2's verdicts are right without a lock, though its words would be
    those about another caller's message. So what is wrong is looked at once more, by a validator that has a lock.
    """

    def __init__(self, wsdl: bytes) -> None:
        self._schema = schema_of(wsdl)
        self._telling = schema_of(wsdl)
        self._lock = threading.Lock()

    def __call__(self, element: etree._Element) -> None:
        """Raise InvalidResponse where the schema does not allow the element."""
        if not self._schema.validate(element):
            raise InvalidResponse(self._place(element))

    def _place(self, element: etree._Element) -> str:
        with self._lock:
            self._telling.validate(element)
            log: Any = self._telling.error_log
            return f"{log[0].type_name} at {log[0].path}"
