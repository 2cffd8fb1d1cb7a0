"""Scripts and troubles follow from the seed alone, and are of all kinds."""

from datetime import timedelta

import pytest

from grid_stub.control import Control
from schemas.codes import Segment
from tests.support.moments import MORNING
from tools.simulation.acts import SWITCHES, Act
from tools.simulation.kinds import APPLICATIONS, CONTENTS, KINDS
from tools.simulation.scripts import AREAS, draw_scripts
from tools.simulation.weather import Spell, Trouble, draw_weather
from usecases.registry import ANSWERING

DAYS = 366


def test_the_same_seed_draws_the_same_scripts_and_another_one_others() -> None:
    first = draw_scripts(seed=7, cases=50, days=DAYS)

    assert draw_scripts(seed=7, cases=50, days=DAYS) == first
    assert [str(script) for script in draw_scripts(seed=7, cases=50, days=DAYS)] == [str(script) for script in first]
    assert draw_scripts(seed=8, cases=50, days=DAYS) != first


def test_more_cases_leave_the_first_ones_as_they_are() -> None:
    assert draw_scripts(seed=7, cases=80, days=DAYS)[:20] == draw_scripts(seed=7, cases=20, days=DAYS)


def test_a_whole_run_has_every_plot_of_every_kind_every_segment_and_area() -> None:
    scripts = draw_scripts(seed=7, cases=3_000, days=DAYS)

    assert {(script.kind.label, script.plot.name) for script in scripts} == {
        (kind.label, plot.name) for kind in KINDS for plot in kind.plots
    }
    assert {script.segment for script in scripts} == set(Segment)
    assert {script.area for script in scripts} == set(AREAS)


def test_each_customer_has_a_point_of_its_own_in_its_area_and_three_retailers_that_differ() -> None:
    scripts = draw_scripts(seed=7, cases=300, days=DAYS)

    assert len({script.customer.point_number for script in scripts}) == len(scripts)
    for script in scripts:
        assert len(script.customer.point_number) == 22
        assert script.customer.point_number.startswith(script.area.value)
        assert len({script.new_retailer, script.current_retailer, script.rival}) == 3


def test_acts_follow_each_other_within_the_time_and_begin_what_they_go_on_with() -> None:
    begins = {Act.REGISTER, Act.REGISTER_BESIDE_RIVAL, Act.APPLY}

    for script in draw_scripts(seed=7, cases=300, days=DAYS):
        moments = [planned.at for planned in script.planned]
        assert moments == sorted(moments)
        assert timedelta(0) <= moments[0] <= timedelta(days=DAYS)
        assert script.planned[0].act in begins


def test_a_kind_is_played_only_where_the_hub_serves_its_interface() -> None:
    assert all(kind.interface.operation in ANSWERING for kind in KINDS)
    assert {kind.application for kind in KINDS} - {None} == CONTENTS.keys() & APPLICATIONS.keys()
    assert len({plot.name for plot in SWITCHES}) == len(SWITCHES)


def test_troubles_of_an_area_follow_from_the_seed_and_never_overlap() -> None:
    drawn = draw_weather(seed=7, days=DAYS, areas=AREAS)

    assert draw_weather(seed=7, days=DAYS, areas=AREAS) == drawn != draw_weather(seed=8, days=DAYS, areas=AREAS)
    assert {spell.trouble for spell in drawn} == set(Trouble)
    for area in AREAS:
        of_area = [spell for spell in drawn if spell.area is area]
        assert all(one.ends < following.begins for one, following in zip(of_area, of_area[1:], strict=False))


@pytest.mark.parametrize("trouble", Trouble, ids=lambda trouble: trouble.value)
def test_the_stub_knows_what_it_is_told_of_a_trouble(trouble: Trouble) -> None:
    spell = Spell(AREAS[0], trouble, timedelta(0), timedelta(hours=5), 0.5)

    assert spell.controls(began=MORNING).keys() <= vars(Control()).keys()
