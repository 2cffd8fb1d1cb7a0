"""The running hub as a retailer's system is told of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from deploy.local_certificates import Certificates
from deploy.samples import CURRENT_RETAILER, NEW_RETAILER
from schemas.codes import MeterWork, ProcessKind
from switching_hub_client import Connection, Hub
from tests.support.retailers import consent

_points = count(1)


@dataclass(frozen=True)
class ReachableHub:
    """Where the hub is, the certificates of its sample retailers, and the business day."""

    url: str
    certificates: Certificates
    today: date

    def program_settings(self, *, message_id: str) -> dict[str, str]:
        """Give what a program is told by its environment; each has a point of its own.

        :param message_id: what the ids of its messages begin with.
        """
        return {
            "WSDL": f"{self.url}/soap/low_voltage?wsdl",
            "AUTHORITY": str(self.certificates.authority),
            "NEW_RETAILER_CERTIFICATE": str(self.certificates.retailer(NEW_RETAILER)),
            "CURRENT_RETAILER_CERTIFICATE": str(self.certificates.retailer(CURRENT_RETAILER)),
            "CURRENT_RETAILER_CODE": CURRENT_RETAILER,
            "POINT_NUMBER": _new_point(),
            "TODAY": self.today.isoformat(),
            "WISHED_DATE": self.wished().isoformat(),
            "MESSAGE_ID": message_id,
        }

    def referral(self) -> dict[str, Any]:
        """Give the items of a referral (12110) of a customer of its own, to the current retailer."""
        return {
            "processKind": ProcessKind.REGISTER,
            "pointNumber": _new_point(),
            "currentRetailerCode": CURRENT_RETAILER,
            "contractNumber": "98765432109877",
            "holderName": "山田　太郎",
            "holderNameKana": "ヤマダ　タロウ",
            "address": "東京都江東区豊洲３－２－１",
            "wishedDate": self.wished(),
            "meterWork": MeterWork.NOT_NEEDED,
            "consent": consent(),
        }

    def wished(self) -> date:
        """Give a day on which a switch may be wished for."""
        return self.today + timedelta(days=60)

    def own_client(self) -> Hub:
        """Give the product's own client as the new retailer uses it."""
        certificate = self.certificates.retailer(NEW_RETAILER)
        return Hub(Connection(self.url, certificate, self.certificates.authority), patience=0)


def _new_point() -> str:
    return f"03{next(_points):020d}"
