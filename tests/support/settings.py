"""Settings of tests: as a local stack has them, with ports of one's own choosing."""

from pathlib import Path

from deploy.local_certificates import Certificates
from runtime.settings.processes import (
    FrontSettings,
    GridStubSettings,
    MailSettings,
    SoapSettings,
    SweeperSettings,
    UpkeepSettings,
    WebSettings,
    WorkerSettings,
)
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.database import free_port
from tests.support.left_running import mark

ALWAYS = ";".join(f"* {day} 00:00-24:00" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
"""Maintenance windows that never end."""


class Settings(
    SoapSettings,
    WebSettings,
    FrontSettings,
    SweeperSettings,
    WorkerSettings,
    MailSettings,
    GridStubSettings,
    UpkeepSettings,
):
    """Of all processes: a test that runs several makes one."""


def settings_for(database_url: str, certificates: Certificates, **changes: object) -> Settings:
    """Give settings for parts that run in this process."""
    values: dict[str, object] = {
        "DATABASE_URL": database_url,
        "message_key": "a key for tests",
        "data_keys": KEYS_OF_TESTS,
        "web_key": "another key for tests",
        "tls_authority": certificates.authority,
        "soap_certificate": certificates.soap_server,
        "grid_client_certificate": certificates.grid_client,
        "grid_stub_certificate": certificates.grid_server,
        "answer_within": 5.0,
        "grid_connect_timeout": 2.0,
        "grid_read_timeout": 5.0,
        "maintenance_windows": "",
        "web_port": free_port(),
        "web_client_certificates": False,
        "front_metrics_port": free_port(),
    }
    return Settings.model_validate(values | changes)


def environment_for(settings: Settings, *, folder: Path) -> dict[str, str]:
    """Write settings as the environment of a process, for which ``folder`` is its home."""
    plain = settings.model_dump()
    secrets = {
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "HUB_DATA_KEYS": settings.data_keys.get_secret_value(),
        "HUB_MESSAGE_KEY": settings.message_key.get_secret_value(),
        "HUB_WEB_KEY": settings.web_key.get_secret_value(),
    }
    del plain["database_url"]
    variables = {f"HUB_{name.upper()}": str(value) for name, value in plain.items() if value is not None}
    return {"HOME": str(folder), "PATH": "/usr/bin:/bin", **mark(), **variables, **secrets}
