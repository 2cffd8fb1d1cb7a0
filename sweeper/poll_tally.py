"""What became of the news of one poll: who was told, who could not be, and whose news nobody could make out."""

from dataclasses import dataclass, field

from rules.procedure.events import GridNews
from temporal.gateway import TemporalAway
from temporal.grid_news import CaseChanges

AWAY_AFTER = 3
"""After how many cases in a row whose news it did not take Temporal counts as away, and the poll is given up."""


class NewsUnclear(Exception):
    """What an answer of a grid operator means for a case could not be made out; it names the cases."""


@dataclass(frozen=True)
class Untold:
    """News that a case could not be told."""

    changes: CaseChanges
    news: tuple[GridNews, ...]


@dataclass
class PollTally:
    """One poll, as far as it has come."""

    count: int = 0
    """How many cases were told."""
    not_now: list[Untold] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    """Numbers of cases whose news could not be made out."""
    _away: list[TemporalAway] = field(default_factory=list)
    """Since the last case that could be told."""

    def could(self) -> None:
        """Note that a case was told."""
        self.count += 1
        self._away.clear()

    def could_not(self, untold: Untold, away: TemporalAway | None = None) -> None:
        """Note that a case could not be told.

        :param away: where Temporal did not answer for it.
        :raises TemporalAway: when it did not for several in a row, so that it is no matter of the case.
        """
        self.not_now.append(untold)
        if away is not None:
            self._away.append(away)
            if len(self._away) >= AWAY_AFTER:
                raise away

    def check(self) -> None:
        """Make sure that the poll is done with.

        :raises TemporalAway: when it answered for nobody, NewsUnclear: when news could not be made out.
        """
        if self._away and len(self._away) == len(self.not_now) and not self.count:
            raise self._away[-1]
        if self.unclear:
            raise NewsUnclear(", ".join(self.unclear))
