"""What is XML: expat, which reads requests, takes what libxml2 takes, and makes the same of it."""

from xml.etree.ElementTree import Element

import pytest
from lxml import etree

from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from soap.envelope import read_envelope
from tests.soap_support.envelopes import envelope

XML = [
    "text",
    "東京都\U0001f600",
    "&amp;&quot;&#x41;&#10;",
    "<!-- a -->x<?b c?>y<![CDATA[<z>&]]>",
    "\r\n\t",
    "\x7f\x85\u2028\u3000",
    "<a b='1' />tail",
    "<a b = '&lt;&#10;\t'/>",
    "<氏名 属性='値'/>",
    "<a.b-c_1/>",
    "<xmlns/>",
    "<a xml:lang='ja'/>",
    "<a xmlns=''><b/></a>",
    "<a xmlns:p='u' xmlns:q='u' p:b='1' q:c='2'><p:d/></a>",
    "<a xmlns:p='u'><p:b xmlns:p='v' p:c=''/></a>",
]
NO_XML = [
    "&undefined;",
    "&",
    "<",
    "]]>",
    "&#0;",
    "&#xFFFE;",
    "\x01",
    "\ufffe",
    "<!-- -- -->",
    "<?xml version='1.0'?>",
    "<a>",
    "</a>",
    "<a b='1' b='2'/>",
    "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
    "<p:a/>",
    "<a p:b='1'/>",
    "<a xmlns:p=''/>",
    "<a xmlns:xml='u'/>",
    "<a b='<'/>",
    "<a b=c/>",
    "<a b/>",
    "<1a/>",
    "<:a/>",
    "<a:/>",
]


def message(inside: str) -> bytes:
    return envelope(f"<h:r xmlns:h='urn:h'>{inside}</h:r>")


@pytest.mark.parametrize("inside", XML, ids=ascii)
def test_what_is_xml_is_read_as_libxml2_reads_it(inside: str) -> None:
    read = read_envelope(message(inside), charset="utf-8")
    assert alike(read, by_libxml2(message(inside))[0][0])


@pytest.mark.parametrize("inside", NO_XML, ids=ascii)
def test_what_is_no_xml_is_refused_as_libxml2_refuses_it(inside: str) -> None:
    with pytest.raises(etree.XMLSyntaxError):
        by_libxml2(message(inside))
    with pytest.raises(Refused) as refused:
        read_envelope(message(inside), charset="utf-8")
    assert refused.value.refusal.code is RefusalCode.NOT_WELL_FORMED


def by_libxml2(body: bytes) -> etree._Element:
    return etree.fromstring(body, etree.XMLParser(remove_comments=True, remove_pis=True))


def alike(ours: Element, theirs: etree._Element) -> bool:
    return (
        (ours.tag, ours.text or "", ours.tail or "", ours.attrib)
        == (theirs.tag, theirs.text or "", theirs.tail or "", dict(theirs.items()))
        and len(ours) == len(theirs)
        and all(map(alike, ours, theirs))
    )
