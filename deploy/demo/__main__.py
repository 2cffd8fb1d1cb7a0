"""``python -m deploy.demo [--once]``: starts everything, plays one switch, and stops everything at the end."""

import argparse
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from deploy.demo.performance import DEMO_SETTINGS, NotCompleted, play
from deploy.demo.retailer import CallRefused
from deploy.demo.switch import SwitchStuck
from deploy.stack.exclusive import AlreadyRunning, only_one
from deploy.stack.ports import PortsTaken
from deploy.stack.signals import ENDINGS
from deploy.stack.supervisor import ROOT, Stack, UnableToStart
from runtime.logs import set_up_logs
from runtime.terminal import at_terminal, let_go, say, say_wrong

_LOOK_EVERY = 1.0


class EndRequested(BaseException):
    """Somebody wants the demonstration to end."""


def main(arguments: list[str]) -> int:
    """Run the demonstration and give the exit status."""
    set_up_logs("demo", level=logging.ERROR)
    parser = argparse.ArgumentParser(prog="python -m deploy.demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end when the case has reached 完了")
    once = parser.parse_args(arguments).once
    folder = Path(os.environ.get("HUB_FOLDER", ROOT / "var"))
    try:
        stack = Stack.from_environment(DEMO_SETTINGS | os.environ, folder=folder, say=_say)
        with only_one(folder / "demo.lock"):
            return _run(stack, once=once)
    except (AlreadyRunning, ValueError) as problem:
        say_wrong(str(problem))
        return 1


def _run(stack: Stack, *, once: bool) -> int:
    for number in ENDINGS:
        signal.signal(number, _request_end)
    try:
        stack.up()
        play(stack, _say)
        if not once:
            _stay_up(stack)
        return 0
    except (PortsTaken, UnableToStart) as problem:
        say_wrong(str(problem))
        return 1
    except (CallRefused, SwitchStuck, NotCompleted) as problem:
        say_wrong(f"実演を続けられません。 / The demonstration failed.\n{problem}")
        say_wrong(f"ログ / logs: {stack.folder / 'log'}")
        return 1
    except EndRequested:
        say_wrong("中断しました。 / Interrupted.")
        return 130
    finally:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)  # stopping is not left half done
        _asked_to_end.clear()
        _say("\nすべて止めます。")
        stack.down()
        _say("すべて止めました。データは残っています。")


def _stay_up(stack: Stack) -> None:
    """Wait until somebody wants an end, starting again any part that ends by itself."""
    _say("\n動かし続けます。Ctrl-C で終わります。 / Stays up until Ctrl-C.")
    try:
        while stack.is_up:
            stack.revive()
            time.sleep(_LOOK_EVERY)
    except EndRequested:
        return


_asked_to_end = threading.Event()


def _request_end(number: int, frame: FrameType | None) -> None:
    _asked_to_end.set()
    raise EndRequested


def _say(words: str) -> None:
    if _asked_to_end.is_set():
        raise EndRequested  # once more: an exception that a signal raises within a callback of a library is lost there
    say(words)
    let_go(sys.stdout)


if __name__ == "__main__":
    status = at_terminal(lambda: main(sys.argv[1:]))
    let_go(sys.stdout)
    let_go(sys.stderr)
    os._exit(status)  # the Temporal client's threads may abort a short process that ends the usual way
