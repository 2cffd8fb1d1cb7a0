"""An activity that fails tells Temporal what kind of failure it was, and none of its words."""

from dataclasses import replace

from tests.support.hub import Hub
from tests.support.processes import wait_until


def test_only_the_kind_of_a_failure_reaches_temporal(hub: Hub) -> None:
    nobody = replace(hub.state(hub.open()), case_number="SW03L20261124999999990")
    hub.gateway.start_case(nobody)
    try:
        wait_until(lambda: hub.last_failure(nobody.case_number), what="a failed try")
        failure = hub.last_failure(nobody.case_number)
    finally:
        hub.terminate(nobody.case_number)

    assert failure is not None
    assert (failure.message, failure.application_failure_info.type) == ("NoSuchCase", "ActivityFailed")
    assert not failure.HasField("cause")
    assert not failure.application_failure_info.non_retryable, "a row that is not there yet is waited for"
