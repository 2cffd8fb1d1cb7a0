"""``mask``: personal data of cases that ended long ago."""

from datetime import timedelta

import click

from models.database import Database
from runtime.command_lines import Command
from runtime.settings.processes import MaskingSettings
from runtime.terminal import say
from upkeep.console import AGREED, MAINTAINER, Process, pass_process
from usecases.hub import Systems
from usecases.masking import mask_ended


@click.command("mask", cls=Command, help="終わって HUB_PERSONAL_DATA_DAYS 日を過ぎた案件の個人データを消す")
@pass_process
def mask(process: Process) -> int:
    """Say how many messages were masked."""
    settings = process.settings_for(MaskingSettings)
    hub = Systems(database=Database(settings.database_address))
    kept_for = timedelta(days=settings.personal_data_days)
    say(f"個人データを消した電文 {mask_ended(kept_for=kept_for, actor=MAINTAINER, hub=hub)} 件")
    return AGREED
