"""What the workflow of a case is started with, and what operations people see of it from the first moment."""

from typing import Any

from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDReusePolicy

from rules.calendar import start_of
from rules.core import Procedure, current_deadline
from temporal import names


def start_options(state: Procedure) -> dict[str, Any]:
    """Give the options that start the workflow of a case.

    A run may follow another of the same case, however that ended: it goes on from the row. Where the row has ended,
    it ends at once. The memo tells whose run it is, should a number be in use twice after a database was put back.
    """
    return {
        "id": state.case_number,
        "task_queue": names.CASE_QUEUE,
        "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        "memo": {names.ORIGIN: state.origin},
        "search_attributes": _search_attributes(state),
        "static_summary": f"{state.area.label} {state.segment.label} {state.name} {state.case_number}",
    }


def bulk_file_options(number: str) -> dict[str, Any]:
    """Give the options that start the workflow of a bulk file, which goes on from the file's row as well."""
    return {
        "id": number,
        "task_queue": names.BULK_QUEUE,
        "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        "static_summary": f"一括処理 {number}",
    }


def _search_attributes(state: Procedure) -> TypedSearchAttributes:
    pairs: list[SearchAttributePair[Any]] = [
        SearchAttributePair(names.POINT_NUMBER, state.point_number),
        SearchAttributePair(names.SEGMENT, state.segment.value),
        SearchAttributePair(names.AREA, state.area.value),
        SearchAttributePair(names.PROCEDURE_KIND, state.search_kind),
        SearchAttributePair(names.CASE_PHASE, state.phase.value),
    ]
    if state.effective_date is not None:
        pairs.append(SearchAttributePair(names.EFFECTIVE_DATE, start_of(state.effective_date)))
    for side, retailer in ((names.NEW_RETAILER, state.new_retailer), (names.CURRENT_RETAILER, state.current_retailer)):
        if retailer is not None:  # an application on its own has one side
            pairs.append(SearchAttributePair(side, retailer))
    deadline = current_deadline(state)
    if deadline is not None:
        pairs.append(SearchAttributePair(names.NEXT_DEADLINE, deadline.at))
    return TypedSearchAttributes(pairs)
