"""Whose cases somebody may see: each query of a screen goes through a scope."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, true

from models.cases.tables import CaseRow
from rules.switching.visibility import Side
from schemas.codes import Segment


@dataclass(frozen=True)
class Scope:
    """A retailer's own side of its cases, or all cases for the hub operator."""

    retailer_code: str | None
    """None for the hub operator."""
    segments: Mapping[Side, frozenset[Segment]] | None = None
    """Of a retailer's person, the segments whose cases they may see, by the side of their company; None for all."""

    @property
    def condition(self) -> ColumnElement[bool]:
        """What a case's row must fulfil to be in the scope."""
        return or_(*self.parts())

    def parts(self, side: Side | None = None) -> tuple[ColumnElement[bool], ...]:
        """Give the scope in parts that share no case, each served by an index of its own.

        :param side: only the cases on which the retailer stands on this side; says nothing to the hub operator.
        """
        return tuple(self.by_side(side).values())

    def by_side(self, side: Side | None = None) -> dict[Side, ColumnElement[bool]]:
        """Give the same parts by the side from which their cases are seen."""
        if self.retailer_code is None:
            return {Side.OPERATOR: true()}
        owners = {Side.NEW: CaseRow.new_retailer, Side.CURRENT: CaseRow.current_retailer}
        return {
            stands: and_(owner == self.retailer_code, *self._segments(stands))
            for stands, owner in owners.items()
            if side in (None, stands)
        }

    def _segments(self, side: Side) -> tuple[ColumnElement[bool], ...]:
        seen = frozenset(Segment) if self.segments is None else self.segments[side]
        return () if seen == frozenset(Segment) else (CaseRow.segment.in_(sorted(seen)),)

    def side(self, *, new_retailer: str | None) -> Side:
        """Tell from which side a case in the scope is seen."""
        if self.retailer_code is None:
            return Side.OPERATOR
        return Side.NEW if self.retailer_code == new_retailer else Side.CURRENT
