"""Business time (業務日時) as a workflow knows it: what its last step brought back, and its own clock since."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Anchor:
    """Business time at one moment of the workflow's clock.

    It may be ahead of the true one by as long as its workflow task ran before the step was done within it: the
    workflow's clock stands still meanwhile, and the database's does not. So a timer may ring early by that much; the
    step that it asks for says so (``TOO_EARLY``) and brings the next anchor.
    """

    business: datetime
    workflow: datetime

    def business_time(self, now: datetime) -> datetime:
        """Give the business time at ``now`` of the workflow's clock."""
        return self.business + (now - self.workflow)

    def workflow_time(self, at: datetime) -> datetime:
        """Give when the business time ``at`` comes by the workflow's clock."""
        return self.workflow + (at - self.business)


FINEST = timedelta(seconds=1)
"""The shortest timer that is set; Temporal's are not finer."""

TOLERANCE = timedelta(seconds=5)
"""How far a running timer may be off before it is set anew. Anchors differ by the way of an answer; a
business clock that was moved, by more."""
