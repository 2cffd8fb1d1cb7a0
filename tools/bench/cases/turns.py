"""Statements and transactions by process, as PostgreSQL's log tells them."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.stack.postgres import Cluster
from tools.bench.statements import logged

_PREFIX = "%p %a "
_LOGGED = re.compile(rb"^(\d+) (\S+) LOG:  statement: (\w+)", re.MULTILINE)
_BEGIN, _END = b"BEGIN", (b"COMMIT", b"ROLLBACK")


@dataclass(frozen=True)
class Turns:
    """What a process asked PostgreSQL."""

    statements: float
    """Without those that begin and end transactions."""
    transactions: float
    """A statement outside of any is one of its own."""

    def over(self, cases: int) -> "Turns":
        """Give them for each of so many cases; not a number where there was none."""
        return Turns(self.statements / (cases or math.nan), self.transactions / (cases or math.nan))


@contextmanager
def turns_logged(cluster: Cluster) -> Iterator[Path]:
    """Have PostgreSQL log what :func:`turns_of` counts for a block, and give its log."""
    with logged(cluster, log_statement="all", log_line_prefix=_PREFIX):
        yield cluster.process.log_file


def turns_of(log: bytes) -> dict[str, Turns]:
    """Count by process, which the stack has given its connections as their application's name."""
    statements: Counter[str] = Counter()
    transactions: Counter[str] = Counter()
    inside: defaultdict[bytes, bool] = defaultdict(bool)
    for backend, name, verb in _LOGGED.findall(log):
        process, verb = name.decode(), verb.upper()
        if verb == _BEGIN:
            inside[backend] = True
            continue
        if verb in _END:
            inside[backend] = False
            transactions[process] += 1
            continue
        statements[process] += 1
        transactions[process] += not inside[backend]
    return {name: Turns(statements[name], transactions[name]) for name in statements}
