"""What all commands share: the statuses they end with, and what they work with."""

from functools import cached_property

import click

from grid_client.client import GridClient
from models.database import Database
from runtime.settings.processes import UpkeepSettings
from runtime.settings.shared import DatabaseSettings
from usecases.actors import Maintainer
from usecases.hub import Hub, hub_of

AGREED, DIFFERS, NOT_DONE = 0, 1, 3
"""Exit statuses: done and all agree; something differs; it could not be done. 2 is
:data:`runtime.command_lines.WRONG_USE`."""
MAINTAINER = Maintainer()


class Process:
    """What a command works with, made when it needs it."""

    def __init__(self, configured: UpkeepSettings | None = None) -> None:
        """:param configured: other settings than those of the environment."""
        self._configured = configured

    @cached_property
    def settings(self) -> UpkeepSettings:
        """Give the settings.

        :raises UnusableSettings: where the environment and the local stack have none.
        """
        return self._configured or UpkeepSettings.from_environment()

    def database_alone(self, *, pool_size: int = 8) -> Database:
        """Make what connects to the database, for a command that needs no other setting than its address."""
        settings = self._configured or DatabaseSettings.from_environment()
        return Database(settings.database_address, pool_size=pool_size)

    def database(self) -> Database:
        """Make what connects to the database."""
        return Database(self.settings.database_address)

    def grid(self) -> GridClient:
        """Make what calls the grid operators, in maintenance windows and after failures as well."""
        return GridClient(self.settings)

    @cached_property
    def hub(self) -> Hub:
        """Make what use cases work with, once."""
        return hub_of(self.settings, database=self.database())


pass_process = click.make_pass_decorator(Process)
