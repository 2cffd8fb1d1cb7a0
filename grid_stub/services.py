"""The grid operators' SOAP services and their WSDLs, which are served as they are committed.

One WSDL for a segment: the ten areas differ in their address alone.
"""

from dataclasses import dataclass
from pathlib import Path

from schemas.codes import Segment
from schemas.grid import grid_interfaces_of, grid_namespace
from soap.service import SoapService

_WSDLS = Path(__file__).parents[1] / "schemas" / "wsdl" / "grid"

DEFAULT_PUBLIC_URL = "https://localhost:8444"
"""What the committed WSDLs name, with the first area; clients take the address of the area they mean."""


@dataclass(frozen=True)
class GridService(SoapService):
    """What grid operators serve for a segment."""

    segment: Segment


def _service(name: str, segment: Segment) -> GridService:
    return GridService(name, grid_namespace(segment), grid_interfaces_of(segment), segment)


LOW_VOLTAGE = _service("GridLowVoltage", Segment.LOW_VOLTAGE)
HIGH_VOLTAGE = _service("GridHighVoltage", Segment.HIGH_VOLTAGE)
LOW_VOLTAGE_FIT = _service("GridLowVoltageFit", Segment.LOW_VOLTAGE_FIT)
SERVICES = (LOW_VOLTAGE, HIGH_VOLTAGE, LOW_VOLTAGE_FIT)
"""All that the hub may ask of a grid operator: of each there is a WSDL, and the stub answers all of it."""


def path_of(service: GridService, *, area: str) -> str:
    """Give the path of a service for an area: ``/grid/03/low_voltage``."""
    return f"/grid/{area}/{service.segment.value}"


def file_of(service: GridService) -> Path:
    """Give the file of a service's committed WSDL."""
    return _WSDLS / f"{service.segment.value}.wsdl"
