"""What a file may take, as data."""

from collections.abc import Callable
from dataclasses import dataclass

from tools.bench.bulk_files.measuring import Measured


@dataclass(frozen=True)
class Goal:
    """One figure and its limit."""

    label: str
    limit: float
    figure: Callable[[Measured], float]
    at_least: bool = False
    """The limit is the least that is wanted, and not the most."""

    def kept(self, measured: Measured) -> bool:
        """Tell whether the figure is within its limit."""
        value = self.figure(measured)
        return value >= self.limit if self.at_least else value <= self.limit


GOALS = (
    Goal("checked (s)", 20.0, lambda measured: measured.checked_within),
    Goal("rows a second / bare starts", 0.7, lambda measured: measured.beside_bare, at_least=True),
    Goal("web process (MiB)", 300.0, lambda measured: measured.web_memory),
    Goal("progress still (s)", 5.0, lambda measured: measured.still_at_most),
    Goal("single 12110 beside / before", 2.0, lambda measured: measured.slower_registered),
    Goal("single 12410 beside / before", 2.0, lambda measured: measured.slower_decided),
)
"""Of 10,000 referrals on two cores."""
