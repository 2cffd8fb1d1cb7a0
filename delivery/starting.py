"""What the workflow of a case is started with, and what operations people see of it from the first moment."""

from typing import Any

from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDReusePolicy

from contracts import names
from rules.case.alarms import current_deadline
from rules.case.state import CaseState


def start_options(state: CaseState) -> dict[str, Any]:
    """This function will give the options that start the workflow of a case.

    The case number is never used again for another case. It may be for another run of the same one, where
    an operator ended the run by hand: the workflow goes on from the row.
    """
    return {
        "id": state.case_number,
        "task_queue": names.CASE_QUEUE,
        "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        "search_attributes": _search_attributes(state),
        "static_summary": f"{state.area.label} {state.segment.label} スイッチング案件 {state.case_number}",
    }


def _search_attributes(state: CaseState) -> TypedSearchAttributes:
    pairs: list[SearchAttributePair[Any]] = [
        SearchAttributePair(names.POINT_NUMBER, state.point_number),
        SearchAttributePair(names.SEGMENT, state.segment.value),
        SearchAttributePair(names.AREA, state.area.value),
        SearchAttributePair(names.NEW_RETAILER, state.new_retailer),
        SearchAttributePair(names.CURRENT_RETAILER, state.current_retailer),
        SearchAttributePair(names.CASE_PHASE, state.phase.value),
    ]
    deadline = current_deadline(state)
    if deadline is not None:
        pairs.append(SearchAttributePair(names.NEXT_DEADLINE, deadline.at))
    return TypedSearchAttributes(pairs)
