"""``python -m docs.write_front``: write the front's configuration for production anew, to be read.

It has two of the thousands of groups at the doors; ``python -m deploy.front`` writes all there is to start from.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from deploy.front.configuration import MAIN, configuration
from deploy.front.envoy_types import Config
from deploy.front.places import front_of
from deploy.front.writing import write
from runtime.settings.processes import FrontSettings

FOLDER = Path(__file__).parents[1] / "deploy" / "front" / "production"
READABLE = "envoy.yaml"
INSTALLED = Path("/etc/switching-hub/front")
"""Where the files lie in production."""
SETTINGS = {
    "soap_host": "0.0.0.0",  # noqa: S104  retailers come from everywhere
    "web_host": "0.0.0.0",  # noqa: S104
    "web_public_url": "https://hub.example",
    "web_port": 8445,
    "soap_workers": 4,
    "tls_authority": "/etc/switching-hub/tls/authority.pem",
    "soap_certificate": "/etc/switching-hub/tls/soap-server.pem",
    "web_certificate": "/etc/switching-hub/tls/web-server.pem",
    "front_metrics_port": 9478,
}


def production_files() -> Mapping[str, Config]:
    """Give the files by name."""
    front = front_of(FrontSettings.model_validate(SETTINGS), folder=INSTALLED)
    files = configuration(replace(front, limits=replace(front.limits, address_groups=2)))
    return {READABLE if name == MAIN else name: content for name, content in files.items()}


if __name__ == "__main__":
    write(production_files(), FOLDER)
    sys.stdout.write("".join(f"{FOLDER.name}/{name}: written\n" for name in production_files()))
