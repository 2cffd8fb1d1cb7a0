"""Makes of spyne's WSDL one that every client stack reads, and that is the same in every process."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from lxml import etree

from schemas import checks
from schemas.codes import Code
from schemas.contract import members
from schemas.fault import HubFault
from soap.names import FAULT_ELEMENT, WSDL, WSDL_SOAP, XML_SCHEMA, in_namespace
from soap.service import SoapService, response_element

_ORDER = ("types", "message", "portType", "binding", "service")
_ADDRESS = re.compile(rb'(<[A-Za-z0-9]+:address location=)"[^"]*"')


def polish(generated: bytes, service: SoapService) -> bytes:
    """Order, name and document what spyne generated, without changing what it means."""
    root = etree.fromstring(generated)
    schema = next(root.iter(_xs("schema")))
    _drop_global_elements_of_groups(schema, service)
    _drop_type_documentation(schema)
    _inline_simple_types(schema)
    _hold_dates_and_moments(schema)
    _document_codes(schema, _codes(service))
    _sort_schema(schema, service)
    _name_parts(root, service)
    _set_actions(root, service)
    root[:] = sorted(root, key=lambda child: _ORDER.index(etree.QName(child).localname))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xs", "tns"])
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def with_address(wsdl: bytes, address: str) -> bytes:
    """Give a WSDL with another address in it, and every other byte as it was."""
    moved, addresses = _ADDRESS.subn(lambda match: match[1] + quoteattr(address, {'"': "&quot;"}).encode(), wsdl)
    assert addresses == 1, "a WSDL of ours has one address"
    return moved


def schema_of(wsdl: bytes) -> etree.XMLSchema:
    """Build the validator of the XML Schema in a WSDL."""
    schema = next(etree.fromstring(wsdl).iter(_xs("schema")))
    return etree.XMLSchema(_copy(schema))  # written and read again, it has the namespaces it stands in


def _xs(name: str) -> str:
    return in_namespace(XML_SCHEMA, name)


def _wsdl(name: str) -> str:
    return in_namespace(WSDL, name)


def _element_names(service: SoapService) -> list[str]:
    names = [name for item in service.interfaces for name in (item.operation, response_element(item))]
    return [*names, FAULT_ELEMENT]


def _drop_global_elements_of_groups(schema: etree._Element, service: SoapService) -> None:
    names = set(_element_names(service))
    for element in schema.findall(_xs("element")):
        if element.get("name") not in names:
            schema.remove(element)


def _drop_type_documentation(schema: etree._Element) -> None:
    # spyne takes the words of whichever element it meets first; the elements keep their own
    for annotation in schema.findall(f"{_xs('complexType')}/{_xs('annotation')}"):
        parent = annotation.getparent()
        assert parent is not None
        parent.remove(annotation)


def _inline_simple_types(schema: etree._Element) -> None:
    """Leave codes types of their own (client stacks make enumerations of them); put lengths and patterns in line."""
    plain = {
        f"tns:{simple.get('name')}": simple
        for simple in schema.findall(_xs("simpleType"))
        if simple.find(f"{_xs('restriction')}/{_xs('enumeration')}") is None
    }
    for element in schema.iter(_xs("element")):
        simple = plain.get(element.get("type", ""))
        if simple is not None:
            del element.attrib["type"]
            etree.SubElement(element, _xs("simpleType")).extend([_copy(part) for part in simple])
    for simple in plain.values():
        schema.remove(simple)


_DATES_AND_MOMENTS = {
    "xs:date": {"pattern": checks.DATE_PATTERN},
    "xs:dateTime": {
        "pattern": checks.MOMENT_PATTERN,
        "minInclusive": checks.FIRST_MOMENT,
        "maxExclusive": checks.BEYOND_MOMENTS,
    },
}


def _hold_dates_and_moments(schema: etree._Element) -> None:
    """Say of dates and moments what the reader takes; spyne knows no such facets of them."""
    for element in schema.iter(_xs("element")):
        facets = _DATES_AND_MOMENTS.get(element.get("type", ""))
        if facets is not None:
            base = element.attrib.pop("type")
            restriction = etree.SubElement(etree.SubElement(element, _xs("simpleType")), _xs("restriction"), base=base)
            for name, value in facets.items():
                etree.SubElement(restriction, _xs(name), value=value)


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))


def _codes(service: SoapService) -> dict[str, type[Code]]:
    codes: dict[str, type[Code]] = {}
    kinds: list[type] = [HubFault, *(kind for item in service.interfaces for kind in (item.request, item.response))]
    while kinds:
        for member in members(kinds.pop(), service.segment):
            if member.field.code is not None:
                codes[member.field.code.__name__] = member.field.code
            if member.item is not None:
                kinds.append(member.item)
    return codes


def _document_codes(schema: etree._Element, codes: dict[str, type[Code]]) -> None:
    for simple in schema.findall(_xs("simpleType")):
        restriction = simple[0]
        restriction[:] = [_documented(value) for value in codes[simple.get("name", "")]]


def _documented(value: Code) -> etree._Element:
    enumeration = etree.Element(_xs("enumeration"), value=value.value)
    annotation = etree.SubElement(enumeration, _xs("annotation"))
    etree.SubElement(annotation, _xs("documentation")).text = value.label
    return enumeration


def _sort_schema(schema: etree._Element, service: SoapService) -> None:
    kinds = [_xs("import"), _xs("simpleType"), _xs("complexType"), _xs("element")]
    names = _element_names(service)

    def place(child: etree._Element) -> tuple[int, int, str]:
        name = child.get("name", "")
        return kinds.index(str(child.tag)), names.index(name) if name in names else -1, name

    schema[:] = sorted(schema, key=place)


def _name_parts(root: etree._Element, service: SoapService) -> None:
    # A portType, a binding and a service of one name make client stacks invent names of their own.
    for kind, suffix in (("portType", "PortType"), ("binding", "Binding"), ("service", "")):
        _only(root.findall(_wsdl(kind))).set("name", service.name + suffix)
    _only(root.findall(_wsdl("binding"))).set("type", f"tns:{service.name}PortType")
    port = _only(root.findall(f"{_wsdl('service')}/{_wsdl('port')}"))
    port.set("name", service.name + "Port")
    port.set("binding", f"tns:{service.name}Binding")


def _set_actions(root: etree._Element, service: SoapService) -> None:
    actions = {interface.operation: service.action(interface) for interface in service.interfaces}
    for operation in root.iter(_wsdl("operation")):
        operation.attrib.pop("parameterOrder", "")
        for bound in operation.findall(in_namespace(WSDL_SOAP, "operation")):
            bound.set("soapAction", actions[operation.get("name", "")])


def _only(elements: Iterable[etree._Element]) -> etree._Element:
    (only,) = elements
    return only
