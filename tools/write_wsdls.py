"""``python -m tools.write_wsdls``: write the WSDLs of the hub and of the grid operators anew from the catalogue."""

import sys
from collections.abc import Iterator
from pathlib import Path

import grid_stub.services
import soap_api.services
from schemas.codes import Area
from soap.committed import write_wsdl
from soap.service import SoapService


def committed() -> Iterator[tuple[Path, SoapService, str]]:
    """Give file, service and address of each WSDL."""
    hub, grid = soap_api.services, grid_stub.services
    for service in hub.SERVICES:
        yield hub.file_of(service), service, hub.DEFAULT_PUBLIC_URL + hub.path_of(service)
    for service in grid.SERVICES:
        address = grid.DEFAULT_PUBLIC_URL + grid.path_of(service, area=Area.HOKKAIDO.value)
        yield grid.file_of(service), service, address


if __name__ == "__main__":
    for file, service, address in committed():
        changed = write_wsdl(file, service, address=address)
        sys.stdout.write(f"{file.parent.name}/{file.name}: {'written' if changed else 'unchanged'}\n")
