"""The three retailers as callers of the SOAP face."""

from schemas.codes import Segment
from soap_api.callers import Caller
from tests.support.cases import CURRENT, NEW, OTHER


def _caller(code: str) -> Caller:
    return Caller(retailer_code=code, source_address="127.0.0.1", segment=Segment.LOW_VOLTAGE)


NEW_RETAILER = _caller(NEW)
CURRENT_RETAILER = _caller(CURRENT)
OTHER_RETAILER = _caller(OTHER)
