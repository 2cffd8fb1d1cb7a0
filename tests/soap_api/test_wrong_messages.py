"""Messages with every element wrong, sent over TLS to the whole server: all is told at once, and nothing is stored."""

import pytest

from models.database import Database
from soap.service import SoapService
from soap_api.services import SERVICES, path_of
from tests.soap_api.conftest import Connect
from tests.soap_support.envelopes import envelope
from tests.soap_support.form_checks import assert_refused, wrong_in_all, wrong_in_two
from tests.support.cast import NEW
from tests.support.database_contents import row_counts


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_each_interface_tells_all_that_is_wrong_and_stores_nothing(
    service: SoapService, connect: Connect, retailers: Database
) -> None:
    connection = connect(NEW)
    before = row_counts(retailers)

    for interface in service.interfaces:
        for check in (wrong_in_all(service, interface), wrong_in_two(service, interface)):
            assert_refused(connection.post(envelope(check.request()), path=path_of(service)), check)

    assert connection.opened == 1
    assert row_counts(retailers) == before
