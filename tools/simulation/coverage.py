"""How often everything came up that a year is to show: kinds, segments, ends and lines, whatever the seed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.cases.read_model import WrittenLine
from rules.core import ByKind, Procedure
from rules.lone_application.state import LoneApplication
from rules.procedure.outcomes import HistoryKind, Party
from rules.switching.state import SwitchingCase
from schemas.codes import ENDED_PHASES, ApplicationState, CasePhase, Segment
from tools.simulation.kinds import KINDS
from tools.simulation.scripts import Script

ALL_FROM = 500
"""From so many scripts on everything has to come up."""
NEVER_TAKEN = "受付なし"
"""Of a script whose first message the hub refused."""

_SWITCH_ENDS = frozenset(phase.label for phase in ENDED_PHASES)
_LONE_ENDS = frozenset(
    (
        ApplicationState.COMPLETED.label,
        ApplicationState.CANCELLED.label,
        ApplicationState.UNMATCHED.label,
        CasePhase.GRID_CANCELLED.label,
        CasePhase.CLOSED.label,
    )
)

_APPLICANT = "申請者"
_LEAVING = frozenset((Party.NEW_RETAILER.label, Party.CURRENT_RETAILER.label, _APPLICANT))
_LEFT_IN = frozenset(
    phase.label
    for phase in (
        CasePhase.AWAITING_DECISION,
        CasePhase.AWAITING_APPLICATIONS,
        CasePhase.CANCELLING,
        CasePhase.MATCHED,
    )
)

_WHATEVER_IT_IS = (CasePhase.GRID_CANCELLED, CasePhase.CLOSED)
"""Ends of an application on its own by somebody else's decision; its own state is 取消 in both."""


@dataclass
class Coverage:
    """What came up in a year, by Japanese names."""

    ends: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How procedures of a kind and segment stand."""
    lines: Counter[str] = field(default_factory=Counter)
    """Of all histories."""
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    """In whose place a successor came (承継), and in which phase."""
    one_sided: int = 0
    """Procedures that were 片側完了, whatever became of them."""

    def count(self, script: Script, history: Sequence[WrittenLine]) -> None:
        """Count a procedure by its history; an empty one is of a script that was never taken."""
        end = how_it_stands(history[-1].state) if history else NEVER_TAKEN
        self.ends[script.kind.label, script.segment.label][end] += 1
        self.lines.update(step.line.kind.label for step in history)
        self.left.update(_left(before, after) for before, after in pairwise(history) if _is_succession(after))
        self.one_sided += any(step.state.phase is CasePhase.ONE_SIDE_DONE for step in history)

    def never(self) -> Iterator[str]:
        """Name what has to come up in a whole year, and did not."""
        for subject, expected, labels in (
            ("種別", {kind.label for kind in KINDS}, {kind for kind, _ in self.ends}),
            ("区分", {segment.label for segment in Segment}, {segment for _, segment in self.ends}),
            ("案件の結末", _SWITCH_ENDS, self._ends_of(kind.label for kind in KINDS if kind.application is None)),
            ("単独申請の結末", _LONE_ENDS, self._ends_of(kind.label for kind in KINDS if kind.application is not None)),
            ("承継", _LEAVING, {who for who, _ in self.left}),
            ("承継のときの案件状態", _LEFT_IN, {phase for _, phase in self.left}),
        ):
            for name in sorted(expected - labels):
                yield f"一度も起こらなかった{subject}: {name}"
        if not self.one_sided:
            yield f"一度も起こらなかった案件状態: {CasePhase.ONE_SIDE_DONE.label}"

    def _ends_of(self, kinds: Iterable[str]) -> set[str]:
        among = set(kinds)
        return {end for (kind, _), ends in self.ends.items() if kind in among for end in ends}


def _is_succession(written_line: WrittenLine) -> bool:
    return written_line.line.kind is HistoryKind.SUCCEEDED


def _left(before: WrittenLine, after: WrittenLine) -> tuple[str, str]:
    return _whose_place(before.state, after.line.details["leaving"]), before.state.phase.label


def _of_retailer(state: SwitchingCase, leaving: str) -> str:
    return (Party.NEW_RETAILER if leaving == state.new_retailer else Party.CURRENT_RETAILER).label


def _of_applicant(state: LoneApplication, leaving: str) -> str:
    return _APPLICANT


_whose_place = ByKind(switching=_of_retailer, lone_application=_of_applicant)


def how_it_stands(state: Procedure) -> str:
    """Name where a procedure stands, as people read it."""
    return state.phase.label if state.phase in _WHATEVER_IT_IS else state.standing.label
