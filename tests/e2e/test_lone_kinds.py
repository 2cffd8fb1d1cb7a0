"""Every kind of application on its own, over SOAP and through every part of the hub, all in one running system."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from schemas.codes import ApplicationState, Area, CasePhase, ProcessKind, Segment
from schemas.interfaces.ampere_change import AMPERE_CHANGE
from schemas.interfaces.details_change import CUSTOMER_DETAILS_CHANGE
from schemas.interfaces.end_of_supply import END_OF_SUPPLY
from schemas.interfaces.usage import USAGE_INQUIRY, USAGE_INQUIRY_APPLICATION
from tests.support.database_contents import files_with, rows
from tests.support.filed_application import FiledApplication, file_application
from tests.support.lone_kinds import LONE_KINDS
from tests.support.polling import until
from tests.support.retailers import RefusedByHub, consent
from tests.support.world import World

_AREA = Area.KYUSHU


def _kind(number: str) -> Any:
    return next(kind for kind in LONE_KINDS if kind.number == number)


@dataclass(frozen=True)
class Played:
    """What became of all of them, filed side by side."""

    world: World
    completed: tuple[tuple[FiledApplication, Any], ...]
    """Those that were left alone, each with the answer that told of its completion."""
    amended: FiledApplication
    withdrawn: FiledApplication
    corrected: FiledApplication


@pytest.fixture(scope="module")
def played(running: World) -> Iterator[Played]:
    """Play one of each kind, and three that something happens to; then tomorrow comes, which some wait for."""
    from tests.support.whole_system import set_right

    world = set_right(running)
    tomorrow = world.today() + timedelta(days=1)
    world.grid(_AREA, defects_left=1)
    corrected = file_application(world, _kind("10910"), world.customer(_AREA))
    left_alone = [file_application(world, kind, world.customer()) for kind in LONE_KINDS]
    amended = file_application(world, _kind("10510"), world.customer(), effective=tomorrow)
    withdrawn = file_application(world, _kind("10810"), world.customer(), effective=tomorrow)

    amended.wait_for(ApplicationState.RECEIVED)
    until(lambda: "received" in world.history(amended.number))  # the hub notes it after its grid operator says so
    amended.by.apply(
        END_OF_SUPPLY,
        amended.customer,
        effective=tomorrow,
        processKind=ProcessKind.AMEND,
        applicationNumber=amended.number,
        telephone="03-0000-1111",
    )
    withdrawn.wait_for(ApplicationState.RECEIVED)
    withdrawn.by.take_back(CUSTOMER_DETAILS_CHANGE, withdrawn.number)
    corrected.wait_for(ApplicationState.DEFECTIVE)
    until(lambda: "defective" in world.history(corrected.number))
    corrected.by.apply(
        AMPERE_CHANGE,
        corrected.customer,
        effective=tomorrow,
        processKind=ProcessKind.AMEND,
        applicationNumber=corrected.number,
    )
    today = [(lone, lone.wait_for(ApplicationState.COMPLETED)) for lone in left_alone if lone.effective < tomorrow]
    later = [lone for lone in left_alone if lone.effective == tomorrow]
    for lone in (*later, amended, corrected):
        lone.wait_for(ApplicationState.RECEIVED)
    until(lambda: world.history(amended.number).count("received") == 2)
    until(lambda: world.history(corrected.number).count("received") == 1)
    world.move_clock(timedelta(days=1))
    tomorrows = [(lone, lone.wait_for(ApplicationState.COMPLETED)) for lone in later]
    yield Played(world, (*today, *tomorrows), amended, withdrawn, corrected)


@pytest.mark.parametrize("number", [kind.number for kind in LONE_KINDS])
def test_each_kind_is_relayed_and_completes_and_its_state_is_told_live(played: Played, number: str) -> None:
    filed, answer = next((filed, answer) for filed, answer in played.completed if filed.kind.number == number)

    assert answer.status.applicationKind == filed.kind.files.applies_for
    assert answer.status.pointNumber == filed.customer.point_number
    assert answer.status.completedAt is not None
    until(lambda: played.world.phase_in_database(filed.number) == CasePhase.COMPLETED or None, within=40.0)
    assert played.world.history(filed.number)[0] == "filed"
    assert "received" in played.world.history(filed.number) or "completed" in played.world.history(filed.number)


def test_an_amendment_is_relayed_and_the_application_completes(played: Played) -> None:
    played.amended.wait_for(ApplicationState.COMPLETED)

    until(lambda: played.world.phase_in_database(played.amended.number) == CasePhase.COMPLETED or None, within=40.0)
    kinds = [kind for kind in played.world.history(played.amended.number) if kind not in ("inquiring", "inquired")]
    assert kinds == ["filed", "received", "corrected", "received", "completed"]


def test_one_that_was_withdrawn_is_taken_back_at_the_grid_operator(played: Played) -> None:
    played.withdrawn.wait_for(ApplicationState.CANCELLED)

    until(lambda: played.world.phase_in_database(played.withdrawn.number) == CasePhase.WITHDRAWN or None, within=40.0)


def test_a_defect_is_corrected_and_the_application_completes(played: Played) -> None:
    played.corrected.wait_for(ApplicationState.COMPLETED)

    until(lambda: played.world.phase_in_database(played.corrected.number) == CasePhase.COMPLETED or None, within=40.0)
    kinds = [kind for kind in played.world.history(played.corrected.number) if kind not in ("inquiring", "inquired")]
    assert kinds == ["filed", "defective", "corrected", "received", "completed"]


@pytest.mark.parametrize("segment", [Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE])
def test_the_password_of_a_usage_inquiry_opens_its_point_to_any_retailer_and_is_kept_nowhere(
    played: Played, segment: Segment
) -> None:
    number = USAGE_INQUIRY_APPLICATION.number_in(segment)
    filed, status = next((filed, answer) for filed, answer in played.completed if filed.kind.number == number)
    point, world = filed.customer.point_number, played.world

    for retailer in (world.new, world.another):
        answer = retailer.in_segment(segment).call(
            USAGE_INQUIRY, pointNumber=point, usagePassword=status.usagePassword, consent=consent()
        )
        assert (answer.pointNumber, len(answer.monthlyUsages)) == (point, 13)
    with pytest.raises(RefusedByHub) as refused:
        world.new.in_segment(segment).call(
            USAGE_INQUIRY,
            pointNumber=world.customer().point_number,
            usagePassword=status.usagePassword,
            consent=consent(),
        )
    assert refused.value.rules == {"usage-password"}
    assert status.usagePasswordValidTo is not None
    again = filed.by.call(filed.kind.tells, applicationNumber=filed.number)
    assert (again.usagePassword, again.usagePasswordValidTo) == (None, None), "it is handed out once"
    assert files_with(world.stack.folder, point), "what was asked is on record"
    assert files_with(world.stack.folder, status.usagePassword) == []


def test_no_application_was_filed_twice_at_the_grid_operators(played: Played) -> None:
    assert played.world.duplicates_at_grid() == 0
    counts = rows(played.world.database, "SELECT count(*) FROM cases WHERE application_kind IS NOT NULL")
    assert counts[0][0] >= len(LONE_KINDS) + 3
