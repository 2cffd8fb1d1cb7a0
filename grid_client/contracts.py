"""The committed contract with the grid operators, as zeep reads it: no WSDL is ever fetched."""

from functools import cache
from pathlib import Path

from zeep import Settings
from zeep.transports import Transport
from zeep.wsdl import Document

from schemas.codes import Segment

SETTINGS = Settings(forbid_dtd=True, forbid_external=True, raw_response=True)
_WSDLS = Path(__file__).parents[1] / "schemas" / "wsdl" / "grid"


@cache
def contract(segment: Segment) -> Document:
    """Read the contract of a segment, once for all threads: it takes 20 to 60 ms, which nobody else can use."""
    transport = Transport()  # type: ignore[no-untyped-call]
    return Document(str(_WSDLS / f"{segment.value}.wsdl"), transport, settings=SETTINGS)  # type: ignore[arg-type]
