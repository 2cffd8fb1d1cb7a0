"""``python -m soap_api.wsdl``: write the hub's WSDLs anew from the catalogue."""

import sys

from runtime.soap.committed import write_wsdl
from soap_api.wsdl import DEFAULT_PUBLIC_URL, SERVICES, file_of, path_of

for service in SERVICES:
    changed = write_wsdl(file_of(service), service, address=DEFAULT_PUBLIC_URL + path_of(service))
    sys.stdout.write(f"{file_of(service).name}: {'written' if changed else 'unchanged'}\n")
