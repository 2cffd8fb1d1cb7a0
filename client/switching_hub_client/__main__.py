"""``python -m switching_hub_client``: sends the message in a file and prints the answer."""

import sys

from switching_hub_client.command_line import main


def run() -> None:
    """This function will run the command line and end the process as it says."""
    sys.exit(main(sys.argv[1:], standard_output=sys.stdout, standard_error=sys.stderr))


if __name__ == "__main__":
    run()
