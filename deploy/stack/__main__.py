"""``python -m deploy.stack up|down|status``: the whole system on this machine."""

import argparse
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from deploy.samples import load_samples
from deploy.stack.ports import PortsTaken, names, setting
from deploy.stack.supervisor import ROOT, Stack, UnableToStart
from deploy.stack.words import logins, state_table, summary, urls
from models.database import Database
from runtime.local_settings import left_settings
from runtime.logs import set_up_logs
from runtime.terminal import at_terminal, let_go, say, say_wrong

FOLDER = ROOT / "var"


def main(arguments: list[str]) -> int:
    """Do what the command line asks for and give the exit status."""
    set_up_logs("stack", level=logging.ERROR)
    parser = argparse.ArgumentParser(prog="python -m deploy.stack", description=__doc__)
    parser.add_argument("command", choices=("up", "down", "status"))
    command = parser.parse_args(arguments).command
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        folder = Path(os.environ.get("HUB_FOLDER", FOLDER))
        environment = _ports_left(folder) | os.environ if command == "status" else os.environ
        stack = Stack.from_environment(environment, folder=folder, say=say)
        return _COMMANDS[command](stack)
    except (PortsTaken, UnableToStart, ValueError) as problem:
        say_wrong(str(problem))
        return 1
    except KeyboardInterrupt:
        say_wrong("中断しました。 / Interrupted.")
        return 130


def _ports_left(folder: Path) -> dict[str, str]:
    """Give the ports that ``up`` was told: another shell that asks for the state need not know them."""
    ours = {setting(name) for name in names()}
    return {name: value for name, value in left_settings(folder).items() if name in ours}


def _up(stack: Stack) -> int:
    stack.up()
    if stack.cluster is not None:
        _load_samples(stack)
    say(state_table(stack.states()))
    say(urls(stack))
    if stack.cluster is not None:
        say(logins())
    return 0


def _load_samples(stack: Stack) -> None:
    """Load them into a database of the stack's own only: in another they have no place unless asked for."""
    database = Database(stack.environment["DATABASE_URL"])
    load_samples(database, stack.certificates)
    database.dispose()


def _down(stack: Stack) -> int:
    stack.down()
    say("すべて止めました。データは残っています。 / All parts are stopped; the data is kept.")
    return 0


def _status(stack: Stack) -> int:
    states = stack.states()
    say(state_table(states))
    say(summary(states))
    return 0 if all(state.ready for state in states) else 3


_COMMANDS = {"up": _up, "down": _down, "status": _status}


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    status = at_terminal(lambda: main(sys.argv[1:]))
    let_go(sys.stdout)
    let_go(sys.stderr)
    os._exit(status)  # the Temporal client's threads may abort a short process that ends the usual way
