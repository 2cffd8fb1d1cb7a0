"""Sample participants of the local stack: three retailers with certificates and people, the ten grid operators."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from deploy.local_certificates import Certificates
from models.certificates.operations import register_certificate
from models.database import Database, Session
from models.participants.operations import register_participant
from models.users.operations import Contract, register_user
from models.users.passwords import hash_password
from schemas.codes import Area, HubRole, ParticipantRole, UserRole

NEW_RETAILER, CURRENT_RETAILER, ANOTHER_RETAILER = "1001", "1002", "1003"

RETAILERS = {
    NEW_RETAILER: "あおぞら電力株式会社",
    CURRENT_RETAILER: "みなと電気株式会社",
    ANOTHER_RETAILER: "やまびこエナジー株式会社",
}

GRID_OPERATORS = {
    Area.HOKKAIDO: "北海道電力株式会社",
    Area.TOHOKU: "東北電力株式会社",
    Area.TOKYO: "東京電力株式会社",
    Area.CHUBU: "中部電力株式会社",
    Area.HOKURIKU: "北陸電力株式会社",
    Area.KANSAI: "関西電力株式会社",
    Area.CHUGOKU: "中国電力株式会社",
    Area.SHIKOKU: "四国電力株式会社",
    Area.KYUSHU: "九州電力株式会社",
    Area.OKINAWA: "沖縄電力株式会社",
}
"""Named as in the terms §2.3."""


@dataclass(frozen=True)
class Person:
    """Somebody who may log in to the screens of a local stack."""

    user_id: str
    name: str
    role: UserRole
    retailer_code: str | None
    password: str
    hub_roles: frozenset[HubRole] = frozenset()
    contract: Contract | None = None


PEOPLE = (
    Person("1001aozo01", "青木 はるか", UserRole.RETAILER_DECIDER, NEW_RETAILER, "demo-aozora-1"),
    Person("1001aozo02", "井上 たくみ", UserRole.RETAILER_STAFF, NEW_RETAILER, "demo-aozora-2"),
    Person("1002mina01", "水野 かおる", UserRole.RETAILER_DECIDER, CURRENT_RETAILER, "demo-minato-1"),
    Person("1002mina02", "江口 りょう", UserRole.RETAILER_STAFF, CURRENT_RETAILER, "demo-minato-2"),
    Person("1003yama01", "大山 ひびき", UserRole.RETAILER_DECIDER, ANOTHER_RETAILER, "demo-yamabi-1"),
    Person("1001kanri1", "北村 さとし", UserRole.RETAILER_ADMINISTRATOR, NEW_RETAILER, "demo-aozora-9"),
    Person("1002kanri1", "小林 まこと", UserRole.RETAILER_ADMINISTRATOR, CURRENT_RETAILER, "demo-minato-9"),
    Person(
        *("1002juta01", "清水 あおい", UserRole.RETAILER_STAFF, CURRENT_RETAILER, "demo-jimu-0001"),
        contract=Contract("湾岸事務サービス株式会社", until=date(2030, 3, 31)),
    ),
    *(
        Person(f"OCCTO0000{place}", name, UserRole.HUB_OPERATOR, None, f"demo-hub-000{place}", frozenset({role}))
        for place, (name, role) in enumerate(
            {
                "千葉 ゆうき": HubRole.DESK,
                "中島 しのぶ": HubRole.OPERATIONS,
                "西田 かなえ": HubRole.SECURITY,
                "野口 すすむ": HubRole.APPROVER,
                "橋本 ちひろ": HubRole.AUDITOR,
            }.items(),
            start=2,
        )
    ),
    Person("OCCTO00001", "上原 めぐみ", UserRole.HUB_OPERATOR, None, "demo-hub-0001", frozenset(HubRole)),
)
"""Made up, with passwords that everybody may know."""

_SINCE = date(2016, 4, 1)
"""When the market was opened to all customers."""


def result_mail(code: str) -> str:
    """Give a retailer's address for result mails (terms §6.1 ⑤); example.jp leads nowhere."""
    return f"kekka@retailer-{code}.example.jp"


def load_samples(database: Database, certificates: Certificates) -> None:
    """Register the samples, or bring what is known of them up to date."""
    issued = {code: certificates.make_for_retailer(code) for code in RETAILERS}
    with database.transaction() as session:
        for code, name in RETAILERS.items():
            register_participant(
                session,
                code=code,
                name=name,
                role=ParticipantRole.RETAILER,
                area=None,
                valid_from=_SINCE,
                result_mail=result_mail(code),
            )
        for area, name in GRID_OPERATORS.items():
            register_participant(
                session,
                code=f"91{area.value}",
                name=name,
                role=ParticipantRole.GRID_OPERATOR,
                area=area,
                valid_from=_SINCE,
            )
        for code, certificate in issued.items():
            register_certificate(
                session,
                issuer=certificate.issuer,
                serial=certificate.serial,
                retailer_code=code,
                expires_at=certificate.expires_at,
                certificate_id=f"LOCAL-{code}",
                device="手元の環境",
                holder=RETAILERS[code],
            )
        register_people(session)


def register_people(session: Session) -> None:
    """Register the sample people; their companies must be registered."""
    for person in PEOPLE:
        register_user(
            session,
            user_id=person.user_id,
            name=person.name,
            role=person.role,
            retailer_code=person.retailer_code,
            password_hash=_hash_of(person),
            hub_roles=person.hub_roles,
            contract=person.contract,
            email=f"{person.user_id.lower()}@example.jp",
        )


@cache
def _hash_of(person: Person) -> str:
    return hash_password(person.password)
