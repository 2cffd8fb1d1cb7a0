"""What the benchmarks ask about: sample retailers and open cases between two of them."""

from collections.abc import Iterator
from datetime import date, timedelta

from deploy.local_certificates import Certificates
from deploy.samples import CURRENT_RETAILER, NEW_RETAILER, load_samples
from models.cases.operations import register_referral
from models.clock import business_now
from models.database import Database, Session
from models.messages.identity import incoming
from rules.calendar import JapaneseCalendar, day_of
from schemas.codes import ConsentMethod, MeterWork, ProcessKind, Segment
from schemas.interfaces.common import Consent
from schemas.interfaces.referral import REFERRAL, ReferralRequest

_AT_ONCE = 500
"""Cases written in one transaction."""


def load_cases(database: Database, certificates: Certificates, *, cases: int) -> list[str]:
    """Register the sample retailers and so many cases, as 12110 does, and give their numbers."""
    load_samples(database, certificates)
    return list(_cases(database, cases))


def _cases(database: Database, cases: int) -> Iterator[str]:
    for first in range(0, cases, _AT_ONCE):
        with database.transaction() as session:
            today = day_of(business_now(session))
            for number in range(first, min(first + _AT_ONCE, cases)):
                yield register_case(session, number, today=today)


def register_case(
    session: Session, number: int, *, today: date, new: str = NEW_RETAILER, current: str = CURRENT_RETAILER
) -> str:
    """Register the case with that place among all, as 12110 does, and give its number."""
    segment, request = Segment.LOW_VOLTAGE, _request(number, today=today, current=current)
    message = incoming(
        retailer_code=new,
        interface_number=REFERRAL.number_in(segment),
        request=request,
        key=b"of this benchmark alone",
    )
    registered = register_referral(
        session, message=message, request=request, segment=segment, profile="standard", calendar=JapaneseCalendar()
    )
    assert registered.answer is not None, "each case has a point of its own"
    return registered.answer.case_number


def _request(number: int, *, today: date, current: str) -> ReferralRequest:
    return ReferralRequest(
        message_id=f"BENCH-CASE-{number}",
        process_kind=ProcessKind.REGISTER,
        case_number=None,
        point_number=f"03{number:020d}",
        current_retailer_code=current,
        contract_number=f"{number:014d}",
        holder_name="見本　太郎",
        holder_name_kana="ミホン　タロウ",
        address="東京都江東区豊洲１－２－３",
        wished_date=today + timedelta(days=40),
        meter_work=MeterWork.NOT_NEEDED,
        consent=Consent(obtained_on=today, method=ConsentMethod.PAPER, obtained_by="豊洲支店"),
    )
