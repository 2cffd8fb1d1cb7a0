"""The three retailers as callers of the SOAP face."""

from schemas.codes import Segment
from soap_api.callers import Caller
from tests.support.cases import CURRENT, NEW, OTHER


def caller_of(code: str, *, segment: Segment = Segment.LOW_VOLTAGE) -> Caller:
    """Give a retailer as it calls the address of a segment."""
    return Caller(retailer_code=code, source_address="127.0.0.1", segment=segment)


NEW_RETAILER = caller_of(NEW)
CURRENT_RETAILER = caller_of(CURRENT)
OTHER_RETAILER = caller_of(OTHER)
