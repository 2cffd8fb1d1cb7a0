"""The environment the parts of a local stack run in: settings, secrets, addresses."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from deploy.front.places import Front, front_of
from deploy.local_certificates import Certificates
from deploy.stack.ports import HOST, Ports, names, setting
from deploy.stack.secrets import kept_data_keys, kept_secret
from runtime.settings.processes import PROCESSES, FrontSettings
from runtime.settings.reading import ProcessSettings
from usecases.settings import unreadable

_LONGEST_FOLDER = 80
SOAP_WORKERS = "2"
"""One that hangs, or is renewed, leaves another."""
Settings = TypeVar("Settings", bound=ProcessSettings)
OWNER_ADDRESS = "DATABASE_OWNER_URL"
"""For migrations and the grid stub, which make tables; no process of the hub is given it."""
_OURS = ("HUB_", "TEMPORAL_", "OTEL_", "DATABASE_URL", OWNER_ADDRESS)


def base_environment() -> dict[str, str]:
    """Give this process's environment without any setting of the hub."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


def settings_of(environment: Mapping[str, str]) -> dict[str, str]:
    """Pick the settings of the hub out of an environment."""
    return {name: value for name, value in environment.items() if name.startswith(_OURS)}


def local_settings(*, folder: Path, ports: Ports) -> dict[str, str]:
    """Give the settings that follow from the stack's folder and ports."""
    certificates = Certificates(folder / "tls")
    return {
        "HUB_MESSAGE_KEY": kept_secret(folder / "message-key"),
        "HUB_DATA_KEYS_FILE": str(kept_data_keys(folder / "data-keys")),
        "HUB_SOAP_HOST": HOST,
        "HUB_SOAP_PORT": str(ports.soap),
        "HUB_SOCKET_FOLDER": str(socket_folder(folder)),
        "HUB_SOAP_WORKERS": SOAP_WORKERS,
        "HUB_SOAP_PUBLIC_URL": f"https://localhost:{ports.soap}",
        "HUB_SOAP_SLOTS_FILE": str(folder / "soap-slots"),
        "HUB_WEB_HOST": HOST,
        "HUB_WEB_PORT": str(ports.web),
        "HUB_WEB_PUBLIC_URL": f"http://localhost:{ports.web}",
        "HUB_WEB_CLIENT_CERTIFICATES": "false",
        "HUB_WEB_SAMPLES": "true",
        "HUB_WEB_KEY": kept_secret(folder / "web-key"),
        "HUB_GRID_URL": f"https://localhost:{ports.grid_stub}/grid/{{area}}/{{segment}}",
        "HUB_GRID_STUB_HOST": HOST,
        "HUB_GRID_STUB_PORT": str(ports.grid_stub),
        "HUB_SMTP_HOST": HOST,
        "HUB_SMTP_PORT": str(ports.smtp),
        "HUB_MAIL_PAGE_PORT": str(ports.mail_page),
        "HUB_MONITORING_HOST": HOST,
        **{setting(name): str(getattr(ports, name)) for name in names() if name.endswith("_metrics")},
        "HUB_TEMPORAL_UI_URL": f"http://localhost:{ports.temporal_ui}",
        "HUB_TLS_AUTHORITY": str(certificates.authority),
        "HUB_SOAP_CERTIFICATE": str(certificates.soap_server),
        "HUB_GRID_CLIENT_CERTIFICATE": str(certificates.grid_client),
        "HUB_GRID_STUB_CERTIFICATE": str(certificates.grid_server),
    }


def settings_from(kind: type[Settings], environment: Mapping[str, str]) -> Settings:
    """Read the settings of a process from the environment that it would be given.

    :raises ValidationError: when one is wrong.
    """
    return kind.model_validate(_values(kind, environment))


def described_front(environment: Mapping[str, str], *, folder: Path) -> Front:
    """Describe the front that an environment asks for, whose configuration lies in ``folder``.

    :raises ValidationError: when a setting is wrong.
    """
    return front_of(settings_from(FrontSettings, environment), folder=folder)


def processes_by_port(environment: Mapping[str, str]) -> dict[str, int]:
    """Count the processes of each face, by the name of the port where the first of them shows its figures.

    :raises ValidationError: when a setting is wrong.
    """
    chosen = settings_from(FrontSettings, environment)
    return {"soap_metrics": chosen.soap_workers, "web_metrics": chosen.web_workers}


def socket_folder(folder: Path) -> Path:
    """Name the folder of the Unix sockets: the system takes no path of more than some 100 bytes."""
    usual = folder / "sockets"
    if len(os.fsencode(usual)) <= _LONGEST_FOLDER:
        return usual
    return Path(tempfile.gettempdir(), f"switching-hub-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}")


class WrongSettings(ValueError):
    """Some settings cannot be; the text names each."""


def check_settings(environment: Mapping[str, str]) -> None:
    """Look at the settings of all processes before any of them does.

    :raises WrongSettings: naming every one that is wrong.
    """
    problems = list(dict.fromkeys(line for kind in PROCESSES.values() for line in _wrong_ones(kind, environment)))
    if problems:
        raise WrongSettings("\n".join(["設定に誤りがあります。 / Wrong settings:", *problems]))


def _wrong_ones(kind: type[ProcessSettings], environment: Mapping[str, str]) -> list[str]:
    lines = unreadable(kind, _values(kind, environment))
    try:
        settings_from(kind, environment)
    except ValidationError as problem:
        lines += kind.wrong_ones(problem)
    return lines


def _values(kind: type[ProcessSettings], environment: Mapping[str, str]) -> dict[str, str]:
    values = {name: environment[variable] for name, variable in kind.variables().items() if variable in environment}
    return {"DATABASE_URL" if name == "database_url" else name: value for name, value in values.items()}


def fingerprint(command: tuple[str, ...], settings: Mapping[str, str]) -> str:
    """Tell one way of starting a process from another, without giving its secrets away."""
    return hashlib.sha256(json.dumps([command, sorted(settings.items())]).encode()).hexdigest()[:16]
