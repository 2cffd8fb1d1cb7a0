"""The grid operators' SOAP services and their WSDLs, which lie beside this module as they are served.

One WSDL for a segment: the ten areas differ in their address alone.
"""

from pathlib import Path

from runtime.soap.service import SoapService
from schemas.codes import Segment
from schemas.grid import grid_interfaces_of, grid_namespace

DEFAULT_PUBLIC_URL = "https://localhost:8444"
"""What the committed WSDLs name, with the first area; clients take the address of the area they mean."""

LOW_VOLTAGE = SoapService(
    "GridLowVoltage",
    grid_namespace(Segment.LOW_VOLTAGE),
    grid_interfaces_of(Segment.LOW_VOLTAGE),
    Segment.LOW_VOLTAGE,
)
SERVICES = (LOW_VOLTAGE,)


def path_of(service: SoapService, *, area: str) -> str:
    """This function will give the path of a service for an area: ``/grid/03/low_voltage``."""
    assert service.segment is not None
    return f"/grid/{area}/{service.segment.value}"


def file_of(service: SoapService) -> Path:
    """This function will give the file of a service's committed WSDL."""
    assert service.segment is not None
    return Path(__file__).with_name(service.segment.value + ".wsdl")
