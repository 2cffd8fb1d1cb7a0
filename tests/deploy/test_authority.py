"""The local authority and what it issues."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from deploy.authority import (
    issue_client_certificate,
    issue_server_certificate,
    make_authority,
    read_issued,
)


def test_an_authority_is_made_once(tmp_path: Path) -> None:
    first = make_authority(tmp_path)
    before = first.certificate.read_bytes()

    assert make_authority(tmp_path) == first
    assert first.certificate.read_bytes() == before


def test_what_is_registered_of_a_certificate_can_be_read_back(tmp_path: Path) -> None:
    issued = issue_client_certificate(make_authority(tmp_path), tmp_path / "1001.pem", common_name="1001")

    assert read_issued(issued.path) == issued
    certificate = x509.load_pem_x509_certificate(issued.path.read_bytes())
    assert int(issued.serial, 16) == certificate.serial_number
    assert issued.serial == issued.serial.lower().lstrip("0")
    assert certificate.subject.rfc4514_string() == "CN=1001"


def test_a_certificate_may_have_expired_when_it_is_issued(tmp_path: Path) -> None:
    yesterday = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    issued = issue_client_certificate(
        make_authority(tmp_path), tmp_path / "old.pem", common_name="1001", expires_at=yesterday
    )

    assert issued.expires_at == yesterday


def test_a_server_certificate_names_its_hosts_and_addresses(tmp_path: Path) -> None:
    issued = issue_server_certificate(make_authority(tmp_path), tmp_path / "server.pem")

    certificate = x509.load_pem_x509_certificate(issued.path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]


def test_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    authority = make_authority(tmp_path)
    issued = issue_server_certificate(authority, tmp_path / "server.pem")

    for path in (authority.key, issued.path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_without_certificate_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").touch()

    with pytest.raises(ValueError, match="PEM"):
        read_issued(tmp_path / "empty.pem")
