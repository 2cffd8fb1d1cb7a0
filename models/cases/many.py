"""Reads on many cases and points at once, in one statement and without a lock: how they stand, for who looks ahead."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ARRAY, Text, bindparam, cast, func, or_, select

from models.base import adapter
from models.cases.opening import GIVING_WAY, open_procedure
from models.cases.tables import CaseRow
from models.prepared import Line, Prepared
from rules.access.roles import Role
from rules.core import Procedure
from rules.point_order import OpenProcedure

_WANTED = func.any(bindparam("wanted", type_=ARRAY(Text)))
_OPEN = Prepared(
    select(
        CaseRow.point_number,
        CaseRow.case_number,
        func.coalesce(CaseRow.new_retailer, CaseRow.current_retailer).label("owner"),
        CaseRow.application_kind,
    )
    .where(CaseRow.point_number == _WANTED, CaseRow.ended_at.is_(None), ~GIVING_WAY)
    .order_by(CaseRow.registered_at, CaseRow.case_number)
)


def open_procedures_on(line: Line, *, point_numbers: Collection[str]) -> dict[str, list[OpenProcedure]]:
    """List what is open on some points, by point; those with nothing are not among them."""
    found = defaultdict(list)
    for row in _OPEN.rows(line, wanted=list(point_numbers)):
        found[row.point_number].append(open_procedure(row.case_number, row.owner, row.application_kind))
    return dict(found)


_STATES = Prepared(
    select(
        CaseRow.case_number, CaseRow.new_retailer, CaseRow.current_retailer, cast(CaseRow.state, Text).label("state")
    ).where(
        CaseRow.case_number == _WANTED,
        CaseRow.application_kind.is_(None),
        or_(CaseRow.new_retailer == bindparam("owner"), CaseRow.current_retailer == bindparam("owner")),
    )
)


def own_states(line: Line, *, case_numbers: Collection[str], retailer_code: str, role: Role) -> dict[str, Procedure]:
    """Give how some switching cases stand, by number: those in which a retailer stands on a side."""
    rows = _STATES.rows(line, wanted=list(case_numbers), owner=retailer_code)
    return {
        row.case_number: adapter(Procedure).validate_json(row.state)
        for row in rows
        if (row.new_retailer if role is Role.NEW_RETAILER else row.current_retailer) == retailer_code
    }
