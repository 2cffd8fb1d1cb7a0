"""The messages of a whole switch in 低圧託送, as both retailers' systems write them by the catalogue."""

from datetime import date

from lxml import etree

from schemas.codes import Area, ConsentMethod, ContractBasis, Decision, MeterWork, ProcessKind, Segment, SupplyKind
from schemas.contract import Interface
from schemas.interfaces.applications import (
    END_APPLICATION,
    START_APPLICATION,
    EndApplicationRequest,
    StartApplicationRequest,
)
from schemas.interfaces.common import Consent
from schemas.interfaces.decision import DECISION, DecisionRequest
from schemas.interfaces.referral import REFERRAL, ReferralRequest
from soap.names import SOAP_ENVELOPE
from soap.writing import to_xml
from soap_api.services import LOW_VOLTAGE

_AREAS = tuple(Area)
_HOLDER, _HOLDER_KANA = "見本　太郎", "ミホン　タロウ"
_ADDRESS = "東京都江東区豊洲１－２－３"
_PLACE = '<soapenv:Envelope xmlns:soapenv="{}"><soapenv:Body>{}</soapenv:Body></soapenv:Envelope>'


def point_of(number: int) -> str:
    """Give the point of the case with that place: areas in turn, and no ending that the grid stub treats otherwise."""
    return f"{_AREAS[number % len(_AREAS)].value}{number:016d}0000"


def referral(number: int, *, today: date, current_retailer: str, wished: date | None = None) -> bytes:
    """Write 12110; the wished date is today, unless another is given."""
    return envelope(
        REFERRAL,
        ReferralRequest(
            message_id=f"BENCH-12110-{number}",
            process_kind=ProcessKind.REGISTER,
            case_number=None,
            point_number=point_of(number),
            current_retailer_code=current_retailer,
            contract_number=_contract(number),
            holder_name=_HOLDER,
            holder_name_kana=_HOLDER_KANA,
            address=_ADDRESS,
            wished_date=wished or today,
            meter_work=MeterWork.NOT_NEEDED,
            consent=_consent(today),
        ),
    )


def decision(number: int, *, case_number: str) -> bytes:
    """Write 12410: accepted."""
    return envelope(
        DECISION,
        DecisionRequest(
            message_id=f"BENCH-12410-{number}",
            case_number=case_number,
            version=1,
            decision=Decision.ACCEPT,
            rejection_reasons=(),
            rejection_text=None,
        ),
    )


def start_application(number: int, *, case_number: str, today: date) -> bytes:
    """Write 10610."""
    return envelope(
        START_APPLICATION,
        StartApplicationRequest(
            message_id=f"BENCH-10610-{number}",
            process_kind=ProcessKind.REGISTER,
            case_number=case_number,
            application_number=None,
            point_number=point_of(number),
            effective_date=today,
            holder_name=_HOLDER,
            holder_name_kana=_HOLDER_KANA,
            address=_ADDRESS,
            telephone="03-1234-5678",
            supply_kind=SupplyKind.LIGHTING,
            contract_basis=ContractBasis.MEASURED_DEMAND,
            contract_capacity=40,
            meter_work=MeterWork.NOT_NEEDED,
            consent=_consent(today),
        ),
    )


def end_application(number: int, *, case_number: str, today: date) -> bytes:
    """Write 10710."""
    return envelope(
        END_APPLICATION,
        EndApplicationRequest(
            message_id=f"BENCH-10710-{number}",
            process_kind=ProcessKind.REGISTER,
            case_number=case_number,
            application_number=None,
            point_number=point_of(number),
            effective_date=today,
            contract_number=_contract(number),
        ),
    )


def envelope(interface: Interface, request: object) -> bytes:
    """Write a request of 低圧託送 as a whole message."""
    written = to_xml(request, interface.operation, LOW_VOLTAGE.namespace, segment=Segment.LOW_VOLTAGE)
    return _PLACE.format(SOAP_ENVELOPE, etree.tostring(written, encoding="unicode")).encode()


def _contract(number: int) -> str:
    return f"{number:014d}"


def _consent(today: date) -> Consent:
    return Consent(obtained_on=today, method=ConsentMethod.PAPER, obtained_by="豊洲支店")
