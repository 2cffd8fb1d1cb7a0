"""``python -m switching_hub_client``: sends the message in a file and prints the answer."""

import os
import sys
from typing import TextIO

from switching_hub_client.command_line import main


def run() -> None:
    """Run the command line and end the process as it says, whatever becomes of what it writes."""
    streams = [stream for stream in (sys.stdout, sys.stderr) if stream is not None]
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status: object = main(sys.argv[1:], standard_output=sys.stdout, standard_error=sys.stderr)
    except SystemExit as ended:  # the command line could not be read, or asked for help
        status = ended.code
    for stream in streams:
        _let_go(stream)
    sys.exit(status)  # type: ignore[arg-type]  # a status, as main gives it


def _let_go(stream: TextIO) -> None:
    """Flush before Python does at its end, where it changes the status if nobody takes what is left."""
    try:
        stream.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    run()
