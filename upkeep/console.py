"""What all commands share: the statuses they end with, and what they work with."""

from functools import cached_property
from typing import TypeVar

import click

from models.database import Database
from models.encryption import use_keys
from runtime.settings.processes import UpkeepSettings
from runtime.settings.reading import ProcessSettings
from runtime.settings.shared import DataKeySettings
from usecases.actors import Maintainer
from usecases.hub import Hub, hub_of
from usecases.settings import readable

AGREED, DIFFERS, NOT_DONE = 0, 1, 3
"""Exit statuses: done and all agree; something differs; it could not be done. 2 is
:data:`runtime.command_lines.WRONG_USE`."""
MAINTAINER = Maintainer()
_Settings = TypeVar("_Settings", bound=ProcessSettings)


class Process:
    """What a command works with, made when it needs it."""

    def __init__(self, configured: UpkeepSettings | None = None) -> None:
        """Take ``configured`` in place of the environment's settings."""
        self._configured = configured

    @cached_property
    def settings(self) -> UpkeepSettings:
        """Give the settings of the commands that carry out use cases as the faces do.

        :raises UnusableSettings: where the environment and the local stack have none.
        """
        return self.settings_for(UpkeepSettings)

    def settings_for(self, kind: type[_Settings]) -> _Settings | UpkeepSettings:
        """Give the settings of a command that needs fewer, so that it asks for no secret it does not use.

        :raises UnusableSettings: as above.
        """
        settings = readable(self._configured or kind.from_environment())
        if isinstance(settings, DataKeySettings):
            use_keys(settings.key_source)
        return settings

    @cached_property
    def hub(self) -> Hub:
        """Make what use cases work with, once."""
        return hub_of(self.settings, database=Database(self.settings.database_address))


pass_process = click.make_pass_decorator(Process)
