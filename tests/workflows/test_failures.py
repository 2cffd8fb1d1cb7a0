"""An activity that fails tells Temporal what kind of failure it was, and none of its words."""

from tests.support.hub import Hub
from tests.support.processes import wait_until


def test_only_the_kind_of_a_failure_reaches_temporal(hub: Hub) -> None:
    case = hub.open()
    hub.wait_idle(case)
    hub.sql("UPDATE cases SET state = state - 'phase' || '{\"point_number\": \"髙橋\"}' WHERE case_number = :n", n=case)

    hub.gateway.look_again(case)

    wait_until(lambda: hub.last_failure(case), what="a failed try")
    failure = hub.last_failure(case)
    assert failure is not None
    assert (failure.message, failure.application_failure_info.type) == ("ValidationError", "ActivityFailed")
    assert not failure.HasField("cause")
    assert not failure.application_failure_info.non_retryable, "a row that can be read again is waited for"
