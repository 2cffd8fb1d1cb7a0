"""What the SOAP server logs of a request: who, what, how it ended; nothing of what was said."""

import json
from typing import Any

from models.database import Database
from schemas.interfaces.referral import REFERRAL
from tests.soap_api.conftest import Connect
from tests.support.cast import NEW
from tests.support.processes import wait_until
from tests.support.raw_requests import registration
from tests.support.soap_server import SoapServer


def test_one_line_for_each_request_without_its_content(
    connect: Connect, soap_process: SoapServer, retailers: Database
) -> None:
    before = len(requests_logged(soap_process))
    connection = connect(NEW)

    connection.call(REFERRAL, registration(retailers, holderName="五十嵐　花"))
    connection.call(REFERRAL, registration(retailers, holderName="五十嵐　華"))
    with soap_process.connect(None) as nobody:
        nobody.call(REFERRAL, registration(retailers))

    wait_until(lambda: len(requests_logged(soap_process)) >= before + 3, what="three lines")
    ok, refused, nobody_in = requests_logged(soap_process)[before:]
    assert (ok["interface"], ok["retailer"], ok["outcome"]) == ("12110", NEW, "ok")
    assert (refused["interface"], refused["retailer"], refused["outcome"]) == ("12110", NEW, "HUB-I001")
    assert (nobody_in["outcome"], nobody_in["source_address"]) == ("HUB-A001", "127.0.0.1")
    assert "interface" not in nobody_in and "retailer" not in nobody_in
    assert "五十嵐" not in soap_process.log.read_text()


def requests_logged(server: SoapServer) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    return [line for line in lines if line["event"] == "request"]
