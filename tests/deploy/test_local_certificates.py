"""The local stack's certificates: made once, kept, renewed in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.authority import issue_client_certificate, make_authority
from deploy.local_certificates import Certificates


def test_they_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path / "tls")
    certificates.make_own()
    certificates.make_for_retailer("1001")

    modes = {path.name: path.stat().st_mode & 0o777 for path in certificates.folder.iterdir()}

    assert set(modes.values()) == {0o600}
    assert {"soap-server.pem", "grid-server.pem", "grid-client.pem", "retailer-1001.pem"} <= modes.keys()


def test_they_are_kept(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path / "tls")
    first = certificates.make_for_retailer("1001")

    assert certificates.make_for_retailer("1001") == first


def test_one_that_is_about_to_expire_is_made_anew(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path / "tls")
    ending = issue_client_certificate(
        make_authority(certificates.folder),
        certificates.retailer("1001"),
        common_name="1001",
        expires_at=datetime.now(UTC) + timedelta(days=3),
    )

    renewed = certificates.make_for_retailer("1001")

    assert renewed.serial != ending.serial
    assert renewed.expires_at > datetime.now(UTC) + timedelta(days=300)
