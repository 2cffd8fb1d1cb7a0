"""Every step that is done within a workflow task has a name in the timeline, and those in use stay."""

from rules.procedure.outcomes import HistoryKind, Party
from temporal.step_names import LOOK, all_names
from tests.support.histories import HISTORIES, read_history
from tests.support.steps_in_histories import activity_of, is_step


def test_every_line_there_can_be_has_a_name_of_its_own() -> None:
    refusal = 1
    assert len(all_names()) == len(HistoryKind) * len(Party) + refusal


def test_the_names_in_stored_histories_are_still_those_by_which_steps_are_done() -> None:
    used = {
        activity_of(event) for file in HISTORIES.glob("*.json") for event in read_history(file).events if is_step(event)
    }

    assert used <= all_names() | {LOOK}
