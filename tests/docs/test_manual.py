"""取扱マニュアル: a part for each function of the terms, with steps, and pictures that are taken."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.specification_pages.manual import Part, parts
from docs.specification_pages.site import HERE
from rules.bulk.kinds import BulkKind
from schemas.catalogue import BY_NUMBER
from schemas.codes import ProcessKind, Segment
from schemas.contract import SEGMENT_LETTER
from tests.docs.built_pages import page_of
from tests.docs.test_screens import TAKEN
from tests.web.test_functions import ALL, BULK_FUNCTIONS
from web.shared.requests import INTERFACES

EACH = pytest.mark.parametrize("part", parts(), ids=[part.file for part in parts()])
_TEXTS = [HERE / "data" / "faq.yaml", *sorted((HERE / "data" / "manual").glob("*.yaml"))]
_UNITS = "営業日|暦日|か月|分|時間|回|件|文字|桁|秒|行|MiB"
_TYPED = re.compile(rf"(?<![0-9])(?!30分(?:値|ごと))(?:[2-9]|[0-9]{{2,}})(?:{_UNITS})")
"""A number of the rules that is written where its name should be; 30分値 is a name itself."""


@pytest.mark.parametrize(("segment", "name", "numbers"), ALL, ids=[f"{segment}-{name}" for segment, name, _ in ALL])
def test_every_function_of_the_terms_has_a_part(segment: Segment | None, name: str, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        interface = BY_NUMBER[SEGMENT_LETTER.get(segment, "") + number]
        own = [part for part in parts() if interface in part.interfaces]
        assert len(own) == 1, f"{name}: write it in data/manual"


@pytest.mark.parametrize("kind", BulkKind)
def test_every_bulk_function_of_the_terms_has_a_part_and_its_place_in_each_segment(
    kind: BulkKind, files: Mapping[str, bytes]
) -> None:
    own = [part.bulk for part in parts() if part.bulk and part.bulk.kind is kind]

    assert kind.label in BULK_FUNCTIONS
    assert len(own) == 1, "write it in data/manual/bulk.yaml"
    places = {f'id="{own[0].place(segment)}"' for segment in Segment}
    for page in ("screens-bulk.html", "files.html"):
        assert all(place in files[page].decode() for place in places)


@EACH
def test_it_says_what_it_is_for_and_leads_step_by_step(part: Part, files: Mapping[str, bytes]) -> None:
    page = page_of(files[part.file])
    places = {str(place) for place in page.xpath("//h2/@id")}

    assert page.xpath("string(//p[@class='lead'])").endswith("。")
    if part.is_task:
        assert {"about", "before", "fields", "after", "refused", "undo"} <= places
        assert page.xpath("//ol/li")
    for task in part.tasks:
        assert page.xpath("//h2[@id=$id]/following-sibling::*[1][self::ol or self::ul]", id=task.anchor), task.title


@EACH
def test_a_request_has_the_steps_of_each_of_its_process_kinds(part: Part) -> None:
    described = {task.process for task in part.tasks} - {None}
    sends = any(interface in INTERFACES for interface in part.interfaces)

    assert described == (set(ProcessKind) if sends else set())


@EACH
def test_its_pictures_are_among_those_that_are_taken(part: Part) -> None:
    assert {picture.name for task in part.tasks for picture in task.pictures} <= TAKEN


@pytest.mark.parametrize("text", _TEXTS, ids=lambda path: path.stem)
def test_no_number_of_the_rules_is_typed(text: Path) -> None:
    assert _TYPED.findall(text.read_text(encoding="utf-8")) == [], "name it in figures.py"
