"""``python -m tools.siege.attacker NAME``: one attack, as a process of its own.

It reads its target and its time as JSON in one line, says that it is ready, begins with the next line, and prints what
it saw.
"""

import json
import resource
import sys
import time

from tools.siege.attacks import ATTACKS
from tools.siege.target import Target

READY = "ready"


def main(name: str) -> None:
    """Carry out the attack of that name."""
    (attack,) = (attack for attack in ATTACKS if attack.name == name)
    orders = json.loads(sys.stdin.readline())
    assault = attack.assault(Target(**orders["target"]))
    sys.stdout.write(READY + "\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began, used = time.monotonic(), _processor_seconds()
    seen = assault(orders["seconds"])
    share = (_processor_seconds() - used) / (time.monotonic() - began)
    sys.stdout.write(json.dumps({"seen": seen, "processor": share}))


def _processor_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main(sys.argv[1])
