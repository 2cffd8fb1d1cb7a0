"""The fixed cast of the tests: the retailers, the people at the screens, the customer and the point."""

from datetime import date

from deploy.samples import ANOTHER_RETAILER, CURRENT_RETAILER, NEW_RETAILER, PEOPLE, RETAILERS, register_people
from models.database import Session
from models.participants.operations import register_participant
from schemas.codes import ConsentMethod, ParticipantRole
from schemas.interfaces.common import Consent

NEW, CURRENT, OTHER = NEW_RETAILER, CURRENT_RETAILER, ANOTHER_RETAILER
"""Codes of the retailers: the one that a customer goes to, the one left, and one that has no part in it."""
SUCCESSOR = "1009"
"""A retailer that takes another one's place in the core; not registered."""
HUB_PERSON = "OCCTO00001"

POINT, SECOND_POINT = "0310000000000000000001", "0310000000000000000002"
FACILITY_POINT = "0310000000000000000777"
"""Whose facility is asked after; no case stands on it."""
CONTRACT_NUMBER = "12345678901234"
"""Of the customer at the current retailer."""
HOLDER = {
    "holder_name": "髙橋　太郎",
    "holder_name_kana": "タカハシ　タロウ",
    "address": "東京都江東区豊洲１－２－３",
}
"""The customer, as requests name them."""
TELEPHONE = "03-1234-5678"

_BY_ID = {person.user_id: person for person in PEOPLE}
NEW_SIDE = _BY_ID["1001aozo01"]
"""Of the new retailer."""
DECIDER = _BY_ID["1002mina01"]
"""Of the current retailer, and may decide."""
COLLEAGUE = _BY_ID["1002mina02"]
"""Of the current retailer, and may only look."""
STRANGER = _BY_ID["1003yama01"]
"""Of the retailer that has no part in it."""
ADMINISTRATOR = _BY_ID["1002kanri1"]
"""Of the current retailer, and looks after its people."""
OPERATOR = _BY_ID[HUB_PERSON]
"""Of the hub, who sees all."""
CAST = (NEW_SIDE, DECIDER, COLLEAGUE, STRANGER, OPERATOR, ADMINISTRATOR)


def consent() -> Consent:
    """Declare the customer's consent."""
    return Consent(obtained_on=date(2026, 1, 15), method=ConsentMethod.PAPER, obtained_by="豊洲支店")


def register_retailers(session: Session) -> None:
    """Register the three retailers."""
    for code, name in RETAILERS.items():
        register_participant(
            session, code=code, name=name, role=ParticipantRole.RETAILER, area=None, valid_from=date(2016, 4, 1)
        )


def register_cast(session: Session) -> None:
    """Register the retailers and all sample people."""
    register_retailers(session)
    register_people(session)
