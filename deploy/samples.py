"""Sample participants of the local stack: three retailers with a certificate each, and the ten grid operators."""

from datetime import date

from deploy.stack.certificates import Certificates
from models.database import Database
from models.participants.operations import register_certificate, register_participant
from schemas.codes import Area, ParticipantRole

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

_SINCE = date(2016, 4, 1)
"""When the market was opened to all customers."""


def load_samples(database: Database, certificates: Certificates) -> None:
    """This function will register the samples, or bring what is known of them up to date."""
    issued = {code: certificates.make_for_retailer(code) for code in RETAILERS}
    with database.transaction() as session:
        for code, name in RETAILERS.items():
            register_participant(
                session, code=code, name=name, role=ParticipantRole.RETAILER, area=None, valid_from=_SINCE
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
                session, serial=certificate.serial, retailer_code=code, expires_at=certificate.expires_at
            )
