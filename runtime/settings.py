"""Settings of all processes, from the environment. Wrong ones are all named at start."""

from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.addresses import is_own_machine
from runtime.local_settings import take_settings
from runtime.postgres_address import address_parts


class Settings(BaseSettings):
    """One environment variable each, with ``HUB_`` in front, except ``DATABASE_URL``.

    The Temporal server is named by Temporal's own variables and profiles (``TEMPORAL_ADDRESS``,
    ``TEMPORAL_NAMESPACE``, ``TEMPORAL_PROFILE``, ``TEMPORAL_TLS_*``).
    """

    model_config = SettingsConfigDict(env_prefix="HUB_", extra="ignore", hide_input_in_errors=True)  # it holds secrets

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    """PostgreSQL's own address, ``postgresql://…``, with whatever its library knows: several hosts, ``options``,
    ``sslmode``, ``target_session_attrs``."""
    message_key: SecretStr
    """Key of the HMAC over a message's content; must stay the same as long as message ids are kept."""

    soap_host: str = "127.0.0.1"
    soap_port: int = 8443
    soap_public_url: str = "https://localhost:8443"
    """What the WSDLs name as address, without path."""
    soap_workers: int = 1
    soap_threads: int = 16
    """How many requests a worker of the SOAP server answers side by side."""
    soap_patience: float = 20.0
    """Seconds without a byte from a caller until its connection is given up."""
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    web_public_url: str = "http://localhost:8080"
    """Where people open the screens, without path; plain http on this machine alone."""
    web_key: SecretStr
    """Key that signs the cookies of the screens; changing it asks everybody to log in again."""
    grid_url: str = "https://localhost:8444/grid/{area}/{segment}"
    """Address of the grid operators' systems; ``{area}`` is 01 to 10, ``{segment}`` a segment's code."""
    grid_stub_host: str = "127.0.0.1"
    grid_stub_port: int = 8444
    temporal_ui_url: str = "http://localhost:8233"

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 1025
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    """``starttls`` asks for TLS after connecting, ``tls`` connects with it; both check the server's certificate."""
    smtp_authority: Path | None = None
    """Certificate of the authority that signed the mail server's, PEM; None for those the system trusts."""
    smtp_user: str = ""
    """Empty where the mail server asks for no login."""
    smtp_password: SecretStr = SecretStr("")
    smtp_timeout: float = 10.0
    """Seconds without a byte from the mail server until a try counts as failed."""
    mail_from: str = "switching-hub@hub.example"
    """Sender of all mails; its domain is also that of their Message-IDs."""
    mail_every: float = 1.0
    """Seconds between two looks for mails that are to be sent."""

    monitoring_host: str = "127.0.0.1"
    """Where each process answers ``/healthz`` and ``/metrics``, at its port below; 0 means not at all."""
    worker_metrics_port: int = 0
    grid_stub_metrics_port: int = 0
    soap_metrics_port: int = 0
    """With several SOAP workers each takes the next free port from here on. So for the screens."""
    sweeper_metrics_port: int = 0
    mail_metrics_port: int = 0
    web_metrics_port: int = 0
    temporal_metrics_port: int = 0
    """Where the worker shows the figures of Temporal's own library."""

    tls_authority: Path
    """Certificate of the authority that both sides trust, PEM."""
    soap_certificate: Path
    """Server certificate with key, PEM."""
    grid_client_certificate: Path
    """The hub's client certificate with key for calls to grid operators, PEM."""
    grid_stub_certificate: Path
    """Server certificate with key of the grid stub, PEM."""

    answer_within: float = 10.0
    """Seconds a caller is kept waiting for a workflow's answer before it hears "outcome open"."""
    grid_connect_timeout: float = 3.0
    grid_read_timeout: float = 10.0
    """Seconds without a byte from a grid operator until a call counts as one with unknown outcome."""
    grid_call_timeout: float = 25.0
    """The same for a call as a whole, once connected, however steadily its answer comes."""
    inquiry_failures: int = Field(default=5, ge=1)
    """So many inquiries of an area in a row without an answer, and the next ones hear so at once, for a while."""
    inquiry_pause: float = Field(default=15.0, gt=0)
    """Seconds of that while; then one inquiry tries again."""
    maintenance_windows: str = "* sun 00:00-06:00"
    """When the grid operators' systems are not asked, by business time in Japan: ``* sun 00:00-06:00; 06 sat
    22:00-24:00; 10 none``, where a line with an area takes the place of what is said of all (``*``)."""
    step_within: float = 10.0
    """Seconds a try of a database step may take until it counts as lost, with its worker, and is made again."""
    call_within: float = 60.0
    """The same for a call to a grid operator; must be more than twice the limit of a whole call."""
    sweep_every: float = 1.0
    """Seconds between two looks for stored messages that were not delivered."""
    sweep_after: float = 5.0
    """Seconds a message may wait for its own face to deliver it before the sweeper does."""
    keep_every: float = 20.0
    """Seconds between two looks whether each open case has its workflow; what is wrong is mended at the second."""
    watch_every: float = 30.0
    """Seconds between two status polls of an area with running applications."""
    grid_stub_step_seconds: float = 2.0
    """Seconds of business time that each working step of the grid stub takes."""
    deadline_profile: str = "standard"
    """``standard`` or ``demo``: the demo's lets a switch take effect on the same day."""
    areas: str = "01,02,03,04,05,06,07,08,09,10"
    """The areas whose calls this worker makes."""
    worker_cached_cases: int = Field(default=500, ge=100)
    """How many cases a worker keeps in memory, about 150 KiB each, however many are open. The others are played again
    from their history when something happens. Must be more than the commands in flight, or none gets ahead."""
    worker_deployment: str = "switching-hub"
    """Name of the workers' deployment in Temporal, where builds are told apart."""
    worker_build: str = ""
    """Which build of the software this worker runs; empty where Temporal need not tell builds apart. A worker with a
    build gets no tasks until that build has been made the current one."""
    grid_slots: int = 4
    """How many calls to one area a worker makes at the same time."""
    grid_rate: str = "* 5"
    """Calls a second that the workers make to a grid operator, all together: ``* 5; 06 1``, where an entry with an area
    takes the place of what is said of all (``*``). What ``python -m upkeep areas`` has set goes before it."""

    @field_validator("database_url")
    @classmethod
    def _can_be_read(cls, url: SecretStr) -> SecretStr:
        address_parts(url.get_secret_value())
        return url

    @field_validator("web_public_url")
    @classmethod
    def _is_encrypted(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_own_machine(parts.hostname)):
            raise ValueError("must be https, except on this machine")
        return url.rstrip("/")

    @property
    def database_address(self) -> str:
        """The database's address."""
        return self.database_url.get_secret_value()


class UnusableSettings(SystemExit):
    """Settings are missing or wrong; ends a process with the text, which names every one of them and none's value."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read the settings once for each process, those of the local stack where there are none.

    :raises UnusableSettings: naming all that are missing or wrong.
    """
    take_settings()
    try:
        return Settings()  # type: ignore[call-arg]  # the environment gives them
    except ValidationError as problem:
        raise UnusableSettings(
            "\n".join(
                [
                    "設定が足りないか、誤っています。 / Settings are missing or wrong:",
                    *(f"  {line}" for line in wrong_settings(problem)),
                    "手元では make up を実行すればその設定を使います。本番では各プロセスと同じ環境変数が要ります。",
                ]
            )
        ) from None


def wrong_settings(problem: ValidationError) -> list[str]:
    """Name each setting that is wrong by its environment variable, with what is wrong."""
    variables = {name: str(field.validation_alias or f"HUB_{name.upper()}") for name, field in _FIELDS.items()}
    found = problem.errors(include_input=False, include_url=False)
    words = {str(one["loc"][0]): "ありません / missing" if one["type"] == "missing" else one["msg"] for one in found}
    return [f"{variables.get(name, name)}: {said}" for name, said in words.items()]


_FIELDS = Settings.model_fields
