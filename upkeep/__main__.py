"""The commands for the people who run the hub.

    python -m upkeep reconcile            # compare read model, history, Temporal and grid operators
    python -m upkeep rebuild SW03L…       # write the read model of cases anew from their history (--all: of every case)
    python -m upkeep wake                 # have all open cases look at their rows and at the business time anew
    python -m upkeep deadlines            # rules on deadlines that hold and will hold (deadlines set …: set one)
    python -m upkeep areas                # how the grid operators are called (areas set 06 …: change it)
    python -m upkeep files list           # bulk files that have not ended (files stop CSV…: pause, resume or stop one)
    python -m upkeep keys                 # the keys of personal data (keys apply: leave the older ones)
    python -m upkeep mask                 # personal data of cases that ended long ago
    python -m upkeep case close SW03L…    # the hub operator intervenes in a case, with a reason
    python -m upkeep audit verify         # prove the records of reads and changes (audit search: search them)
    python -m upkeep administrator appoint 1003kanri1  # a retailer's administrator gets an id (unlock, reissue)
    python -m upkeep retailer leave 1002  # a retailer leaves the market: its cases stand still, are succeeded or closed
    python -m upkeep certificates list    # client certificates (register, replace, change, revoke; api-start)

Settings come from the environment, as for the hub's processes, or else from the local stack. What they print holds no
personal data.
"""

import sys
from collections.abc import Sequence

import click

from models.database import DatabaseAway, sqlstate_of
from runtime.command_lines import Group, carry_out
from runtime.settings.processes import UpkeepSettings
from runtime.settings.reading import UnusableSettings
from runtime.terminal import at_terminal, say
from temporal.connection import leave
from upkeep.administrators import administrator
from upkeep.areas import areas
from upkeep.audit import audit
from upkeep.cases import case
from upkeep.certificates import certificates
from upkeep.console import NOT_DONE, Process
from upkeep.deadlines import deadlines
from upkeep.files import files
from upkeep.keys import keys
from upkeep.masking import mask
from upkeep.records import rebuild, reconcile
from upkeep.retailers import retailer
from upkeep.waking import wake


@click.group("upkeep", cls=Group, help="スイッチング支援システムの保守")
def upkeep() -> None:
    """Stand above all commands."""


_COMMANDS = (
    *(reconcile, rebuild, wake, deadlines, areas, files, keys, mask, case, retailer),
    *(certificates, administrator, audit),
)
for _command in _COMMANDS:
    upkeep.add_command(_command)


def main(arguments: Sequence[str] | None = None, *, configured: UpkeepSettings | None = None) -> int:
    """Carry out the command line, and give its exit status.

    :param configured: other settings than those of the environment.
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        return carry_out(upkeep, words, name=".venv/bin/python -m upkeep", within=Process(configured))
    except UnusableSettings as problem:
        say(str(problem))
        return NOT_DONE
    except DatabaseAway as away:
        say(f"行えませんでした: データベースを使えません（{sqlstate_of(away) or type(away).__name__}）。")
        return NOT_DONE


if __name__ == "__main__":
    leave(at_terminal(main))
