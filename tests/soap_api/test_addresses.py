"""What the server answers where: its WSDLs, and nothing at any other address."""

import pytest

from deploy.local_certificates import Certificates
from schemas.interfaces.participants import PARTICIPANT_LIST, ParticipantListResponse
from soap_api.services import SERVICES, file_of, path_of
from tests.soap_api.conftest import Connect
from tests.support.cast import OTHER
from tests.support.soap_server import SoapServer


def test_the_wsdls_are_served_as_committed_with_the_servers_address(soap_process: SoapServer) -> None:
    with soap_process.connect(None) as connection:
        for service in SERVICES:
            status, body = connection.get(path_of(service) + "?wsdl")
            assert status == 200
            own = f"https://localhost:{soap_process.port}{path_of(service)}".encode()
            committed = f"https://localhost:8443{path_of(service)}".encode()
            assert body == file_of(service).read_bytes().replace(committed, own)
            assert body.count(own) == 1


@pytest.mark.parametrize("query", ["WSDL", "wsdl=", "singleWsdl", "SINGLEWSDL", "singlewsdl"])
def test_a_wsdl_is_asked_for_as_each_stack_asks(query: str, soap_process: SoapServer) -> None:
    # By .NET as `singleWsdl`: with all schemas in one file, as ours are.
    service = SERVICES[0]
    with soap_process.connect(None) as connection:
        status, body = connection.get(f"{path_of(service)}?{query}")
        assert (status, body) == connection.get(path_of(service) + "?wsdl")
    assert status == 200 and b"schemaLocation" not in body


def test_what_all_segments_share_has_an_address_of_its_own(connect: Connect) -> None:
    answer = connect(OTHER).call(PARTICIPANT_LIST, {"messageId": "R-1"})

    response = answer.read(ParticipantListResponse)
    assert isinstance(response, ParticipantListResponse)
    assert [participant.code for participant in response.participants] == ["1001", "1002", "1003"]


def test_another_address_does_not_exist(connect: Connect) -> None:
    for path in ("/", "/soap", "/soap/low_voltage/", "/soap/extra_high_voltage"):
        answer = connect(OTHER).post(b"", path=path)
        assert (answer.status, answer.code) == (404, "HUB-T010")


def test_only_post_calls(soap_process: SoapServer, certificates: Certificates) -> None:
    with soap_process.connect(None) as connection:
        status, body = connection.get("/soap/low_voltage")

    assert status == 405
    assert b"HUB-T001" in body
