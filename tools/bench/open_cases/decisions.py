"""12410 as a retailer's system sends it over a kept connection, and how long its answer takes."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from deploy.samples import CURRENT_RETAILER
from deploy.stack.supervisor import Stack
from schemas.codes import CasePhase, Decision
from soap_api.services import LOW_VOLTAGE
from tools.bench.line import Line

_BODY = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
    '<decideReferral xmlns="{namespace}"><messageId>BENCH-DECISION-{case_number}</messageId>'
    "<caseNumber>{case_number}</caseNumber><version>1</version><decision>{decision}</decision>"
    "</decideReferral></soapenv:Body></soapenv:Envelope>"
)
_ACCEPTED = f"<casePhase>{CasePhase.AWAITING_APPLICATIONS}</casePhase>"


class NotAccepted(Exception):
    """A decision was not answered as it should be; the text is what came instead."""


class Decider:
    """The system of the current retailer, which accepts one referral after the other."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def accept(self, case_number: str) -> float:
        """Accept a referral, and give the milliseconds until the answer was there.

        :raises NotAccepted: when the answer says anything else.
        """
        body = _BODY.format(namespace=LOW_VOLTAGE.namespace, case_number=case_number, decision=Decision.ACCEPT)
        began = time.perf_counter()
        answer = self._line.post(body).decode()
        took = (time.perf_counter() - began) * 1000
        if _ACCEPTED not in answer:
            raise NotAccepted(answer)
        return took


@contextmanager
def deciding(stack: Stack) -> Iterator[Decider]:
    """Open the retailer's connection to a hub for a block."""
    certificate, authority = stack.certificates.retailer(CURRENT_RETAILER), stack.certificates.authority
    with closing(Line(certificate=certificate, authority=authority, port=stack.ports.soap)) as line:
        yield Decider(line)
