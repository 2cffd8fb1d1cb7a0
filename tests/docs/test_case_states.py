"""案件状態の遷移: the drawing and its tables are of what the core does."""

from collections.abc import Mapping

from rules.switching.diagram import pairs, phase_arrows
from rules.switching.reachable import all_changes
from schemas.codes import CasePhase
from tests.docs.built_pages import page_of
from tests.support.core.next_phases import NEXT_PHASES


def test_every_way_between_phases_is_drawn_and_explained(files: Mapping[str, bytes]) -> None:
    page = page_of(files["case-states.html"])
    ways = pairs(phase_arrows(all_changes()))
    rows = page.xpath("//h2[@id='diagram']/following-sibling::div[1]//tbody/tr")

    labels = {(before.label, after.label) for before, following in NEXT_PHASES.items() for after in following}
    assert {(row[1].text, row[2].text) for row in rows} == labels
    (drawing,) = page.iter("svg")
    dots = [str(text) for text in drawing.xpath(".//*[@class='small']/text()")]
    assert [text for text in dots if text.isdecimal()] == [str(number) for number in range(1, len(ways) + 1)]


def test_every_phase_is_drawn(files: Mapping[str, bytes]) -> None:
    (drawing,) = page_of(files["case-states.html"]).iter("svg")
    texts = {str(text) for text in drawing.itertext()}
    assert {phase.label for phase in CasePhase} <= texts
