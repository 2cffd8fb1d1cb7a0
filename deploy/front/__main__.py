"""``python -m deploy.front FOLDER``: write Envoy's configuration for the settings in the environment."""

import sys
from pathlib import Path

from deploy.front.configuration import configuration
from deploy.front.places import front_of
from deploy.front.writing import write
from runtime.settings.processes import FrontSettings


def main(folder: str) -> None:
    """Write it; what Envoy is started with is ``FOLDER/envoy.json``."""
    place = Path(folder).absolute()
    write(configuration(front_of(FrontSettings.from_environment(), folder=place)), place)


if __name__ == "__main__":
    main(*sys.argv[1:])
