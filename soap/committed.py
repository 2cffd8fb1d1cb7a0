"""WSDLs as files of the repository: written by a command, compared by a test, served as they are."""

from pathlib import Path

from soap.service import SoapService
from soap.wsdl import render_wsdl


def write_wsdl(path: Path, service: SoapService, *, address: str) -> bool:
    """Write the WSDL of a service where the file differs, and tell whether it did."""
    rendered = render_wsdl(service, address=address)
    if path.exists() and path.read_bytes() == rendered:
        return False
    path.write_bytes(rendered)
    return True
