"""A refusal in the words of the interface that it answers."""

from dataclasses import replace

from schemas.codes import Segment
from schemas.contract import members
from schemas.findings import Refusal


def worded_for(refusal: Refusal, message: type, segment: Segment | None) -> Refusal:
    """Name the fields that a refusal speaks of as the request does, in its segment.

    The rules are the same for all kinds and segments; 再点 calls the effective date 再点日, and 低圧FIT電源 the point
    受電地点特定番号. A field that the request does not have keeps its name.
    """
    labels = {member.xml_name: member.field.label for member in members(message, segment)}
    findings = (replace(finding, label=labels.get(finding.field, finding.label)) for finding in refusal.findings)
    return replace(refusal, findings=tuple(findings))
