"""The certificates of the local stack: made at first start, made anew when they are about to expire."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from deploy.authority import (
    Authority,
    Issued,
    issue_client_certificate,
    issue_server_certificate,
    make_authority,
    read_issued,
)

_RENEW_BEFORE = timedelta(days=7)


class _Issue(Protocol):
    def __call__(self, authority: Authority, path: Path) -> Issued: ...


@dataclass(frozen=True)
class Certificates:
    """Where the certificates of a stack are; each stands in one PEM file with its key."""

    folder: Path

    @property
    def authority(self) -> Path:
        """Name the certificate of the local authority, which all trust."""
        return self.folder / "authority.pem"

    @property
    def soap_server(self) -> Path:
        """The hub's, as retailers' systems see it."""
        return self.folder / "soap-server.pem"

    @property
    def grid_server(self) -> Path:
        """The grid stub's."""
        return self.folder / "grid-server.pem"

    @property
    def grid_client(self) -> Path:
        """The hub's, as the grid operators see it."""
        return self.folder / "grid-client.pem"

    def retailer(self, code: str) -> Path:
        """Name the client certificate of a retailer's system."""
        return self.folder / f"retailer-{code}.pem"

    def make_own(self) -> None:
        """Make what the parts of the stack need to speak with each other."""
        for path in (self.soap_server, self.grid_server):
            self._sound(path, partial(issue_server_certificate, hosts=("localhost", "127.0.0.1", "::1")))
        self._sound(self.grid_client, partial(issue_client_certificate, common_name="switching-hub"))

    def make_for_retailer(self, code: str) -> Issued:
        """Make the client certificate of a retailer's system, or take the one that is there."""
        return self._sound(self.retailer(code), partial(issue_client_certificate, common_name=code))

    def _sound(self, path: Path, issue: _Issue) -> Issued:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            issued = read_issued(path)
            if issued.expires_at > datetime.now(UTC) + _RENEW_BEFORE:
                return issued
        return issue(make_authority(self.folder), path)
