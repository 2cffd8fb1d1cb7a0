"""``python -m grid_stub.wsdl``: write the grid operators' WSDLs anew from the catalogue."""

import sys

from grid_stub.wsdl import DEFAULT_PUBLIC_URL, SERVICES, file_of, path_of
from runtime.soap.committed import write_wsdl
from schemas.codes import Area

for service in SERVICES:
    address = DEFAULT_PUBLIC_URL + path_of(service, area=Area.HOKKAIDO.value)
    changed = write_wsdl(file_of(service), service, address=address)
    sys.stdout.write(f"{file_of(service).name}: {'written' if changed else 'unchanged'}\n")
