"""A retailer's system in the tests: zeep over real mutual TLS, every answer held to the whole contract."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import requests
from zeep.transports import Transport

from schemas.codes import (
    Ampere,
    ConsentMethod,
    ContractBasis,
    Decision,
    Flag,
    GenerationKind,
    MeterWork,
    ProcessKind,
    Segment,
    SupplyKind,
)
from schemas.contract import Interface, members
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from switching_hub_client import Connection, Hub, OutcomeOpen, Refused
from tests.soap_support.answers import answer_of

_TIMEOUT = 60.0
_messages = count(1)
_TERMS: dict[Segment, dict[str, Any]] = {
    Segment.LOW_VOLTAGE: {
        "supplyKind": SupplyKind.LIGHTING,
        "contractBasis": ContractBasis.MEASURED_DEMAND,
        "contractCapacity": 40,
    },
    Segment.HIGH_VOLTAGE: {
        "highVoltageTerms": {
            "contractPower": 120,
            "selfGenerationBackup": Flag.YES,
            "selfGenerationBackupPower": 50,
            "partialSupply": Flag.NO,
        }
    },
    Segment.LOW_VOLTAGE_FIT: {
        "generatingFacility": {"generationKind": GenerationKind.SOLAR, "generationOutput": 5500},
        "purchaseContract": {
            "facilityId": "A123456A13",
            "contractedOn": date(2026, 4, 1),
            "procurementEndsOn": date(2046, 3, 31),
        },
    },
}
"""What a start application contracts, in the elements that its segment has."""


class RefusedByHub(Exception):
    """The hub answered with a fault."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(str(refusal))
        self.code = refusal.code
        self.retryable = refusal.retryable
        self.rules = {finding.rule for finding in refusal.findings}


class CheckedTransport(Transport):
    """Holds each answer to the WSDL it was called by, before zeep reads it, and keeps the last one."""

    def __init__(
        self, *, keep: Callable[[requests.Response], None], more_headers: dict[str, str], **options: Any
    ) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]  # zeep has few types
        self._keep = keep
        self._more_headers = more_headers
        self._wsdl: bytes | None = None

    def load(self, url: str) -> bytes:
        """Read the WSDL, as zeep does first of all."""
        self._wsdl = super().load(url)  # type: ignore[no-untyped-call]  # zeep has few types
        return self._wsdl

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> requests.Response:
        """Send a message and check what comes back."""
        response: requests.Response = super().post(  # type: ignore[no-untyped-call]  # zeep has few types
            address, message, headers | self._more_headers
        )
        assert self._wsdl is not None, "zeep reads the WSDL before it calls"
        self._keep(response)
        answer_of(response.status_code, dict(response.headers), response.content, wsdl=self._wsdl)
        return response


@dataclass
class Customer:
    """A customer who switches, made up; each has a point of its own."""

    point_number: str
    contract_number: str = "98765432109876"
    holder_name: str = "髙﨑　花子"
    holder_name_kana: str = "タカサキ　ハナコ"
    address: str = "東京都千代田区霞が関９－８－７"
    telephone: str = "03-9876-5432"


@dataclass
class Retailer:
    """The system of one retailer."""

    code: str
    url: str
    authority: Path
    certificate: Path
    segment: Segment = Segment.LOW_VOLTAGE
    headers: dict[str, str] = field(default_factory=dict)
    """What its HTTP requests carry besides."""
    last_answer: requests.Response | None = None
    """The last one as it came over the wire."""
    _hub: Hub = field(init=False)

    def __post_init__(self) -> None:
        transport = partial(CheckedTransport, keep=self._keep, more_headers=self.headers)
        connection = Connection(self.url, self.certificate, self.authority, timeout=_TIMEOUT, transport=transport)
        self._hub = Hub(connection, patience=0)

    def in_segment(self, segment: Segment) -> "Retailer":
        """Give the same retailer's system as it works in another segment."""
        return Retailer(self.code, self.url, self.authority, self.certificate, segment)

    def call(self, interface: Interface, *, message_id: str | None = None, **values: Any) -> Any:
        """Call an interface once; each call is a new message unless it names its id.

        :raises RefusedByHub: when the hub answers with a fault.
        :raises requests.RequestException: when no answer comes.
        """
        number = interface.number_in(self.segment if interface.segments else None)
        try:
            return self._hub.call(number, message_id=message_id or f"T-{next(_messages)}", **values)
        except Refused as refusal:
            raise RefusedByHub(refusal) from None
        except OutcomeOpen as outcome:
            if outcome.refusal is not None:
                raise RefusedByHub(outcome.refusal) from None
            assert outcome.__cause__ is not None
            raise outcome.__cause__ from None

    def _keep(self, answer: requests.Response) -> None:
        self.last_answer = answer

    def register(
        self, customer: Customer, *, current: "Retailer", wished: date, message_id: str | None = None, **changes: Any
    ) -> Any:
        values = self._referral(customer, current=current, wished=wished) | changes
        return self.call(REFERRAL, message_id=message_id, processKind=ProcessKind.REGISTER, **values)

    def amend(self, case_number: str, customer: Customer, *, current: "Retailer", wished: date, **changes: Any) -> Any:
        """Amend a referral (12110)."""
        values = self._referral(customer, current=current, wished=wished) | changes
        return self.call(REFERRAL, processKind=ProcessKind.AMEND, caseNumber=case_number, **values)

    def withdraw(self, case_number: str, *, message_id: str | None = None) -> Any:
        """Withdraw a referral (12110)."""
        return self.call(REFERRAL, message_id=message_id, processKind=ProcessKind.WITHDRAW, caseNumber=case_number)

    def inbox(self, case_number: str) -> Any:
        """Read a referral that came in (12310)."""
        (referral,) = self.call(REFERRAL_INBOX, caseNumber=case_number).referrals
        return referral

    def decide(
        self,
        case_number: str,
        *,
        version: int = 1,
        decision: Decision = Decision.ACCEPT,
        message_id: str | None = None,
        **more: Any,
    ) -> Any:
        """Decide on a referral (12410)."""
        return self.call(
            DECISION, message_id=message_id, caseNumber=case_number, version=version, decision=decision, **more
        )

    def result(self, case_number: str) -> Any:
        """Read what became of a referral (12210)."""
        (case,) = self.call(REFERRAL_RESULT, caseNumber=case_number).cases
        return case

    def file_start(self, case_number: str | None, customer: Customer, *, effective: date, **changes: Any) -> Any:
        """File the start application (10610)."""
        return self.apply(START_APPLICATION, customer, effective=effective, **({"caseNumber": case_number} | changes))

    def file_end(self, case_number: str | None, customer: Customer, *, effective: date, **changes: Any) -> Any:
        """File the end application (10710)."""
        return self.apply(END_APPLICATION, customer, effective=effective, **({"caseNumber": case_number} | changes))

    def apply(self, interface: Interface, customer: Customer, *, effective: date, **changes: Any) -> Any:
        """File an application of any kind (10210 to 10910), with what its interface carries."""
        content = application_content(interface, customer, segment=self.segment, effective=effective)
        return self.call(interface, **({"processKind": ProcessKind.REGISTER} | content | changes))

    def take_back(self, interface: Interface, number: str) -> Any:
        """Take an application on its own back (取消)."""
        return self.call(interface, processKind=ProcessKind.WITHDRAW, applicationNumber=number)

    def _referral(self, customer: Customer, *, current: "Retailer", wished: date) -> dict[str, Any]:
        return {
            "pointNumber": customer.point_number,
            "currentRetailerCode": current.code,
            "contractNumber": customer.contract_number,
            "holderName": customer.holder_name,
            "holderNameKana": customer.holder_name_kana,
            "address": customer.address,
            "wishedDate": wished,
            "meterWork": MeterWork.NOT_NEEDED,
            "consent": consent(),
        }


def application_content(
    interface: Interface, customer: Customer, *, segment: Segment, effective: date
) -> dict[str, Any]:
    """Give all that an application says in the elements that its interface has in a segment."""
    values: dict[str, Any] = {
        "pointNumber": customer.point_number,
        "effectiveDate": effective,
        "contractNumber": customer.contract_number,
        "holderName": customer.holder_name,
        "holderNameKana": customer.holder_name_kana,
        "address": customer.address,
        "telephone": customer.telephone,
        **_TERMS[segment],
        "meterWork": MeterWork.NOT_NEEDED,
        "removal": Flag.NO,
        "ampere": Ampere.A40,
        "consent": consent(),
    }
    names = {member.xml_name for member in members(interface.request, segment)}
    return {name: value for name, value in values.items() if name in names}


def consent() -> dict[str, object]:
    """Give a customer's consent (本人同意) as a request declares it."""
    return {"obtainedOn": date(2026, 4, 1), "method": ConsentMethod.PAPER, "obtainedBy": "霞が関営業所"}
