"""What a file is about, counted: for the question whether it is the right one."""

from collections import Counter
from dataclasses import dataclass

from schemas.codes import Area, Code


@dataclass(frozen=True)
class Counted:
    """So many rows of one sort."""

    value: str
    """A code: what is asked for, an area, a retailer."""
    label: str
    """Its words; empty for a retailer, whose name the list of participants has."""
    rows: int


@dataclass(frozen=True)
class FileSummary:
    """The rows that would be sent, by what they ask for, by area, and by the retailer on the other side."""

    asked: tuple[Counted, ...] = ()
    areas: tuple[Counted, ...] = ()
    counterparts: tuple[Counted, ...] = ()
    """Rows whose counterpart the hub does not know are in none."""
    left_out: int = 0
    """Rows of an inbox without a decision: they are no rows of the file."""


class Asked(Code):
    """What a row asks for, where its own code does not say."""

    REFERRAL = "referral", "廃止取次の登録"
    IN_CASE = "in_case", "廃止取次による申請"
    ALONE = "alone", "廃止取次によらない申請"


class Tally:
    """Counts rows one after the other."""

    def __init__(self) -> None:
        self._asked: Counter[Code] = Counter()
        self._areas: Counter[Code] = Counter()
        self._counterparts: Counter[str] = Counter()

    def count(self, *, asked: Code, area: Area, counterpart: str | None) -> None:
        """Count a row that would be sent."""
        self._asked[asked] += 1
        self._areas[area] += 1
        if counterpart is not None:
            self._counterparts[counterpart] += 1

    def summary(self, *, left_out: int) -> FileSummary:
        """Give what was counted, the most frequent first, areas from north to south."""
        return FileSummary(
            asked=tuple(Counted(code.value, code.label, rows) for code, rows in self._asked.most_common()),
            areas=tuple(Counted(code.value, code.label, rows) for code, rows in sorted(self._areas.items())),
            counterparts=tuple(Counted(code, "", rows) for code, rows in self._counterparts.most_common()),
            left_out=left_out,
        )
