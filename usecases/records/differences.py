"""What does not agree between two records of the same thing."""

from dataclasses import dataclass

from schemas.codes import Code


class Records(Code):
    """Which two records were compared."""

    HISTORY = "history", "読み取り用の記録と案件履歴"
    TEMPORAL = "temporal", "記録とTemporal"
    GRID = "grid", "記録と一般送配電事業者"


@dataclass(frozen=True, order=True)
class Difference:
    """One thing that two records say differently."""

    number: str
    """Of the case or of the application."""
    between: Records
    words: str
    """What differs, in Japanese; no personal data."""

    def __str__(self) -> str:
        return f"{self.number}  {self.between.label}: {self.words}"


@dataclass(frozen=True, order=True)
class Uncompared:
    """Two records that could not be compared, or a part of them."""

    between: Records
    what: str
    """In Japanese: which part, and why not."""

    def __str__(self) -> str:
        return f"比べられません  {self.between.label}: {self.what}"


@dataclass(frozen=True)
class Comparison:
    """What came of a comparison."""

    differences: list[Difference]
    uncompared: list[Uncompared]
