"""The password of 10310 使用量情報照会 goes through the hub and stays nowhere in it."""

from dataclasses import replace

from models.database import Database
from schemas.interfaces.usage import USAGE_INQUIRY, UsageInquiryRequest
from tests.soap_api.conftest import Connect
from tests.soap_support.examples import raw_example, typed_example
from tests.support.cast import NEW, POINT
from tests.support.database_contents import rows
from tests.support.soap_server import SoapServer


def test_the_password_is_neither_logged_nor_stored(
    connect: Connect, soap_process: SoapServer, retailers: Database
) -> None:
    secret, malformed = "SECRETSECRET", "SECRET SECRET"
    example = dict(raw_example(UsageInquiryRequest), pointNumber=POINT)
    example["consent"] = {"obtainedOn": "2026-01-15", "method": "paper", "obtainedBy": "豊洲支店"}

    refused = connect(NEW).call(USAGE_INQUIRY, example | {"usagePassword": secret})
    faulty = connect(NEW).call(USAGE_INQUIRY, example | {"usagePassword": malformed})

    assert (refused.code, faulty.code) == ("HUB-R003", "HUB-F001")
    assert b"SECRET" not in refused.body + faulty.body
    assert "SECRET" not in soap_process.log.read_text()
    tables = rows(
        retailers,
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
        " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )
    for (table,) in tables:
        assert rows(retailers, f"SELECT 1 FROM {table} AS t WHERE to_jsonb(t)::text LIKE '%SECRET%'") == [], table
    assert secret not in repr(replace(typed_example(UsageInquiryRequest), usage_password=secret))
