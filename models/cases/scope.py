"""Whose cases somebody may see: each query of a screen goes through a scope."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, true

from models.cases.tables import CaseRow
from rules.case.seeing import Side


@dataclass(frozen=True)
class Scope:
    """A retailer's own side of its cases, or all cases for the hub operator."""

    retailer_code: str | None
    """None for the hub operator."""

    @property
    def condition(self) -> ColumnElement[bool]:
        """What a case's row must fulfil to be in the scope."""
        if self.retailer_code is None:
            return true()
        return or_(CaseRow.new_retailer == self.retailer_code, CaseRow.current_retailer == self.retailer_code)

    def side(self, *, new_retailer: str | None) -> Side:
        """This function will tell from which side a case in the scope is seen."""
        if self.retailer_code is None:
            return Side.OPERATOR
        return Side.NEW if self.retailer_code == new_retailer else Side.CURRENT
