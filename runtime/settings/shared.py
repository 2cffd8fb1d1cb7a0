"""Settings that several processes use, by what they are needed for."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from runtime.addresses import is_own_machine
from runtime.postgres_address import address_parts
from runtime.settings.reading import ProcessSettings


class DatabaseSettings(ProcessSettings):
    """Of a process that uses the database."""

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    """PostgreSQL's own address, ``postgresql://…``, with whatever its library knows: several hosts, ``options``,
    ``sslmode``, ``target_session_attrs``."""

    @field_validator("database_url")
    @classmethod
    def _can_be_read(cls, url: SecretStr) -> SecretStr:
        address_parts(url.get_secret_value())
        return url

    @property
    def database_address(self) -> str:
        """The database's address."""
        return self.database_url.get_secret_value()


class MonitoredSettings(ProcessSettings):
    """Of a process that says at a port of its own how it is."""

    monitoring_host: str = "127.0.0.1"
    """Where each process answers ``/healthz`` and ``/metrics``, at its own port; the port 0 means not at all."""


class TlsSettings(ProcessSettings):
    """Of a process that speaks mutual TLS."""

    tls_authority: Path
    """Certificate of the authority that both sides trust, PEM."""


class GridCallSettings(TlsSettings):
    """Of a process that calls the grid operators."""

    grid_url: str = "https://localhost:8444/grid/{area}/{segment}"
    """Address of the grid operators' systems; ``{area}`` is 01 to 10, ``{segment}`` a segment's code."""
    grid_client_certificate: Path
    """The hub's client certificate with key for calls to grid operators, PEM."""
    grid_connect_timeout: float = 3.0
    """Seconds until a grid operator that takes no connection counts as away."""
    grid_read_timeout: float = 10.0
    """Seconds without a byte from a grid operator until a call counts as one with unknown outcome."""
    grid_call_timeout: float = 25.0
    """The same for a call as a whole, once connected, however steadily its answer comes."""


class MaintenanceSettings(ProcessSettings):
    """Of a process that says or heeds when the grid operators are not asked."""

    maintenance_windows: str = "* sun 00:00-06:00"
    """When the grid operators' systems are not asked, by business time in Japan: ``* sun 00:00-06:00; 06 sat
    22:00-24:00; 10 none``, where a line with an area takes the place of what is said of all (``*``)."""


class DeadlineSettings(ProcessSettings):
    """Of a process that reckons deadlines."""

    deadline_profile: str = "standard"
    """``standard`` or ``demo``: the demo's lets a switch take effect on the same day."""


class DeliverySettings(ProcessSettings):
    """Of a process that hands commands to workflows."""

    answer_within: float = 10.0
    """Seconds a caller is kept waiting for a workflow's answer before it hears "outcome open"."""


class GridRateSettings(ProcessSettings):
    """Of a process that sets or shows how often grid operators are called."""

    grid_rate: str = "* 5"
    """Calls a second that the workers make to a grid operator, all together: ``* 5; 06 1``, where an entry with an area
    takes the place of what is said of all (``*``). What ``python -m upkeep areas`` has set goes before it."""


class UseCaseSettings(DatabaseSettings, GridCallSettings, MaintenanceSettings, DeadlineSettings, DeliverySettings):
    """Of a process that carries out use cases."""

    message_key: SecretStr
    """Key of the HMAC over a message's content; must stay the same as long as message ids are kept."""
    inquiry_failures: int = Field(default=5, ge=1)
    """So many inquiries of an area in a row without an answer, and the next ones hear so at once, for a while."""
    inquiry_pause: float = Field(default=15.0, gt=0)
    """Seconds of that while; then one inquiry tries again."""


class SoapAddressSettings(ProcessSettings):
    """Of a process that serves the SOAP face, or leads to it."""

    soap_host: str = "127.0.0.1"
    """Where the SOAP face listens."""
    soap_port: int = 8443
    """The port there."""
    soap_public_url: str = "https://localhost:8443"
    """What the WSDLs name as address, without path."""


class WebAddressSettings(ProcessSettings):
    """Of a process that serves the screens, or leads to them."""

    web_public_url: str = "http://localhost:8080"
    """Where people open the screens, without path; plain http on this machine alone."""

    @field_validator("web_public_url")
    @classmethod
    def _is_encrypted(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_own_machine(parts.hostname)):
            raise ValueError("must be https, except on this machine")
        return url.rstrip("/")
