"""One class for each process, with all its settings. What it does not name, it does not need."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from runtime.settings.reading import ProcessSettings
from runtime.settings.shared import (
    DatabaseSettings,
    DeadlineSettings,
    DeliverySettings,
    GridCallSettings,
    GridRateSettings,
    MaintenanceSettings,
    MonitoredSettings,
    SoapAddressSettings,
    TlsSettings,
    UseCaseSettings,
    WebAddressSettings,
)


class SoapSettings(UseCaseSettings, SoapAddressSettings, MonitoredSettings):
    """Of ``soap_api.server``."""

    soap_workers: int = 1
    """How many processes the SOAP server has."""
    soap_threads: int = 16
    """How many requests a worker of the SOAP server answers side by side."""
    soap_patience: float = 20.0
    """Seconds without a byte from a caller until its connection is given up."""
    soap_certificate: Path
    """Server certificate with key, PEM."""
    soap_metrics_port: int = 0
    """With several SOAP workers each takes the next free port from here on."""


class WebSettings(UseCaseSettings, SoapAddressSettings, WebAddressSettings, MonitoredSettings):
    """Of ``web.server``. It asks the SOAP face how it is, with the certificate for calls to grid operators."""

    web_host: str = "127.0.0.1"
    """Where the screens listen."""
    web_port: int = 8080
    """The port there."""
    web_key: SecretStr
    """Key that signs the cookies of the screens; changing it asks everybody to log in again."""
    temporal_ui_url: str = "http://localhost:8233"
    """Where the hub operator's people are led to from a case."""
    web_metrics_port: int = 0
    """Where the web server says how it is."""


class WorkerSettings(DatabaseSettings, GridCallSettings, MaintenanceSettings, GridRateSettings, MonitoredSettings):
    """Of ``worker.py``."""

    areas: str = "01,02,03,04,05,06,07,08,09,10"
    """The areas whose calls this worker makes."""
    grid_slots: int = 4
    """How many calls to one area a worker makes at the same time."""
    step_within: float = 10.0
    """Seconds a try of a database step may take until it counts as lost, with its worker, and is made again."""
    call_within: float = 60.0
    """The same for a call to a grid operator; must be more than twice the limit of a whole call."""
    worker_cached_cases: int = Field(default=500, ge=100)
    """How many cases a worker keeps in memory, about 150 KiB each, however many are open. The others are played again
    from their history when something happens. Must be more than the commands in flight, or none gets ahead."""
    worker_deployment: str = "switching-hub"
    """Name of the workers' deployment in Temporal, where builds are told apart."""
    worker_build: str = ""
    """Which build of the software this worker runs; empty where Temporal need not tell builds apart. A worker with a
    build gets no tasks until that build has been made the current one."""
    worker_metrics_port: int = 0
    """Where the worker says how it is."""
    temporal_metrics_port: int = 0
    """Where the worker shows the figures of Temporal's own library."""


class SweeperSettings(DatabaseSettings, GridCallSettings, MaintenanceSettings, DeliverySettings, MonitoredSettings):
    """Of ``python -m sweeper``."""

    sweep_every: float = 1.0
    """Seconds between two looks for stored messages that were not delivered."""
    sweep_after: float = 5.0
    """Seconds a message may wait for its own face to deliver it before the sweeper does."""
    keep_every: float = 20.0
    """Seconds between two looks whether each open case has its workflow; what is wrong is mended at the second."""
    watch_every: float = 30.0
    """Seconds between two status polls of an area with running applications."""
    sweeper_metrics_port: int = 0
    """Where the sweeper says how it is."""


class MailSettings(DatabaseSettings, WebAddressSettings, MonitoredSettings):
    """Of ``mail.sender``."""

    smtp_host: str = "127.0.0.1"
    """Where the mail server is."""
    smtp_port: int = 1025
    """The port there."""
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    """``starttls`` asks for TLS after connecting, ``tls`` connects with it; both check the server's certificate."""
    smtp_authority: Path | None = None
    """Certificate of the authority that signed the mail server's, PEM; None for those the system trusts."""
    smtp_user: str = ""
    """Empty where the mail server asks for no login."""
    smtp_password: SecretStr = SecretStr("")
    """The password of that login."""
    smtp_timeout: float = 10.0
    """Seconds without a byte from the mail server until a try counts as failed."""
    mail_from: str = "switching-hub@hub.example"
    """Sender of all mails; its domain is also that of their Message-IDs."""
    mail_every: float = 1.0
    """Seconds between two looks for mails that are to be sent."""
    mail_metrics_port: int = 0
    """Where the mail sender says how it is."""


class GridStubSettings(DatabaseSettings, TlsSettings, DeadlineSettings, MonitoredSettings):
    """Of ``grid_stub.server``, which stands in for the grid operators."""

    grid_stub_host: str = "127.0.0.1"
    """Where the grid stub listens."""
    grid_stub_port: int = 8444
    """The port there."""
    grid_stub_certificate: Path
    """Server certificate with key of the grid stub, PEM."""
    grid_stub_step_seconds: float = 2.0
    """Seconds of business time that each working step of the grid stub takes."""
    grid_stub_metrics_port: int = 0
    """Where the grid stub says how it is."""


class UpkeepSettings(UseCaseSettings, GridRateSettings):
    """Of the commands ``python -m upkeep``."""


class WakingSettings(DatabaseSettings):
    """Of the command ``python -m sweeper.waking``."""


PROCESSES: dict[str, type[ProcessSettings]] = {
    "soap_api.server": SoapSettings,
    "web.server": WebSettings,
    "sweeper": SweeperSettings,
    "worker.py": WorkerSettings,
    "mail.sender": MailSettings,
    "grid_stub.server": GridStubSettings,
    "upkeep": UpkeepSettings,
    "sweeper.waking": WakingSettings,
}
"""The settings of each process, by what is started."""
