"""Names that SOAP 1.1 and WSDL 1.1 fix."""

SOAP_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
XML_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
XML_SCHEMA = "http://www.w3.org/2001/XMLSchema"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
WSDL_SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"

CONTENT_TYPE = "text/xml; charset=utf-8"
RETRY_AFTER = "Retry-After"
FAULT_ELEMENT = "HubFault"


def in_namespace(namespace: str, name: str) -> str:
    """Write a qualified name as lxml does."""
    return f"{{{namespace}}}{name}"


ENVELOPE = in_namespace(SOAP_ENVELOPE, "Envelope")
HEADER = in_namespace(SOAP_ENVELOPE, "Header")
BODY = in_namespace(SOAP_ENVELOPE, "Body")
